import { afterEach, describe, expect, it } from 'vitest';
import { filterRows } from './filter.js';
import { getPath, isSafePath } from './path.js';
import { resolveParams } from './params.js';
import { runTransform } from './transform.js';

const FORBIDDEN = [
  '__proto__', 'constructor', 'prototype', 'constructor.prototype', 'constructor.name', '__proto__.polluted',
  'row.__proto__', 'row.constructor', 'row.__proto__.polluted', 'list.constructor', '__proto__.toString',
];

describe('hazard: prototype pollution by path, params and config', () => {
  afterEach(() => {
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  // Sent as JSON, these are own properties: the worst case for a look-up that only asks for ownership.
  const sent = JSON.parse(
    '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}, "name": "x"}, "prototype": 1, "row": {"__proto__": {"polluted": 1}, "constructor": 2}, "list": []}',
  ) as unknown;

  it.each(FORBIDDEN)('never reads %j', (path) => {
    expect(isSafePath(path)).toBe(false);
    expect(getPath(sent, path)).toBeUndefined();
    expect(getPath({}, path)).toBeUndefined();
  });

  it.each(['toString', 'hasOwnProperty', 'valueOf', 'row.toString'])('does not find the inherited %j', (path) => {
    expect(getPath(sent, path)).toBeUndefined();
  });

  it('refuses a param by an inherited name and keeps a declared one as plain data', () => {
    const given = JSON.parse('{"__proto__": "x"}') as Record<string, unknown>;
    expect(() => resolveParams({}, given)).toThrow('is not a parameter');
    expect(() => resolveParams({}, { toString: 'x' })).toThrow('is not a parameter');
    expect(() => resolveParams(undefined, { constructor: 'x' })).toThrow('is not a parameter');
  });

  it('neither filters, selects nor renames by such a path', () => {
    const rows = [sent];
    expect(filterRows(rows, JSON.parse('{"__proto__": {"polluted": 1}}') as Record<string, string>)).toEqual([]);
    for (const path of FORBIDDEN) {
      expect(runTransform(rows, undefined, [{ select: [path] }])).toEqual([{}]);
      const [row] = runTransform([{ a: 1 }], undefined, [{ rename: { a: path } }]) as object[];
      expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
      expect(row).toEqual({ a: 1 });
    }
  });
});
