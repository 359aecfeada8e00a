import { describe, expect, it } from 'vitest';
import type { AlertOperator } from '../../../../sdk/contract/alert.js';
import { ruleOf, Watched } from './test/watched.js';

const OPERATORS: readonly AlertOperator[] = ['>', '<', '=', '>=', '<=', '!='];
const NOTHING: readonly (readonly [string, unknown])[] = [
  ['null', null], ['undefined', undefined], ['an empty text', ''], ['7 as text', '7'], ['a word', 'abc'], ['a list', []], ['a list of one', [3]], ['an object', {}],
  ['NaN', Number.NaN], ['true', true], ['1e400', JSON.parse('1e400')], ['a date', '2026-11-26T08:00:00Z'],
];

describe('hazard: null/undefined/string compared', () => {
  describe.each(OPERATORS)('by %s with 5', (operator) => {
    it.each(NOTHING)('%s neither fires nor is in order', (_, stock) => {
      for (const rows of [false, true]) {
        const rule = new Watched(ruleOf({ operator, rows, severity: 'critical' }));
        rule.sees(rows ? [{ sku: 'a', stock }] : { stock });
        expect([...rule.instances.values()].map(({ state }) => state)).toEqual(['noData']);
        // Nor does it end what fires.
        const fires = new Watched(ruleOf({ operator: '<', rows }));
        fires.sees(rows ? [{ sku: 'a', stock: 3 }] : { stock: 3 });
        fires.sees(rows ? [{ sku: 'a', stock }] : { stock });
        expect([...fires.instances.values()].map(({ state }) => state)).toEqual(['firing']);
      }
    });
  });

  it('a number in quotes is one only where the rule says so', () => {
    const rule = new Watched(ruleOf({ type: 'number', operator: '>' }));
    expect(rule.sees({ stock: '7' }).changes).toMatchObject([{ now: { state: 'firing' } }]);
  });
});

describe('hazard: list data never matches `data.get(field)`', () => {
  it('of ten products the three that are low fire, each by its key and its name', () => {
    const products = [9, 2, 12, 4, 30, 0, 8, 7, 5, 6].map((stock, index) => ({ sku: `S-${index}`, product_name: `Product ${index}`, stock }));
    const rule = new Watched(ruleOf({}, { rowKey: 'sku', rowName: 'product_name' }));
    const { changes } = rule.sees({ items: products });
    expect(changes.map(({ now: { key, name, value, state } }) => [key, name, value, state])).toEqual([
      ['S-1', 'Product 1', 2, 'firing'], ['S-3', 'Product 3', 4, 'firing'], ['S-5', 'Product 5', 0, 'firing'],
    ]);
    expect(new Set(changes.map(({ now: { id } }) => id)).size).toBe(3);
  });
});
