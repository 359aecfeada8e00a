import { describe, expect, it } from 'vitest';
import type { AnswerFrame } from '../contract/frames.js';
import type { Snapshot } from './snapshot.js';
import { createStore, keyOf } from './store.js';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const data = (value: unknown, second: number, more: Partial<AnswerFrame> = {}): AnswerFrame =>
  ({ widget_id: 'a', data: value, timestamp: at(second), cursor: JSON.stringify(value), ...more }) as AnswerFrame;
const error = { code: 'upstream_status' as const, detail: 'down' };

function storeOf(linger = 1_000) {
  const looked: [string, boolean][] = [];
  const store = createStore({ local: (timestamp) => Date.parse(timestamp), looked: ({ key }, first) => looked.push([key, first]) }, linger);
  const seen: Snapshot[] = [];
  const off = store.subscribe('a', (snapshot) => seen.push(snapshot), {});
  return { store, seen, off, looked, last: () => store.snapshot('a') };
}

describe('a late answer', () => {
  it('is told by its time', () => {
    const { store, last } = storeOf();
    store.apply(data('new', 5), {});
    store.apply(data('old', 4), {});
    expect(last().data).toBe('new');
    store.apply({ widget_id: 'a', state: 'fresh', timestamp: at(3), cursor: '"old"' }, {});
    expect(last()).toMatchObject({ data: 'new', timestamp: at(5) });
  });

  it('without a time is told by when it was asked for', () => {
    const { store, last } = storeOf();
    store.apply(data(1, 1), {});
    const { version } = store.get('a')!;
    store.apply(data(2, 2), {});
    store.apply({ widget_id: 'a', state: 'failed', error }, { version });
    expect(last()).toMatchObject({ state: 'fresh', data: 2 });
    // What was of the same moment as what it comes behind does not undo a fault either.
    store.apply({ widget_id: 'a', state: 'stale', error }, {});
    store.apply(data(2, 2), { version });
    expect(last().state).toBe('stale');
  });

  it('of one connection is none, whatever its clock says: the edge’s was set back', () => {
    const { store, last } = storeOf();
    store.apply(data(1, 50), { stream: 1 });
    store.apply(data(2, 5), { stream: 1 });
    expect(last().data).toBe(2);
    store.apply(data(3, 4), { stream: 2 });
    expect(last().data).toBe(2);
  });

  it('is only the first of the next connection: behind an edge whose clock was ahead, news do not wait until that time has come', () => {
    const { store, last } = storeOf();
    store.apply(data(1, 50), { stream: 1 });
    store.apply(data(2, 5), { stream: 2 });
    expect(last().data).toBe(1);
    store.apply(data(3, 15), { stream: 2 });
    expect(last()).toMatchObject({ data: 3, timestamp: at(15) });
    // What was asked for on the way is told by its time as before.
    store.apply(data(4, 10), {});
    expect(last().data).toBe(3);
  });

  it('still brings its definition', () => {
    const { store, last } = storeOf();
    store.apply(data('new', 5), {});
    store.apply(data('old', 4, { widget: { id: 'a', title: 'A', type: 'stat', size: 'small', dataSource: { type: 'module' } } }), {});
    expect(last()).toMatchObject({ data: 'new', widget: { title: 'A' } });
  });
});

describe('who is idle', () => {
  it('keeps what is known and asks for nothing, however long', async () => {
    const { store, off, looked, last } = storeOf(5);
    store.apply(data(1, 1), {});
    const heard: Snapshot[] = [];
    const stop = store.subscribe('a', (snapshot) => heard.push(snapshot), { idle: true });
    off();
    expect(store.watched()).toEqual([]);
    expect(store.get('a')).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(last()).toMatchObject({ data: 1 });
    looked.length = 0;
    const again = store.subscribe('a', () => undefined, {});
    expect(looked).toEqual([['a', true]]);
    expect(store.watched().map(({ key }) => key)).toEqual(['a']);
    again();
    store.reset();
    expect(heard.map(({ state }) => state)).toEqual(['fresh', 'loading']);
    stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(last()).toEqual({ state: 'empty' });
  });
});

