import { describe, expect, it } from 'vitest';
import type { AlertCondition } from '../../../../sdk/contract/alert.js';
import { ruleOf, START, Watched } from './test/watched.js';

const watched = (condition: Partial<AlertCondition> = {}, over: Parameters<typeof ruleOf>[1] = {}) => new Watched(ruleOf(condition, over));
const row = (sku: string, stock: unknown) => ({ sku, name: `Part ${sku}`, stock });
const rows = (...stocks: unknown[]) => ({ items: stocks.map((stock, index) => row(`p${index}`, stock)) });

describe('one value', () => {
  it('fires, is told once, and is over', () => {
    const rule = watched({ field: 'total' });
    expect(rule.sees({ total: 7 })).toEqual({ changes: [], instances: new Map(), saved: [], dropped: [], tooMany: 0 });
    const fired = rule.sees({ total: 3 });
    expect(fired.changes).toMatchObject([{ now: { key: '', name: 'Stock levels', state: 'firing', value: 3, title: 'Stock levels: total 3 is below 5' } }]);
    expect(fired.changes[0]).not.toHaveProperty('before');
    expect(fired.saved).toEqual([fired.changes[0]?.now]);
    expect(rule.sees({ total: 3 })).toMatchObject({ changes: [], saved: [] });
    expect(rule.sees({ total: 2 })).toMatchObject({ changes: [], saved: [{ value: 2, title: 'Stock levels: total 2 is below 5' }] });
    expect(rule.sees({ total: 9 }).changes).toMatchObject([{ before: { state: 'firing' }, now: { state: 'resolved', value: 9 } }]);
  });

  it('what comes of nothing is one for all, and cannot be spoilt', () => {
    const nothing = watched({ field: 'total' }).sees({ total: 7 });
    expect(watched({ field: 'other' }).sees({ other: 7 })).toBe(nothing);
    expect(() => nothing.instances.set('x', {} as never)).toThrow(TypeError);
    expect(() => nothing.saved.push({} as never)).toThrow(TypeError);
  });

  it.each([null, undefined, '', '3', 'abc', [], {}, Number.NaN, true, JSON.parse('1e400'), new Date(START)])('%o is no data, which nobody is told of as firing or as in order', (total) => {
    const fires = watched({ field: 'total' });
    fires.sees({ total: 3 });
    expect(fires.sees({ total })).toMatchObject({ changes: [], instances: new Map([['', { state: 'firing', reason: 'noData', value: 3 }]]) });
    const rests = watched({ field: 'total' });
    expect(rests.sees({ total }).changes).toMatchObject([{ now: { state: 'noData' } }]);
    expect(rests.sees({ total: 7 })).toMatchObject({ changes: [{ now: { state: 'inactive' } }], dropped: [{ key: '' }], saved: [], instances: new Map() });
  });

  it.each([null, undefined, 'text', 7, true, [], [1, 2], '', Number.NaN])('an answer that is %o is no data either', (answer) => {
    const rule = watched({ field: 'total', rows: false });
    expect(rule.sees(answer).changes).toMatchObject([{ now: { state: 'noData', value: null } }]);
  });

  it('waits for as long as the rule says, and says when it is due', () => {
    const rule = watched({ field: 'total', for: 60, keepFiring: 30 });
    expect(rule.sees({ total: 3 })).toMatchObject({ nextIn: 60_000, changes: [{ now: { state: 'pending' } }] });
    expect(rule.sees({ total: 3 }, { elapsed: 45_000 })).toMatchObject({ nextIn: 15_000, changes: [] });
    expect(rule.sees({ total: 3 }, { elapsed: 15_000, again: true }).changes).toMatchObject([{ now: { state: 'firing', since: rule.wall } }]);
    expect(rule.last).not.toHaveProperty('nextIn');
    expect(rule.sees({ total: 8 })).toMatchObject({ nextIn: 30_000, changes: [{ now: { state: 'recovering' } }] });
    expect(rule.sees({ total: 8 }, { elapsed: 30_000 }).changes).toMatchObject([{ now: { state: 'resolved' } }]);
  });

  it('does not wait while there is nothing to compare', () => {
    const rule = watched({ field: 'total', for: 60 });
    rule.sees({ total: 3 });
    expect(rule.sees({ total: null }, { elapsed: 300_000 })).not.toHaveProperty('nextIn');
    expect(rule.get()).toMatchObject({ state: 'pending', held: 0 });
  });

  it('writes once a minute how long it has waited', () => {
    const rule = watched({ field: 'total', for: 300 });
    const written = [0, 1, 2, 3, 4, 5, 6, 7].map(() => rule.sees({ total: 3 }, { elapsed: 20_000 }).saved.length);
    expect(written).toEqual([1, 0, 0, 1, 0, 0, 1, 0]);
  });

  it('fires on until it has recovered', () => {
    const rule = watched({ field: 'total', recover: 8 });
    expect(rule.sees({ total: 6 }).changes).toEqual([]);
    rule.sees({ total: 4 });
    expect(rule.sees({ total: 6 })).toMatchObject({ changes: [], saved: [{ title: 'Stock levels: total 6 is still below 8' }] });
    expect(rule.sees({ total: 8 }).changes).toMatchObject([{ now: { state: 'resolved' } }]);
    expect(rule.sees({ total: 6 }).changes).toEqual([]);
  });

  it('keeps what is over for a quarter of an hour', () => {
    const rule = watched({ field: 'total' });
    rule.sees({ total: 3 });
    rule.sees({ total: 9 });
    expect(rule.sees({ total: 10 }, { elapsed: 14 * 60_000 })).toMatchObject({ dropped: [], saved: [] });
    expect(rule.sees({ total: 10 }, { elapsed: 60_000 })).toMatchObject({ changes: [], dropped: [{ state: 'resolved' }], instances: new Map() });
  });

  it('does not begin outside of its schedule, and says when it opens', () => {
    const rule = watched({ field: 'total' }, { schedule: [{ times: [{ start: '10:00', end: '11:00' }] }] });
    expect(rule.sees({ total: 3 }, { elapsed: 0 })).toMatchObject({ changes: [], nextIn: 3_600_000 });
    expect(rule.sees({ total: 3 }, { elapsed: 3_600_000, again: true }).changes).toMatchObject([{ now: { state: 'firing' } }]);
    expect(rule.sees({ total: 3 }, { elapsed: 2 * 3_600_000 })).toMatchObject({ changes: [] });
    expect(rule.get()?.state).toBe('firing');
    expect(rule.sees({ total: 9 }).changes).toMatchObject([{ now: { state: 'resolved' } }]);
  });

  it('reports another severity of the same alert', () => {
    const rule = watched({ field: 'total', severity: 'warning' });
    rule.sees({ total: 3 });
    rule.rule = ruleOf({ field: 'total', severity: 'critical' });
    expect(rule.sees({ total: 3 }).changes).toMatchObject([{ before: { severity: 'warning' }, now: { severity: 'critical', state: 'firing' } }]);
  });

  it('is one user\'s where the answer is', () => {
    expect(watched({ field: 'total' }).sees({ total: 3 }, { user: 'ada' }).changes).toMatchObject([{ now: { user: 'ada' } }]);
  });
});

