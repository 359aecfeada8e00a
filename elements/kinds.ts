import type { WidgetKind } from '../sdk/define/widget-kind.js';
import { chartKind } from './widgets/chart/chart.config.js';
import { customKind } from './widgets/custom/custom.config.js';
import { gaugeKind } from './widgets/gauge/gauge.config.js';
import { listKind } from './widgets/list/list.config.js';
import { mapKind } from './widgets/map/map.config.js';
import { statKind } from './widgets/stat/stat.config.js';
import { tableKind } from './widgets/table/table.config.js';
import { textKind } from './widgets/text/text.config.js';

/** Each has options of its own; who shows kinds reads them by their schema. */
const KINDS: readonly unknown[] = [statKind, chartKind, tableKind, gaugeKind, listKind, mapKind, textKind, customKind];

/** The kinds of the built-in types, in the order in which they are offered. A chunk of its own: their schemas and samples load with what shows them. */
export function builtInKinds(): Promise<WidgetKind[]> {
  return Promise.resolve(KINDS as WidgetKind[]);
}
