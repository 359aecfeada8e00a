import { describe, expect, test } from 'vitest';
import { mergePatch } from './merge-patch.js';

/** The examples of RFC 7396, appendix A: original, patch, result. */
const EXAMPLES = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', 'null', 'null'],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
] as const;

describe('mergePatch', () => {
  test.each(EXAMPLES)('%s with %s is %s', (target, patch, result) => {
    expect(mergePatch(JSON.parse(target), JSON.parse(patch))).toEqual(JSON.parse(result));
  });

  test('changes neither input', () => {
    const target = { a: { b: 1 } };
    const patch = { a: { c: { d: 2 } } };
    const merged = mergePatch(target, patch) as { a: { c: { d: number } } };
    merged.a.c.d = 3;
    expect([target, patch]).toEqual([{ a: { b: 1 } }, { a: { c: { d: 2 } } }]);
  });

  test.each(['__proto__', 'constructor', 'prototype'])('refuses %s, naming its path, and reaches no prototype', (name) => {
    const patch: unknown = JSON.parse(`{"params":{"${name}":{"polluted":true}}}`);
    expect(() => mergePatch({ params: {} }, patch)).toThrow(
      expect.objectContaining({ code: 'invalid', errors: [{ path: `params.${name}`, message: 'is not an allowed name' }] }),
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('a name of every object is merged as if it were not there', () => {
    expect(mergePatch({}, { toString: { a: 1 } })).toEqual({ toString: { a: 1 } });
  });
});
