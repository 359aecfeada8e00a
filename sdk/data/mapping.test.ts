import { describe, expect, it } from 'vitest';
import type { ValueMapping } from '../contract/display.js';
import { mappingFor } from './mapping.js';
import { isPattern, matchesPattern } from './pattern.js';

const shown = (value: unknown, ...mappings: ValueMapping[]) => mappingFor(value, mappings, matchesPattern)?.text;
const fits = (value: unknown, mapping: ValueMapping) => mappingFor(value, [{ ...mapping, text: 'yes' }], matchesPattern) !== undefined;

describe('mappingFor', () => {
  it('takes the first that fits', () => {
    expect(shown(5, { from: 9, text: 'a' }, { from: 1, text: 'b' }, { value: 5, text: 'c' })).toBe('b');
    expect(shown(0, { from: 9, text: 'a' })).toBeUndefined();
    expect(mappingFor(5, [])).toBeUndefined();
    expect(mappingFor(5)).toBeUndefined();
  });

  it.each([[7, 7], ['7', 7], ['7.0', 7], [7, '7'], [7, '007'], ['up', 'up'], [true, true], ['', ''], [0, 0], ['-0', 0]])('%j is %j', (value, exact) => {
    expect(fits(value, { value: exact })).toBe(true);
  });

  it.each([
    [8, 7], ['007', '7'], ['Up', 'up'], ['true', true], [true, 'true'], [1, true], [true, 1], ['', 0], [null, 0], [undefined, 0], [[7], 7],
    [{}, '[object Object]'], [NaN, 0], ['0x7', 7],
  ])('%j is not %j', (value, exact) => {
    expect(fits(value, { value: exact })).toBe(false);
  });

  it('takes numbers within a range, its ends too', () => {
    const range = { from: 10, to: 20 };
    for (const value of [10, 15.5, 20, '20']) expect(fits(value, range), String(value)).toBe(true);
    for (const value of [9.99, 20.01, 'high', '', null, undefined, true, NaN, Infinity, [15], '1e400']) expect(fits(value, range), String(value)).toBe(false);
    expect(fits(1e9, { from: 0 })).toBe(true);
    expect(fits(-1, { to: 0 })).toBe(true);
    expect(fits(5, { from: 9, to: 1 })).toBe(false);
  });

  it.each([
    ['null', null], ['null', undefined], ['nan', NaN], ['nan', -Infinity], ['nan', 'NaN'], ['nan', '+Inf'], ['nan', '-Infinity'],
    ['true', true], ['false', false], ['empty', ''],
  ] as const)('%s: %s', (special, value) => {
    expect(fits(value, { special })).toBe(true);
  });

  it.each([
    ['null', 0], ['null', ''], ['null', 'null'], ['nan', 0], ['nan', 'banana'], ['nan', null], ['nan', '12'], ['true', 'true'], ['true', 1],
    ['false', 0], ['false', null], ['empty', null], ['empty', ' '], ['empty', []],
  ] as const)('%s is not %j', (special, value) => {
    expect(fits(value, { special })).toBe(false);
  });

  it('fits a pattern to the whole text', () => {
    expect(fits('ERR-17', { regex: 'ERR-\\d+' })).toBe(true);
    expect(fits('an ERR-17', { regex: 'ERR-\\d+' })).toBe(false);
    expect(fits('ab', { regex: 'a|ab' })).toBe(true);
    expect(fits('ab', { regex: '^a|b$' })).toBe(false);
    expect(fits('Failed', { regex: '(?i)failed|error' })).toBe(true);
    expect(fits(404, { regex: '4\\d\\d' })).toBe(true);
    expect(fits(true, { regex: 'true' })).toBe(true);
    expect(fits('', { regex: '.*' })).toBe(true);
    for (const value of [null, undefined, {}, ['a']]) expect(fits(value, { regex: '.*' }), String(value)).toBe(false);
  });

  it('leaves patterns out until there is an engine for them', () => {
    expect(mappingFor('a', [{ regex: '.*', text: 'x' }, { value: 'a', text: 'y' }])?.text).toBe('y');
  });

  it('takes no mapping that says nothing of the value', () => {
    expect(fits(5, {})).toBe(false);
    expect(fits(undefined, {})).toBe(false);
    expect(fits('x', { special: 'other' as 'nan' })).toBe(false);
  });
});

describe('patterns', () => {
  it.each(['(', '[', 'a**', '(?=a)', '(a)\\1', 'a{1001}'])('%s is none, and fits nothing', (pattern) => {
    expect(isPattern(pattern)).toBe(false);
    expect(matchesPattern(pattern, pattern)).toBe(false);
  });

  it.each(['(a+)+$', '(a|aa)+$', '(a|a?)+$', '(.*a){25}', '(?:[ab]{1,900}|[ab]{1,899}c)*d', '.*.*.*.*=.*'])('%s takes its time by the text’s length alone', (pattern) => {
    const text = `${'a'.repeat(50_000)}!`;
    matchesPattern(pattern, 'a');
    const start = process.cpuUsage();
    expect(matchesPattern(pattern, text)).toBe(false);
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(50);
  });

  it('fits long texts too', () => {
    expect(matchesPattern('(a+)+$', 'a'.repeat(50_000))).toBe(true);
  });

  it('forgets old patterns', () => {
    for (let n = 0; n < 500; n++) expect(matchesPattern(`x${n}`, `x${n}`)).toBe(true);
  });
});
