import type { AlertCondition } from '../../../sdk/contract/alert.js';

/** What a series reads at one moment; undefined where it says nothing. */
export type Reading = number | undefined;

/** One series, and the same rule on it in both systems' words. */
export interface ComparedSeries {
  readonly name: string;
  at(tick: number): Reading;
  /** Ours. Waits are no multiples of the interval, so that no jitter decides on which of two ticks they end. */
  readonly rule: Omit<AlertCondition, 'name' | 'field' | 'severity'>;
  /** In PromQL, where it is not the plain comparison of the rule. */
  readonly expr?: string;
}

/** Milliseconds between two readings. */
export const INTERVAL = 800;
/** Readings of one run. */
export const TICKS = 60;
const [LOW, HIGH] = [10, 90];

/** High within these spans of ticks (their ends not included), else low. */
const highIn = (...spans: [from: number, to: number][]) => (tick: number): Reading => (spans.some(([from, to]) => tick >= from && tick < to) ? HIGH : LOW);
/** Like the other, but something else (nothing, or no number) within one span. */
const but = (at: (tick: number) => Reading, from: number, to: number, reading?: number) => (tick: number): Reading => (tick >= from && tick < to ? reading : at(tick));
const over50 = { operator: '>', value: 50, noData: 'ok' } as const;
/** Up and down again, until some time before the end: what waits then would begin or end after it. */
const flapping = (tick: number): Reading => (tick % 6 < 3 || tick >= 48 ? LOW : HIGH);
const selectorOf = (name: string) => `reading{series="${name}"}`;
const kept = (name: string) => `last_over_time(${selectorOf(name)}[1m]) > 50`;
/** Scatter from -1 to 1, the same in each run. */
const scatter = (tick: number) => Math.sin(tick * 12.9898) * Math.cos(tick * 78.233);

export const SERIES: readonly ComparedSeries[] = [
  { name: 'level-shift', at: highIn([12, 40]), rule: { ...over50, for: 3 } },
  { name: 'step-down', at: (tick) => (tick < 15 ? 100 : 3), rule: { operator: '<', value: 5, for: 2, noData: 'ok' } },
  { name: 'spike', at: highIn([20, 22]), rule: over50 },
  { name: 'spike-too-short', at: highIn([20, 22]), rule: { ...over50, for: 5 } },
  { name: 'flapping', at: flapping, rule: over50 },
  { name: 'flapping-below-its-wait', at: flapping, rule: { ...over50, for: 5 } },
  { name: 'flapping-kept-firing', at: flapping, rule: { ...over50, keepFiring: 5 } },
  { name: 'slow-rise', at: (tick) => tick * 2, rule: { ...over50, value: 60, for: 2 } },
  { name: 'sawtooth', at: (tick) => tick % 12, rule: { operator: '>=', value: 6, for: 1, noData: 'ok' } },
  { name: 'noise-around-it', at: (tick) => (tick < 48 ? 50 + 10 * scatter(Math.floor(tick / 3)) : LOW), rule: { ...over50, keepFiring: 3 } },
  { name: 'stays-high', at: () => HIGH, rule: over50 },
  { name: 'at-the-threshold', at: () => 50, rule: over50 },
  { name: 'late-recovery', at: highIn([5, 52]), rule: { ...over50, for: 1 } },
  { name: 'two-crossings', at: highIn([8, 18], [30, 44]), rule: { ...over50, for: 2 } },
  { name: 'negative', at: (tick) => (tick >= 10 && tick < 30 ? -HIGH : -LOW), rule: { operator: '<', value: -50, noData: 'ok' } },
  { name: 'down', at: (tick) => (tick >= 16 && tick < 33 ? 0 : 1), rule: { operator: '=', value: 0, for: 3, noData: 'ok' } },
  { name: 'goes-missing', at: but(highIn([10, TICKS]), 30, TICKS), rule: over50 },
  { name: 'gap', at: but(highIn([8, 45]), 20, 28), rule: { ...over50, for: 2 } },
  { name: 'gap-kept', at: but(highIn([8, 45]), 20, 28), rule: { ...over50, noData: 'keep' }, expr: kept('gap-kept') },
  {
    name: 'gap-told', at: but(() => LOW, 20, 32), rule: { ...over50, for: 2, noData: 'alert' },
    expr: `sum by (series) (${selectorOf('gap-told')}) > 50 or absent(${selectorOf('gap-told')})`,
  },
  { name: 'not-a-number', at: but(highIn([8, 45]), 20, 28, Number.NaN), rule: over50 },
  {
    name: 'recovers-lower', at: (tick) => (tick < 10 ? LOW : Math.max(LOW, HIGH - (tick - 10) * 2)), rule: { ...over50, recover: 30 },
    expr: `${selectorOf('recovers-lower')} > 50 or (${selectorOf('recovers-lower')} > 30 and on (series) ALERTS{alertname="recovers-lower", alertstate="firing"})`,
  },
];

/** Rows of a list, each an alert of its own: some fall, one goes away while it is low. */
export const ROWS: readonly { id: string; at(tick: number): Reading }[] = [
  { id: 'paper', at: (tick) => (tick >= 14 && tick < 38 ? 2 : 40) },
  { id: 'pens', at: (tick) => 40 - tick },
  { id: 'chairs', at: () => 25 },
  { id: 'lamps', at: (tick) => (tick < 10 ? 30 : tick < 34 ? 1 : undefined) },
];
export const ROW_RULE = { name: 'row', operator: '<', value: 5, for: 1 } as const;
export const SUM_RULE = { name: 'sum-of-rows', operator: '<', value: 60, reduce: { by: 'sum' } } as const;

/** The rule as Prometheus has it. */
export function exprOf({ name, rule: { operator, value }, expr }: ComparedSeries): string {
  return expr ?? `${selectorOf(name)} ${operator === '=' ? '==' : operator} ${String(value)}`;
}
