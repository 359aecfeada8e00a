import type { GaugeConfig } from '../../../sdk/contract/display.js';
import { toNumber } from '../../../sdk/data/number.js';
import { cssColor } from '../../core/tone.js';
import { shareOf } from './arc.js';

/** A part of the scale, from one threshold to the next; its ends are shares (0 to 1) of the way. */
export interface Segment {
  from: number;
  to: number;
  /** Where it starts, as a reading. */
  value: number;
  /** A CSS colour. */
  color?: string;
  label?: string;
}

export interface Scale {
  min: number;
  max: number;
  /** The share that the reading has gone; 0 where there is none. */
  share: number;
  segments: Segment[];
}

/** What lies between a gauge's bounds. Bounds that make no range are made one. */
export function scaleOf({ min, max, thresholds = [] }: GaugeConfig, reading: number | undefined): Scale {
  const ends = [toNumber(min) ?? 0, toNumber(max) ?? 100].sort((a, b) => a - b);
  const [low = 0, high = 100] = ends[0] === ends[1] ? [ends[0], (ends[0] ?? 0) + 1] : ends;
  const within = thresholds.filter(({ value }) => value < high).sort((a, b) => a.value - b.value);
  const segments = within.map(({ value, color, label }, index) => ({
    from: shareOf(value, low, high),
    to: shareOf(within[index + 1]?.value ?? high, low, high),
    value,
    color: cssColor(color),
    label,
  }));
  return {
    min: low,
    max: high,
    share: reading === undefined ? 0 : shareOf(reading, low, high),
    segments: segments.filter(({ from, to }) => to > from),
  };
}
