/** Answers of shapes that no widget expects: each says so, or draws what it can, and its neighbours go on. */
import { expect } from '@open-wc/testing';
import { WIDGET_TYPES } from '../../sdk/contract/widget.js';
import { define } from '../tags.js';
import { kindOf, listenForFaults, LONG, samplesOf, troubleOf, widgetOf, written } from './test/trouble.js';

define();

const parsed = (json: string): unknown => JSON.parse(json);

const SHAPES: unknown[] = [
  null, undefined, 0, 5, -1, Number.NaN, Infinity, '', 'x', LONG, true, [], [[]], [null], [[[]], 7], {}, { items: null }, { items: {} }, { items: [] },
  { items: 'x' }, { items: { length: 3 } }, { items: [null, 1, 'x', [], true, {}] }, { data: { data: [] } }, { results: [[1, 2], [3, 4]] },
  [1, 2, 3], ['a', 'b'], [{}, {}], [{ a: { b: { c: [] } } }], parsed('{"__proto__": {"polluted": true}}'), parsed('[{"__proto__": 1, "constructor": 2, "length": -1}]'),
  parsed('{"constructor": {"prototype": 1}, "toString": 1, "hasOwnProperty": 2, "valueOf": null}'), { error: { code: 500 } },
  { trend: 'up', history: 'x' }, { trend: { percentage: 'NaN', direction: 7 }, history: [null, 'x', {}, [], Infinity] }, { toJSON: 1, then: 1 },
];

/** In place of a field's own: what is none, numbers of all sizes, words, and moments in each form that there is. */
const VALUES: unknown[] = [
  null, undefined, '', ' ', 'x', LONG, true, false, {}, { a: 1 }, [], [[]], [null], 0, -0, -1, 1e308, -1e308, 5e-324, 9_007_199_254_740_993, Number.NaN, Infinity, -Infinity,
  '12.5', '1e400', '1,234', '2026-13-45', '2026-03-29T02:30:00', '2026-03-16', '9999-12-31T23:59:59Z', 1_760_000_000, 1_760_000_000_000, 8.64e15 + 1, -62_135_596_800_000,
];

const MOST_ROWS = 1_000_000;
const MANY_ROWS = 100_000;

type Row = Record<string, unknown>;

describe('answers of other shapes', () => {
  listenForFaults();

  for (const type of WIDGET_TYPES) {
    it(`${type}: no rows, no object, or others`, async () => {
      const trouble: string[] = [];
      for (const [index, { name, options, data }] of samplesOf(await kindOf(type)).entries()) {
        const widget = widgetOf(type, options);
        const cases = SHAPES.map((shape) => ({ name: `${name}: ${written(shape)}`, widget, data: shape }));
        const atPath = SHAPES.map((shape) => ({ name: `${name}: at a path ${written(shape)}`, widget: { ...widget, dataPath: 'a.b' }, data: { a: { b: shape } } }));
        trouble.push(...await troubleOf(index === 0 ? [...cases, ...atPath] : cases, { widget, data }, { fail: false, again: index === 0 }));
      }
      expect(trouble).to.deep.equal([]);
      expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
    }).timeout(120_000);

    it(`${type}: other values in each field`, async () => {
      const trouble: string[] = [];
      for (const { name, options, data } of samplesOf(await kindOf(type))) {
        const widget = widgetOf(type, options);
        const rows = (Array.isArray(data) ? data : [data]) as Row[];
        const answerOf = (changed: unknown[]) => (Array.isArray(data) ? changed : changed[0]);
        const cases = Object.keys(rows[0] ?? {}).flatMap((field) => [
          ...VALUES.map((value) => ({ name: `${name}: ${field} ${written(value)}`, widget, data: answerOf(rows.map((row) => ({ ...row, [field]: value }))) })),
          { name: `${name}: ${field} of all kinds`, widget, data: answerOf(VALUES.map((value, index) => ({ ...rows[index % rows.length], [field]: value }))) },
          { name: `${name}: ${field} absent`, widget, data: answerOf(rows.map(({ [field]: _gone, ...row }) => row)) },
        ]);
        const one = { name: `${name}: one row`, widget, data: answerOf(rows.slice(0, 1)) };
        const mixed = { name: `${name}: rows and no rows`, widget, data: answerOf([null, ...rows, 7, 'x', [], {}, ...rows]) };
        trouble.push(...await troubleOf([...cases, one, mixed], { widget, data }, { fail: false, again: false }));
      }
      expect(trouble).to.deep.equal([]);
    }).timeout(120_000);

    it(`${type}: a million rows, or a hundred thousand`, async () => {
      const trouble: string[] = [];
      for (const [index, { name, options, data }] of samplesOf(await kindOf(type)).entries()) {
        const rows = (Array.isArray(data) ? data : [data]) as Row[];
        const widget = widgetOf(type, options);
        const length = index === 0 && (type === 'chart' || type === 'table') ? MOST_ROWS : MANY_ROWS;
        const many = Array.from({ length }, (_, at) => another(rows[at % rows.length] ?? {}, at));
        trouble.push(...await troubleOf([{ name, widget, data: many }], { widget, data }, { fail: false, again: false }));
      }
      expect(trouble).to.deep.equal([]);
    }).timeout(120_000);
  }
});

/** A row like it, with values of its own: a later time, another name, another number. */
function another(row: Row, index: number): Row {
  return Object.fromEntries(Object.entries(row).map(([field, value]) => {
    if (typeof value === 'number') return [field, value + (index % 7)];
    if (typeof value !== 'string') return [field, value];
    return [field, /^\d{4}-/.test(value) ? new Date(Date.UTC(2020, 0, 1) + index * 60_000).toISOString() : `${value} ${index}`];
  }));
}
