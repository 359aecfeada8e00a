import { describe, expect, it } from 'vitest';
import type { ParamDeclaration } from '../contract/widget.js';
import { ParamError, paramsKey, resolveParams } from './params.js';

describe('resolveParams', () => {
  const declarations: Record<string, ParamDeclaration> = {
    region: { type: 'string', enum: ['north', 'south'] },
    threshold: { type: 'number', default: 10 },
    open: { type: 'boolean' },
  };

  it('lays what was given over the defaults', () => {
    expect(resolveParams(declarations, { region: 'north' })).toEqual({ region: 'north', threshold: 10 });
    expect(resolveParams(declarations, { threshold: 0, open: false })).toEqual({ threshold: 0, open: false });
    expect(resolveParams(declarations, undefined)).toEqual({ threshold: 10 });
    expect(resolveParams(undefined, undefined)).toEqual({});
  });

  it.each<[Record<string, unknown>, string, string]>([
    [{ Region: 'north' }, 'params.Region', 'is not a parameter of this widget'],
    [{ region: 'east' }, 'params.region', 'must be one of north, south'],
    [{ threshold: '10' }, 'params.threshold', 'must be a number'],
    [{ threshold: NaN }, 'params.threshold', 'must be a finite number'],
    [{ threshold: null }, 'params.threshold', 'must be a number'],
    [{ open: 'true' }, 'params.open', 'must be a boolean'],
    [{ region: ['north'] }, 'params.region', 'must be a string'],
  ])('refuses %j', (given, path, message) => {
    expect(() => resolveParams(declarations, given)).toThrow(expect.objectContaining({ path, message }));
    expect(() => resolveParams(declarations, given)).toThrow(ParamError);
  });

  it('refuses an endless text', () => {
    expect(() => resolveParams({ q: { type: 'string' } }, { q: 'x'.repeat(501) })).toThrow('at most 500 characters');
  });
});

describe('hazard: key collisions', () => {
  it('gives equal params one key, whatever their order', () => {
    expect(paramsKey({ a: 1, b: { d: 1, c: [1, { z: 1, y: 2 }] } })).toBe(paramsKey({ b: { c: [1, { y: 2, z: 1 }], d: 1 }, a: 1 }));
    expect(paramsKey()).toBe(paramsKey({}));
  });

  it('gives different params different keys', () => {
    const all = [
      {}, { a: 1 }, { a: '1' }, { a: true }, { a: 'true' }, { a: null }, { a: [1] }, { a: { 0: 1 } }, { 'a:1': '' }, { a: '1,"b":2' },
      { a: 1, b: 2 }, { a: '1', b: 2 }, { ab: 12 }, { a: 'é' }, { a: 'e\u0301' }, JSON.parse('{"__proto__": 1}') as object,
      { a: 'x=1&b=2' }, { a: 'x', b: 2 }, { a: ['x', 'y'] }, { a: ['x,y'] }, { a: 'x,y' },
    ];
    expect(new Set(all.map((params) => paramsKey(params as Record<string, unknown>))).size).toBe(all.length);
  });

  it('agrees with equality over many random pairs', () => {
    // A fixed seed: a failure can be looked at again.
    let seed = 42;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    const values = [1, '1', true, null, 'a', [1, 2], [2, 1], { b: 1, a: 2 }, { a: 2, b: 1 }, ''];
    const make = () => Object.fromEntries(Array.from({ length: random(4) }, () => [['a', 'b', 'c:d'][random(3)], values[random(values.length)]]));
    for (let pair = 0; pair < 5000; pair += 1) {
      const [left, right] = [make(), make()];
      let equal = true;
      try {
        expect(left).toStrictEqual(right);
      } catch {
        equal = false;
      }
      expect(paramsKey(left) === paramsKey(right)).toBe(equal);
    }
  });
});