describe('no answer', () => {
  it('changes nothing of what fires, and says so of what is in order', () => {
    const rule = watched({ field: 'total' });
    expect(rule.fails().changes).toMatchObject([{ now: { state: 'error', title: 'Stock levels: no answer', text: 'The module did not answer in time.' } }]);
    rule.sees({ total: 3 });
    expect(rule.fails()).toMatchObject({ changes: [], saved: [{ state: 'firing', reason: 'error' }] });
    expect(rule.fails()).toMatchObject({ changes: [], saved: [] });
  });

  it('is told once where the rule says so, not for each row', () => {
    const rule = watched({ error: 'alert' });
    rule.sees(rows(3, 3, 3, null, 9));
    rule.sees(rows(3, 9, 3, null, 9));
    expect(rule.states()).toEqual(['p0: firing', 'p1: resolved', 'p2: firing', 'p3: noData']);
    expect(rule.fails().changes).toMatchObject([{ now: { key: '', state: 'firing', reason: 'error' } }]);
    expect(rule.states()).toEqual([': firing', 'p0: firing', 'p1: resolved', 'p2: firing', 'p3: noData']);
    expect(rule.sees(rows(3, 9, 3, null, 9)).changes).toMatchObject([{ now: { key: '', state: 'resolved' } }]);
  });

  it('says no more than one line of what went wrong, without what steers', () => {
    const rule = watched({ field: 'total' });
    rule.sees(undefined, { input: { fault: { code: 'internal', detail: `\u001b[2J${'x'.repeat(9_000)}` } } });
    expect(rule.get()?.text).toMatch(/^\[2Jx+…$/);
  });
});

describe('rows', () => {
  it('fire one by one, by name: 3 of 10 below 5', () => {
    const rule = watched();
    const { changes } = rule.sees(rows(9, 3, 7, 4, 5, 6, 8, 0, 12, 5));
    expect(changes.map(({ now }) => [now.key, now.name, now.state, now.title])).toEqual([
      ['p1', 'Part p1', 'firing', 'Part p1: stock 3 is below 5'], ['p3', 'Part p3', 'firing', 'Part p3: stock 4 is below 5'], ['p7', 'Part p7', 'firing', 'Part p7: stock 0 is below 5'],
    ]);
    expect(new Set(changes.map(({ now }) => now.id)).size).toBe(3);
    expect(rule.sees(rows(9, 3, 7, 9, 5, 6, 8, 0, 12, 5)).changes).toMatchObject([{ now: { key: 'p3', state: 'resolved' } }]);
  });

  it('say what stands in the row now, though the value is the same', () => {
    const rule = watched({ title: '{{name}} in {{row.place}}' });
    rule.sees([{ id: 'a', stock: 1, place: 'Bremen' }]);
    expect(rule.sees([{ id: 'a', stock: 1, place: 'Bremen' }]).saved).toEqual([]);
    expect(rule.sees([{ id: 'a', stock: 1, place: 'Kiel' }])).toMatchObject({ changes: [], saved: [{ title: 'a in Kiel' }] });
  });

  it('are told apart by the key that the definition names, and by their order where it is the same', () => {
    const rule = watched({}, { rowKey: 'bin' });
    rule.sees([{ bin: 'A', stock: 1 }, { bin: 'A', stock: 9 }, { bin: 'A', stock: 2 }, { bin: 'A#2', stock: 3 }, { stock: 4 }]);
    expect([...rule.instances.keys()]).toEqual(['A', 'A#3', 'A#2#2', '#4']);
    expect(rule.get('A')?.name).toBe('A');
  });

  it('are found where the definition says', () => {
    const rule = watched({}, { dataPath: 'stock.parts' });
    rule.sees({ items: [], stock: { parts: [row('x', 1)] } });
    expect(rule.states()).toEqual(['x: firing']);
  });

  it('stand behind a field of the answer itself, unless the rule says rows', () => {
    const answer = { stock: 9, items: [row('x', 1)] };
    const [whole, each] = [watched(), watched({ rows: true })];
    expect(whole.sees(answer).changes).toEqual([]);
    expect(each.sees(answer).changes).toMatchObject([{ now: { key: 'x' } }]);
  });

  it('may have a field that lists have too', () => {
    const rule = watched({ field: 'length' });
    rule.sees([{ id: 'pipe', length: 3 }]);
    expect(rule.states()).toEqual(['pipe: firing']);
    expect(watched({ field: 'length' }).sees([1, 2]).changes).toMatchObject([{ now: { key: '', value: 2 } }]);
  });

  it('that have no value are no data, each for itself', () => {
    const rule = watched();
    rule.sees(rows(3, null, '4', 9));
    expect(rule.states()).toEqual(['p0: firing', 'p1: noData', 'p2: noData']);
  });

  it.each([[[null, 1, 'x', [], [[]]]], [[{ __proto__: { stock: 1 } }]], [{ items: [undefined] }]])('of any shape do no harm: %j', (answer) => {
    const { instances } = watched({ rows: true }).sees(answer);
    for (const { state, title } of instances.values()) expect([state, title]).toEqual(['noData', expect.stringMatching(/no data for stock$/)]);
  });

  it('that are gone are over after two answers without them', () => {
    const rule = watched();
    rule.sees(rows(3, 3, 9));
    expect(rule.sees({ items: [row('p0', 3)] }).changes).toEqual([]);
    expect(rule.sees({ items: [row('p0', 3)] }, { again: true }).changes).toEqual([]);
    expect(rule.sees({ items: [row('p0', 3)] }).changes).toMatchObject([{ now: { key: 'p1', state: 'resolved', reason: 'gone' } }]);
    expect(rule.get('p0')?.state).toBe('firing');
  });

  it('are gone from an empty list too: it says that there are none', () => {
    const rule = watched();
    rule.sees(rows(3));
    rule.sees({ items: [] });
    expect(rule.sees({ items: [] }).changes).toMatchObject([{ now: { key: 'p0', state: 'resolved', reason: 'gone' } }]);
  });

  it('that no answer has a list of are no data, not gone', () => {
    const rule = watched({ rows: true });
    rule.sees(rows(3, 3));
    for (let count = 0; count < 5; count += 1) rule.sees({ message: 'try later' });
    expect(rule.states()).toEqual([': noData', 'p0: firing', 'p1: firing']);
    expect(rule.sees(rows(3, 9)).changes).toMatchObject([{ now: { key: 'p1', state: 'resolved' } }, { now: { key: '', state: 'inactive' } }]);
  });

  it('an empty list is told where the rule alerts of no data', () => {
    const rule = watched({ noData: 'alert' });
    expect(rule.sees({ items: [] }).changes).toMatchObject([{ now: { key: '', state: 'firing', reason: 'noData' } }]);
    expect(rule.sees(rows(9)).changes).toMatchObject([{ now: { key: '', state: 'resolved' } }]);
  });
});

describe('more rows than are followed', () => {
  const many = (count: number, stock: unknown = 1) => ({ items: Array.from({ length: count }, (_, index) => row(`p${index}`, stock)) });

  it('are counted, and said: 10,000 from one rule', () => {
    const rule = watched({ for: 60 });
    const started = process.cpuUsage();
    const { changes, tooMany, instances } = rule.sees(many(10_000));
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(2_000);
    expect(tooMany).toBe(9_000);
    expect(instances.size).toBe(1_001);
    expect(changes.at(-1)?.now).toMatchObject({ key: '', state: 'firing', severity: 'warning', reason: 'tooMany', value: 9_000, title: 'Stock levels: 9000 more rows meet the rule than are followed' });
    expect(rule.sees(many(10_000))).toMatchObject({ changes: [], saved: [], tooMany: 9_000 });
    expect(rule.sees(rows(1, 1)).changes).toMatchObject([{ now: { key: '', state: 'resolved', severity: 'warning', reason: 'tooMany' } }]);
  });

  it('keep none from firing that is followed, nor do rows without a value', () => {
    const rule = watched();
    const { tooMany } = rule.sees({ items: [...many(2_000, null).items, row('last', 1)] }, { most: 10 });
    expect(tooMany).toBe(0);
    expect(rule.get('last')?.state).toBe('firing');
    expect(rule.instances.size).toBe(10);
    expect(rule.sees({ items: [...many(2_000, null).items, row('last', 1), row('new', 1)] }, { most: 10 }).tooMany).toBe(0);
    expect(rule.get('new')?.state).toBe('firing');
  });

  it('are none while a long list is in order', () => {
    expect(watched().sees(many(10_000, 9))).toMatchObject({ tooMany: 0, changes: [], instances: new Map() });
  });

  it('are still a warning when no answer comes', () => {
    const rule = watched();
    rule.sees(many(5), { most: 2 });
    expect(rule.fails().changes).toEqual([]);
    expect(rule.get()).toMatchObject({ severity: 'warning', reason: 'tooMany' });
  });

  it('with one key for all are told apart in time', () => {
    const started = process.cpuUsage();
    expect(watched().sees(Array.from({ length: 50_000 }, () => ({ id: 'same', stock: 1 })), { most: 5 }).tooMany).toBe(49_995);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(2_000);
  });
});

describe('reduced', () => {
  it('one value of all rows', () => {
    const rule = watched({ reduce: { by: 'sum' }, operator: '<', value: 20 });
    expect(rule.sees(rows(9, 3, null, 'x', 4)).changes).toMatchObject([{ now: { key: '', value: 16, title: 'Stock levels: sum of stock 16 is below 20' } }]);
    expect(rule.sees(rows(9, 30)).changes).toMatchObject([{ now: { state: 'resolved' } }]);
  });

  it('no data where all rows lack it, none in an empty list but how many they are', () => {
    expect(watched({ reduce: { by: 'sum' } }).sees(rows(null, 'x')).changes).toMatchObject([{ now: { state: 'noData' } }]);
    expect(watched({ reduce: { by: 'sum' } }).sees([]).changes).toMatchObject([{ now: { state: 'noData' } }]);
    expect(watched({ reduce: { by: 'count' } }).sees([]).changes).toMatchObject([{ now: { state: 'firing', value: 0 } }]);
    expect(watched({ reduce: { by: 'count' } }).sees('nothing').changes).toMatchObject([{ now: { state: 'noData' } }]);
  });

  it('one value of a list at the field', () => {
    expect(watched({ field: 'temps', operator: '>', value: 80, reduce: { by: 'max' } }).sees({ temps: [70, 85, null] }).changes).toMatchObject([{ now: { value: 85 } }]);
  });

  it('one value of the samples of a time, with that of now', () => {
    const asked: number[] = [];
    const samples = (since: number) => (asked.push(since), [{ time: START, value: 100 }, { time: START + 5_000, value: 90 }]);
    const rule = watched({ field: 'total', operator: '<', value: -20, reduce: { by: 'change', over: '10m' } });
    expect(rule.sees({ total: 90 }, { samples }).changes).toEqual([]);
    expect(rule.sees({ total: 70 }, { samples }).changes).toMatchObject([{ now: { value: -30, state: 'firing' } }]);
    expect(asked).toEqual([START + 10_000 - 600_000, START + 20_000 - 600_000]);
    expect(watched({ field: 'total', reduce: { by: 'mean', over: '10m' } }).sees({ total: null }).changes).toMatchObject([{ now: { state: 'noData' } }]);
  });
});

describe('a restart', () => {
  it('neither fires anew nor forgets', () => {
    const rule = watched({ for: 60, keepFiring: 60 });
    rule.sees(rows(3, 3, 9));
    rule.sees(rows(3, 3, 9), { elapsed: 60_000 });
    rule.sees(rows(3, 9, 3), { elapsed: 30_000 });
    const before = [...rule.instances.values()];
    rule.restart();
    expect([...rule.instances.values()]).toEqual(before);
    expect(rule.sees(rows(3, 9, 3), { elapsed: 30_000 }).changes).toEqual([]);
    expect(rule.sees(rows(3, 9, 3), { elapsed: 30_000 }).changes).toMatchObject([{ now: { key: 'p1', state: 'resolved' } }, { now: { key: 'p2', state: 'firing' } }]);
  });
});
