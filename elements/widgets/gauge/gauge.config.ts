import type { GaugeConfig } from '../../../sdk/contract/display.js';
import { CONFIG_SCHEMAS } from '../../../sdk/contract/generated/config-schemas.js';
import { defineWidget } from '../../../sdk/define/define-widget.js';

const HEALTH = [{ value: 0, color: 'critical', label: 'Critical' }, { value: 50, color: 'warning', label: 'Warning' }, { value: 80, color: 'good', label: 'Healthy' }];

/** A value between two ends. */
export const gaugeKind = defineWidget<GaugeConfig, unknown>({
  tag: 'ccm-gauge',
  type: 'gauge',
  name: 'Gauge',
  description: 'A value between its least and its most, with the ranges that it may be in.',
  icon: 'Gauge',
  schema: CONFIG_SCHEMAS.gauge,
  sizes: { default: 'small', least: { w: 1, h: 1 } },
  sample: { options: { value: 'score', min: 0, max: 100, thresholds: HEALTH, showLabels: true }, data: { score: 92 } },
  samples: [
    {
      name: 'A bar',
      options: {
        value: 'used',
        min: 0,
        max: 500,
        unit: 'GB',
        shape: 'bar',
        thresholds: [{ value: 0, color: 'good' }, { value: 350, color: 'warning', label: 'Filling up' }, { value: 450, color: 'critical', label: 'Almost full' }],
      },
      data: { used: 381 },
    },
  ],
});
