import { describe, expect, it } from 'vitest';
import type { AnswerFrame } from '../contract/frames.js';
import type { WidgetDefinition } from '../contract/widget.js';
import { withHistory } from './history.js';
import type { Snapshot } from './snapshot.js';
import { createStore } from './store.js';

const START = Date.UTC(2026, 0, 1);
const widget: WidgetDefinition = {
  id: 'a', title: 'A', type: 'stat', size: 'small', dataSource: { type: 'module' }, statConfig: { primaryValue: 'total', sparkline: true },
};
const at = (seconds: number) => START + seconds * 1_000;
const snapshot = (seconds: number, total: unknown, more: Partial<Snapshot> = {}): Snapshot =>
  ({ state: 'fresh', data: { total }, timestamp: new Date(at(seconds)).toISOString(), cursor: String(total), widget, ...more });

describe('the history of a stat', () => {
  it('goes on with each answer', () => {
    const first = withHistory(snapshot(60, 3), [[at(0), 1], [at(30), 2]]);
    expect(first.history).toEqual([[at(0), 1], [at(30), 2], [at(60), 3]]);
    expect(withHistory(snapshot(90, '4.5'), first.history).history?.at(-1)).toEqual([at(90), 4.5]);
  });

  it('has one point for what comes faster than every ten seconds', () => {
    let history: Snapshot['history'] = [[at(0), 1]];
    for (let second = 1; second <= 60; second += 1) ({ history } = withHistory(snapshot(second, second), history));
    expect(history?.length).toBeLessThanOrEqual(8);
    expect(history?.at(-1)).toEqual([at(60), 60]);
  });

  it('has its end', () => {
    let history: Snapshot['history'] = [];
    for (let step = 0; step < 500; step += 1) ({ history } = withHistory(snapshot(step * 15, step), history));
    expect(history).toHaveLength(120);
    expect(history?.at(-1)).toEqual([at(499 * 15), 499]);
  });

  it('takes nothing that is no number, or no later, and stays away where there is none', () => {
    const before: Snapshot['history'] = [[at(0), 1], [at(30), 2]];
    for (const one of [snapshot(60, 'NaN'), snapshot(60, null), snapshot(20, 3), snapshot(30, 2), snapshot(60, 3, { widget: undefined })]) {
      expect(withHistory(one, before).history).toBe(before);
    }
    expect(withHistory(snapshot(60, 3), undefined)).not.toHaveProperty('history');
    expect(withHistory({ state: 'refused' }, before)).toEqual({ state: 'refused' });
  });
});

it('comes with the definition, goes on with pushes, and outlives a fault', () => {
  const store = createStore({ local: (timestamp) => Date.parse(timestamp), looked: () => undefined }, 1_000);
  const off = store.subscribe('a', () => undefined, {});
  const frame = (seconds: number, total: number, more: Partial<AnswerFrame> = {}) =>
    ({ widget_id: 'a', data: { total }, timestamp: new Date(at(seconds)).toISOString(), cursor: String(total), ...more }) as AnswerFrame;
  store.apply(frame(40, 3, { widget, history: [[at(0), 1], [at(20), 2]] }), {});
  expect(store.snapshot('a').history).toEqual([[at(0), 1], [at(20), 2], [at(40), 3]]);
  store.apply(frame(60, 4), { stream: 1 });
  store.apply({ widget_id: 'a', state: 'stale', error: { code: 'upstream_status', detail: 'down' } }, { stream: 1 });
  store.apply(frame(80, 5), { stream: 1 });
  expect(store.snapshot('a').history?.map(([, value]) => value)).toEqual([1, 2, 3, 4, 5]);
  off();
  store.close();
});

it('that comes late, behind a push, is taken all the same', () => {
  const store = createStore({ local: (timestamp) => Date.parse(timestamp), looked: () => undefined }, 1_000);
  const off = store.subscribe('a', () => undefined, {});
  store.apply({ widget_id: 'a', data: { total: 9 }, timestamp: new Date(at(60)).toISOString(), cursor: '9' }, { stream: 1 });
  store.apply({ widget_id: 'a', data: { total: 8 }, timestamp: new Date(at(40)).toISOString(), cursor: '8', widget, history: [[at(0), 1], [at(20), 2]] }, { version: 0 });
  expect(store.snapshot('a')).toMatchObject({ data: { total: 9 }, history: [[at(0), 1], [at(20), 2], [at(60), 9]] });
  off();
  store.close();
});
