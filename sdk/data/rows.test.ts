import { describe, expect, it } from 'vitest';
import { rowsElsewhere, rowKeyOf, rowsOf } from './rows.js';

describe('rowsOf', () => {
  const list = [{ id: 1 }];

  it('takes the answer itself where it is a list', () => {
    expect(rowsOf(list)).toBe(list);
  });

  it.each(['data', 'items', 'results', 'rows', 'records'])('finds them in %s', (field) => {
    expect(rowsOf({ has_more: false, [field]: list })).toBe(list);
  });

  it('takes the first of the known fields that is a list', () => {
    expect(rowsOf({ records: [], items: list, data: 'not a list' })).toBe(list);
  });

  it('takes what stands at the data path and nothing else', () => {
    expect(rowsOf({ items: [1, 2], report: { lines: list } }, 'report.lines')).toBe(list);
    expect(rowsOf({ items: [1, 2], report: {} }, 'report.lines')).toEqual([]);
    expect(rowsOf(list, '')).toBe(list);
  });

  it.each([null, undefined, 0, 'items', { items: { id: 1 } }, {}])('has none in %j', (answer) => {
    expect(rowsOf(answer)).toEqual([]);
  });
});

describe('rowKeyOf', () => {
  it('tells rows apart by the first of the known fields that they have', () => {
    const rows = [{ code: 'c', sku: 's' }, { code: 'd', sku: 't' }];
    expect(rows.map(rowKeyOf(rows))).toEqual(['s', 't']);
  });

  it('takes the named field, also a nested one', () => {
    const rows = [{ id: 1, order: { no: 'A' } }, { id: 2, order: { no: 'B' } }];
    expect(rows.map(rowKeyOf(rows, 'order.no'))).toEqual(['A', 'B']);
  });

  it('falls back to the index, which is no other row\'s key', () => {
    const rows = [{ id: 1 }, { id: null }, 'text', { id: '' }, { id: '2' }];
    expect(rows.map(rowKeyOf(rows))).toEqual(['1', '#1', '#2', '#3', '2']);
    expect([{ name: 'x' }].map(rowKeyOf([{ name: 'x' }]))).toEqual(['#0']);
    expect(rowKeyOf([])({}, 4)).toBe('#4');
    expect([{ id: 1e400 }, { id: Number.NaN }].map(rowKeyOf([{ id: 1 }]))).toEqual(['#0', '#1']);
  });
});

describe('where the rows may be instead', () => {
  it.each<[unknown, string | undefined]>([
    [{ page: 1, deals: [{ id: 1 }] }, 'deals'], [{ tags: ['a'], none: [], deals: [{ id: 1 }] }, 'deals'], [{ deals: [1, 2] }, undefined],
    [{ a: { deals: [{}] } }, undefined], [[{ id: 1 }], undefined], [null, undefined], ['deals', undefined], [{ 'a.b': [{}] }, 'a.b'],
    [JSON.parse('{"__proto__": [{}], "constructor": [{}]}'), undefined],
  ])('%j: %s', (answer, field) => expect(rowsElsewhere(answer)).toBe(field));
});
