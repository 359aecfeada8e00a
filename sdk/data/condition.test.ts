import { describe, expect, it } from 'vitest';
import type { AlertOperator } from '../contract/alert.js';
import { compare, conditionOf } from './condition.js';

const OPERATORS: AlertOperator[] = ['>', '<', '=', '>=', '<=', '!=', 'contains'];
const DATE = '2026-11-26T08:00:00Z';
/** The endless number is what `JSON.parse('1e400')` makes. */
const BAD: [string, unknown][] = [
  ['null', null], ['undefined', undefined], ['an empty text', ''], ["'7'", '7'], ["'abc'", 'abc'], ['[]', []], ['{}', {}],
  ['NaN', Number.NaN], ['true', true], ['1e400', JSON.parse('1e400')], ['a date in text', DATE], ['a Date', new Date(DATE)],
];

describe('null, undefined or another type compared', () => {
  describe.each(OPERATORS)('by %s', (operator) => {
    it.each(BAD)('%s is no data for a rule of a number: neither met nor not met', (_, value) => {
      expect(compare({ operator, value: 5 }, value)).toBeUndefined();
    });

    it.each(BAD.filter(([name]) => name !== "'7'"))('%s is no data for a rule that says number', (_, value) => {
      expect(compare({ operator, value: 5, type: 'number' }, value)).toBeUndefined();
    });

    it.each(BAD.filter(([name]) => name !== 'true'))('%s is no data for a rule of a truth', (_, value) => {
      expect(compare({ operator, value: false }, value)).toBeUndefined();
    });

    it.each(BAD.filter(([, value]) => typeof value !== 'string' || value === ''))('%s is no data for a rule of a text', (_, value) => {
      expect(compare({ operator, value: 'x' }, value)).toBeUndefined();
    });

    it.each(BAD.filter(([name]) => !name.startsWith('a ')))('%s is no data for a rule of a date', (_, value) => {
      expect(compare({ operator, value: DATE, type: 'date' }, value)).toBeUndefined();
    });

    it('[3] is no number 3', () => {
      expect(compare({ operator, value: 5 }, operator === 'contains' ? 3 : [3])).toBeUndefined();
    });

    it.each([['NaN', Number.NaN], ['1e400', Infinity], ['a list', [5]], ['an object', {}]])('a rule whose own value is %s is never met', (_, value) => {
      for (const found of [5, '5', true, null, Number.NaN]) expect(compare({ operator, value }, found)).toBeUndefined();
    });
  });
});

describe('compare', () => {
  it.each<[number, AlertOperator, number, boolean]>([
    [6, '>', 5, true], [5, '>', 5, false], [4, '<', 5, true], [5, '<', 5, false], [5, '>=', 5, true], [4.9, '>=', 5, false],
    [5, '<=', 5, true], [5.1, '<=', 5, false], [5, '=', 5, true], [4, '=', 5, false], [4, '!=', 5, true], [5, '!=', 5, false], [-0, '=', 0, true],
  ])('%d %s %d is %s', (found, operator, value, met) => {
    expect(compare({ operator, value }, found)).toBe(met);
    expect(compare({ operator, value, type: 'number' }, found)).toBe(met);
    expect(compare({ operator, value: String(value), type: 'number' }, ` ${found} `)).toBe(met);
  });

  it.each(['7 pcs', '0x10', '', ' ', '1,000', 'Infinity', '1e400', '٧'])('%j is no number, whatever the rule says', (found) => {
    expect(compare({ operator: '>', value: 0, type: 'number' }, found)).toBeUndefined();
  });

  it('compares texts as they are written', () => {
    expect(compare({ operator: '=', value: 'down' }, 'down')).toBe(true);
    expect(compare({ operator: '=', value: 'down' }, 'Down')).toBe(false);
    expect(compare({ operator: '!=', value: 'up' }, 'down')).toBe(true);
    expect(compare({ operator: '=', value: '7' }, '7')).toBe(true);
    expect(compare({ operator: '=', value: '7' }, 7)).toBeUndefined();
  });

  it('tells what is true from what is not, and orders neither', () => {
    expect(compare({ operator: '=', value: false }, false)).toBe(true);
    expect(compare({ operator: '!=', value: false }, true)).toBe(true);
    expect(compare({ operator: '>', value: false }, true)).toBeUndefined();
  });

  it('compares moments, in whatever form they come', () => {
    const late = { operator: '<', value: DATE, type: 'date' } as const;
    const second = Date.parse(DATE) / 1_000;
    for (const found of ['2026-11-26T09:59:59+02:00', '2026-11-25', second - 1, (second - 1) * 1_000, new Date((second - 1) * 1_000)]) expect(compare(late, found)).toBe(true);
    for (const found of [DATE, second, '2026-11-27', '2026-11-26T08:00:00.001Z']) expect(compare(late, found)).toBe(false);
    for (const found of ['soon', '26.11.2026', 2026, new Date('x')]) expect(compare(late, found)).toBeUndefined();
  });

  it('looks for a part of a text, and for one of a list', () => {
    const contains = { operator: 'contains', value: 'fire' } as const;
    expect(compare(contains, 'on fire now')).toBe(true);
    expect(compare(contains, 'all well')).toBe(false);
    expect(compare(contains, ['smoke', 'fire'])).toBe(true);
    expect(compare(contains, ['smoke', 'fireman'])).toBe(false);
    expect(compare(contains, [1, null, {}])).toBeUndefined();
    expect(compare({ operator: 'contains', value: '7', type: 'number' }, [7, 8])).toBe(true);
    expect(compare({ operator: 'contains', value: 5 }, [1, 5])).toBe(true);
  });

  it('looks for nothing where the rule says null, and only there', () => {
    for (const empty of [null, undefined, '']) {
      expect(compare({ operator: '=', value: null }, empty)).toBe(true);
      expect(compare({ operator: '!=', value: null }, empty)).toBe(false);
    }
    for (const there of [0, false, 'x', [], {}]) expect(compare({ operator: '=', value: null }, there)).toBe(false);
    expect(compare({ operator: '=', value: null }, Number.NaN)).toBeUndefined();
    expect(compare({ operator: '<', value: null }, -1)).toBeUndefined();
  });

  it('is ready for many values once it is made', () => {
    const condition = conditionOf({ operator: '<', value: 5 });
    expect([3, 5, null, '3', 4].map(condition)).toEqual([true, false, undefined, undefined, true]);
  });
});
