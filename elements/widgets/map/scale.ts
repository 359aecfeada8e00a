import type { Threshold } from '../../../sdk/contract/display.js';
import { cssColor } from '../../core/tone.js';

/** Values that are drawn alike. */
export interface ScaleClass {
  /** A CSS colour. */
  color: string;
  label: string;
}

export interface Scale {
  classes: ScaleClass[];
  classOf(value: number): ScaleClass | undefined;
}

/** Steps of a scale at most: more shades are not to be told apart. Their colours are `--_step-1` to `--_step-5` of the styles. */
export const STEPS = 5;

/** The classes of thresholds: each from its value upwards. Below the first there is none. */
export function thresholdScale(thresholds: readonly Threshold[], write: (value: number) => string): Scale {
  const sorted = [...thresholds].sort((a, b) => a.value - b.value);
  const classes = sorted.map(({ value, color, label }) => ({ color: cssColor(color) ?? 'var(--_accent)', label: label ?? `≥ ${write(value)}` }));
  return {
    classes,
    classOf(value) {
      let at = sorted.length - 1;
      while (at >= 0 && (sorted[at]?.value ?? 0) > value) at -= 1;
      return classes[at];
    },
  };
}

/** Shades of one colour from little to much, with about as many values in each: one giant does not wash out all others. */
export function stepScale(values: Iterable<number>, write: (value: number) => string): Scale {
  const sorted = [...values].sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  const count = Math.min(STEPS, distinct.length);
  // The first value of each step; equal values are in one step.
  const starts: number[] = [];
  for (let step = 0; step < count; step += 1) {
    const start = distinct.length <= STEPS ? distinct[step] : sorted[Math.floor((step * sorted.length) / count)];
    if (start !== undefined && start !== starts.at(-1)) starts.push(start);
  }
  const stepOf = (value: number) => {
    let at = starts.length - 1;
    while (at > 0 && (starts[at] ?? 0) > value) at -= 1;
    return at;
  };
  const classes = starts.map((start, at) => {
    const next = starts[at + 1];
    const end = next === undefined ? sorted.at(-1) : sorted[lastBelow(sorted, next)];
    const [from, to] = [write(start), write(end ?? start)];
    return { color: `var(--_step-${shade(at, starts.length)})`, label: from === to ? from : `${from} – ${to}` };
  });
  return { classes, classOf: (value) => classes[stepOf(value)] };
}

/** Few steps are spread over all shades; a single one is in the middle. */
function shade(at: number, of: number): number {
  return of === 1 ? 3 : 1 + Math.round((at * (STEPS - 1)) / (of - 1));
}

function lastBelow(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