describe('a snapshot', () => {
  it('is replaced, never changed', () => {
    const { store, seen } = storeOf();
    for (const frame of [data(1, 1), data(1, 2), data([], 3), { widget_id: 'a', state: 'stale', error } as const, data(null, 4)]) {
      const before = seen.at(-1);
      const copy = structuredClone(before);
      store.apply(frame, {});
      expect(seen.at(-1)).not.toBe(before);
      expect(before).toEqual(copy);
    }
    expect(seen.map(({ state }) => state)).toEqual(['loading', 'fresh', 'fresh', 'empty', 'stale', 'empty']);
  });

  it('knows of a stretched interval as long as its answers say so', () => {
    const { store, last } = storeOf();
    store.apply(data(1, 1, { every: 40 }), {});
    expect(last().every).toBe(40);
    store.apply({ widget_id: 'a', state: 'fresh', timestamp: at(2), cursor: '1', every: 35 }, {});
    expect(last()).toMatchObject({ data: 1, every: 35 });
    store.apply({ widget_id: 'a', state: 'stale', error }, {});
    expect(last().every).toBe(35);
    store.apply({ widget_id: 'a', state: 'fresh', timestamp: at(3), cursor: '1' }, {});
    expect(last().every).toBeUndefined();
  });

  it('loses its data when the caller may see it no more', () => {
    const { store, last } = storeOf();
    store.apply(data('secret', 1), {});
    store.apply({ widget_id: 'a', state: 'refused', error: { code: 'not_found', detail: 'Not found' } }, {});
    expect(last()).toEqual({ state: 'refused', error: { code: 'not_found', detail: 'Not found' } });
  });

  it('says once that it fails, however often that is found', () => {
    const { store, seen } = storeOf();
    for (let n = 0; n < 3; n++) store.fail('a', { code: 'network', detail: 'away' });
    expect(seen.map(({ state }) => state)).toEqual(['loading', 'failed']);
    store.apply(data(1, 1), {});
    store.fail('a', { code: 'network', detail: 'away' });
    expect(seen.at(-1)).toMatchObject({ state: 'stale', data: 1, error: { code: 'network' } });
  });

  it('with no answer asks for the last good one that the edge speaks of', () => {
    const { store } = storeOf();
    expect(store.apply({ widget_id: 'a', state: 'stale', error }, {})?.key).toBe('a');
    expect(store.apply({ widget_id: 'a', state: 'fresh', timestamp: at(1), cursor: 'x' }, {})?.key).toBe('a');
    expect(store.apply({ widget_id: 'a', state: 'stale', error, data: 1, timestamp: at(1), cursor: 'x' }, {})).toBeUndefined();
    expect(store.apply(data(1, 1, { widget_id: 'unknown' }), {})).toBeUndefined();
  });
});

describe('the count of those who look', () => {
  it('tells of the first, and forgets a while after the last', async () => {
    const { store, off, looked, last } = storeOf(30);
    const second = store.subscribe('a', () => {}, {});
    store.apply(data(1, 1), {});
    off();
    off();
    expect(store.get('a')).toBeDefined();
    second();
    expect(store.get('a')).toBeUndefined();
    expect(looked).toEqual([['a', true], ['a', false], ['a', false], ['a', false]]);
    expect(last().data).toBe(1);
    const again = store.subscribe('a', () => {}, {});
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(last().data).toBe(1);
    again();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(last()).toEqual({ state: 'empty' });
  });

  it('lets a listener leave while it is told', () => {
    const { store } = storeOf();
    const told: string[] = [];
    const off = store.subscribe('a', ({ state }) => {
      told.push(state);
      if (state === 'fresh') off();
    }, {});
    store.apply(data(1, 1), {});
    store.apply(data(2, 2), {});
    expect(told).toEqual(['loading', 'fresh']);
  });
});

describe('a key', () => {
  it('is equal for equal params, and no widget’s id', () => {
    expect(keyOf('a')).toBe('a');
    expect(keyOf('a', {})).toBe('a');
    expect(keyOf('a', { x: 1, y: 'z' })).toBe(keyOf('a', { y: 'z', x: 1 }));
    expect(keyOf('a', { x: 1 })).not.toBe(keyOf('a', { x: '1' }));
    expect(keyOf('a', { x: 1 })).toMatch(/[^A-Za-z0-9._-]/);
  });
});

describe('the first rows of a long answer', () => {
  it('keep their number and order until another answer comes, also while the source fails', () => {
    const { store, last } = storeOf();
    const whole = { cursor: 'c1', total: 5_000, sort: '-n' };
    store.apply(data([1], 1, whole), {});
    expect(last()).toMatchObject({ total: 5_000, sort: '-n' });
    store.apply({ widget_id: 'a', state: 'fresh', timestamp: at(2), cursor: 'c1' }, {});
    store.apply({ widget_id: 'a', state: 'stale', error }, {});
    expect(last()).toMatchObject({ state: 'stale', data: [1], total: 5_000, sort: '-n' });
    store.apply(data([1], 3, { cursor: 'c2', total: 4_999 }), {});
    expect([last().total, last().sort]).toEqual([4_999, undefined]);
    store.apply({ ...data([1], 4, { cursor: 'c3', total: 4_998 }), state: 'stale', error } as AnswerFrame, {});
    expect(last()).toMatchObject({ state: 'stale', total: 4_998 });
    store.apply(data([1, 2], 5), {});
    expect(last()).not.toHaveProperty('total');
  });
});
