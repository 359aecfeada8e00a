import { setImmediate as pause } from 'node:timers/promises';
import type { AlertRuleInput, BacktestResult } from '../../../../sdk/contract/alert.js';
import type { CCMWidget } from '../../../../sdk/contract/widget.js';
import type { AlertInstance, EvaluatedRule } from '../../../kernel/alerts.js';
import type { Clock } from '../../../kernel/clock.js';
import { fieldSeries, readsOneValue, type SamplePoint, type Samples } from '../../../kernel/samples.js';
import { evaluate } from '../engine/evaluate.js';
import { evaluatedRule, nameOf } from './standing.js';

export interface BacktestRequest {
  tenant: string;
  timeZone: string;
  widget: CCMWidget;
  input: AlertRuleInput;
  /** How far back. */
  hours: number;
}

const HOUR = 3_600_000;
/** Milliseconds that a value is taken to have held while nobody looked: what came after it is not known. */
const HELD = 600_000;
/** Points after which others have their turn. */
const PIECE = 250;
/** Changes by time alone that are followed from one point to the next. */
const MOST_STEPS = 10;
const OF_ROWS = 'There is no history of single rows, so this rule cannot be tried before it is saved.';
/** Part of the hours that may be missing before it is said. */
const WHOLE = 0.95;

/** Runs the rule as it would be evaluated over the samples of its field, one after the other. */
export async function backtest(request: BacktestRequest, { samples, clock }: { samples: Pick<Samples, 'read'>; clock: Clock }): Promise<BacktestResult> {
  const { tenant, widget, input, hours } = request;
  const why = notKept(request);
  if (why !== undefined) return { points: [], firings: [], note: why };
  const now = clock.now();
  const { name } = fieldSeries(widget.id, input.field, widget.dataPath);
  const points = samples.read({ tenant, name }, now - hours * HOUR).filter(({ time }) => time <= now);
  const note = gapsOf(request, points, now);
  return { points: points.map(({ time, value }) => [time, value]), firings: await firingsOf(request, points, now), ...(note !== undefined && { note }) };
}

async function firingsOf({ tenant, timeZone, widget, input }: BacktestRequest, points: readonly SamplePoint[], now: number): Promise<BacktestResult['firings']> {
  const firings: BacktestResult['firings'] = [];
  const { dataPath: _dataPath, ...rule } = evaluatedRule(
    { id: 'backtest', name: nameOf(input), origin: 'user', enabled: true, input: { ...input, field: 'value', rows: false }, user: '' }, { tenant, timeZone, widget },
  );
  const run = runOf(rule, points, firings);
  for (const [at, { time }] of points.entries()) {
    if (at > 0 && at % PIECE === 0) await pause();
    const held = run.next(at);
    const until = Math.min(points[at + 1]?.time ?? now, time + HELD);
    run.wait(time, until, held);
  }
  return firings;
}

/** One instance over time. Both return after how many milliseconds something changes by itself. */
function runOf(rule: EvaluatedRule, points: readonly SamplePoint[], firings: BacktestResult['firings']) {
  let instances: ReadonlyMap<string, AlertInstance> = new Map();
  let last: number | undefined;

  const step = (at: number, wall: number, again: boolean): number | undefined => {
    const value = points[at]?.value ?? null;
    const result = evaluate({
      rule, user: '', instances, input: { answer: { value } }, wall, again,
      elapsed: last === undefined ? 0 : Math.min(wall - last, HELD),
      samples: (since) => since >= (points[at]?.time ?? 0) ? points.slice(at, at + 1) : points.slice(firstFrom(points, since), at + 1),
      newId: () => 'backtest', most: 1,
    });
    last = wall;
    ({ instances } = result);
    for (const { before, now } of result.changes) {
      const [was, is] = [isFiring(before), isFiring(now)];
      if (is && !was) firings.push({ from: wall, value: numberOf(now.value, value) });
      const open = firings.at(-1);
      if (was && !is && open !== undefined) open.until = wall;
    }
    return result.nextIn;
  };

  return {
    next: (at: number): { at: number; nextIn: number | undefined } => ({ at, nextIn: step(at, points[at]?.time ?? 0, false) }),
    wait(from: number, until: number, { at, nextIn }: { at: number; nextIn: number | undefined }): void {
      let [wall, wait] = [from, nextIn];
      for (let steps = 0; wait !== undefined && wall + wait < until && steps < MOST_STEPS; steps += 1) {
        wall += Math.max(1, wait);
        wait = step(at, wall, true);
      }
    },
  };
}

function isFiring(instance: AlertInstance | undefined): boolean {
  return instance?.state === 'firing' || instance?.state === 'recovering';
}

function numberOf(compared: unknown, value: number | null): number {
  return typeof compared === 'number' ? compared : (value ?? 0);
}

/** Index of the first point that is not before this time. */
function firstFrom(points: readonly SamplePoint[], since: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.time ?? 0) < since) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Why there is no history that this rule could be tried on. */
function notKept({ widget, input }: BacktestRequest): string | undefined {
  if (widget.scope === 'user') return 'There is no history of this widget: it shows each user their own data.';
  if (!readsOneValue(input)) return OF_ROWS;
  const type = input.type ?? typeof input.value;
  if (type !== 'number' && input.reduce === undefined) return 'There is a history of numbers only, so this rule cannot be tried before it is saved.';
  return undefined;
}

function gapsOf({ widget: { tableConfig }, input: { field }, hours }: BacktestRequest, points: readonly SamplePoint[], now: number): string | undefined {
  if (points.length === 0) {
    if (tableConfig?.columns.some(({ key }) => key === field)) return OF_ROWS;
    return 'There is no history of this field yet. It is kept from the first rule on; of single rows there is none.';
  }
  let known = 0;
  for (const [at, { time }] of points.entries()) known += Math.min((points[at + 1]?.time ?? now) - time, HELD);
  if (known >= WHOLE * hours * HOUR) return undefined;
  return `There is a history of ${roughly(known)} of the ${hours === 1 ? 'last hour' : `last ${hours} hours`} only.`;
}

function roughly(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  if (minutes < 90) return minutes === 1 ? 'one minute' : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
}
