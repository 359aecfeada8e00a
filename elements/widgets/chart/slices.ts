import type { AggregatedSeries } from '../../../sdk/data/aggregate.js';

export interface Slice {
  name: string;
  value: number;
  /** 0 to 1. */
  share: number;
  /** Turns, 0 at the top, clockwise. */
  from: number;
  to: number;
  /** Holds what was too much to show one by one. */
  rest: boolean;
}

const MOST = 6;

/** The largest six categories and the rest; values that are not above zero have no slice. */
export function slicesOf(columns: AggregatedSeries, nameOf: (x: number | string) => string, restName: string): { slices: Slice[]; total: number } {
  // Several series are slices themselves: each is its sum.
  const parts =
    columns.series.length > 1
      ? columns.series.map(({ name, values }) => ({ name, value: values.reduce<number>((sum, value) => sum + (value ?? 0), 0) }))
      : columns.x.map((x, index) => ({ name: nameOf(x), value: columns.series[0]?.values[index] ?? 0 }));
  const positive = parts.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => Math.min(Number.MAX_VALUE, sum + value), 0);
  const shown = positive.length > MOST + 1 ? positive.slice(0, MOST) : positive;
  const all = shown.length < positive.length ? [...shown, { name: restName, value: sumOf(positive.slice(MOST).map(({ value }) => value)) }] : shown;
  const total = sumOf(all.map(({ value }) => value));
  // Measured by the largest: a sum of the largest numbers that there are would be infinite.
  const largest = all[0]?.value ?? 1;
  const whole = sumOf(all.map(({ value }) => value / largest));
  let at = 0;
  const slices = all.map(({ name, value }, index) => {
    const share = value / largest / whole;
    const slice = { name, value, share, from: at, to: at + share, rest: index === shown.length };
    at += share;
    return slice;
  });
  return { slices, total };
}

/** The path of a slice in a box of 100, between two radii; a whole turn is two halves. */
export function slicePath({ from, to }: Pick<Slice, 'from' | 'to'>, outer: number, inner: number): string {
  if (to - from > 0.9999) return `${slicePath({ from: 0, to: 0.5 }, outer, inner)} ${slicePath({ from: 0.5, to: 1 }, outer, inner)}`;
  const large = to - from > 0.5 ? 1 : 0;
  const start = inner > 0 ? `M ${point(outer, from)}` : `M 50 50 L ${point(outer, from)}`;
  const back = inner > 0 ? `L ${point(inner, to)} A ${inner} ${inner} 0 ${large} 0 ${point(inner, from)}` : '';
  return `${start} A ${outer} ${outer} 0 ${large} 1 ${point(outer, to)} ${back} Z`;
}

function point(radius: number, turns: number): string {
  const angle = (turns - 0.25) * Math.PI * 2;
  const at = (value: number) => Math.round((50 + radius * value) * 1000) / 1000;
  return `${at(Math.cos(angle))} ${at(Math.sin(angle))}`;
}
