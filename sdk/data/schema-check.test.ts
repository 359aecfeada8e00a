import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { compileSchema } from './schema-check.js';

const told = (schema: unknown, answer: unknown): string | undefined => {
  const drift = compileSchema(schema).drift(answer);
  return drift && [drift.path.join('.'), drift.message].filter(Boolean).join(': ');
};

const ORDER = { type: 'object', properties: { id: { type: 'string' }, total: { type: 'number', minimum: 0 }, note: { type: ['string', 'null'] } }, required: ['id', 'total'], additionalProperties: false };
const ORDERS = { type: 'object', properties: { items: { type: 'array', items: { $ref: '#/$defs/order' } }, count: { type: 'integer' } }, required: ['items'], $defs: { order: ORDER } };
const TREE = { $ref: '#/$defs/node', $defs: { node: { type: 'object', properties: { value: { type: 'number' }, children: { type: 'array', items: { $ref: '#/$defs/node' } } }, required: ['value'] } } };

describe('an answer held against its schema', () => {
  it.each<[string, unknown, unknown, string | undefined]>([
    ['a right one', ORDERS, { items: [{ id: 'a', total: 1, note: null }], count: 1 }, undefined],
    ['text for a number', ORDERS, { items: [{ id: 'a', total: '1' }] }, 'items.0.total: must be a number'],
    ['null for a number', ORDERS, { items: [{ id: 'a', total: null }] }, 'items.0.total: must be a number'],
    ['a field that is gone', ORDERS, { items: [{ id: 'a', total: 1 }, { id: 'b' }] }, 'items.1.total: is required'],
    ['a field that nobody knows', ORDERS, { items: [{ id: 'a', total: 1, tax: 2 }] }, 'items.0.tax: is not a known field'],
    ['an object for a list', ORDERS, { items: {} }, 'items: must be a list'],
    ['a list for the object', ORDERS, [], 'must be an object'],
    ['less than the least', ORDERS, { items: [{ id: 'a', total: -1 }] }, 'items.0.total: must be 0 or more'],
    ['a half for a whole', ORDERS, { items: [], count: 1.5 }, 'count: must be a whole number'],
    ['infinity, which 1e999 becomes', ORDERS, { items: [{ id: 'a', total: JSON.parse('1e999') as unknown }] }, 'items.0.total: must be a number'],
    ['one of two types', ORDERS, { items: [{ id: 'a', total: 1, note: 5 }] }, 'items.0.note: must be text or null'],
    ['a tree', TREE, { value: 1, children: [{ value: 2, children: [{ value: 'x' }] }] }, 'children.0.children.0.value: must be a number'],
    ['a value of a list', { enum: ['a', 'b'] }, 'c', 'must be one of a, b'],
    ['another constant', { const: 1 }, 2, 'must be 1'],
    ['forms that do not fit', { anyOf: [{ type: 'string' }, { type: 'null' }] }, 1, 'must be text or must be null'],
    ['the form that came farthest', { oneOf: [{ type: 'null' }, ORDER] }, { id: 'a', total: 'x' }, 'total: must be a number'],
    ['all of several', { allOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1 }, 'b: is required'],
    ['nullable as OpenAPI has it', { type: 'number', nullable: true }, null, undefined],
    ['a tuple', { prefixItems: [{ type: 'number' }, { type: 'string' }], items: false }, [1, 'x', 3], '2: is not a known field'],
    ['values of a map', { additionalProperties: { type: 'number' } }, { a: 1, b: 'x' }, 'b: must be a number'],
    ['too few items', { minItems: 1 }, [], 'must not be empty'],
    ['too long a text, a pair being one character', { maxLength: 2 }, '😀😀', undefined],
    ['a key that every object has', { properties: { total: { type: 'number' } }, required: ['constructor'] }, { total: 1 }, 'constructor: is required'],
    ['a keyword that is none', { typ: 'number' }, 'x', undefined],
  ])('%s', (_name, schema, answer, expected) => {
    expect(told(schema, answer)).toBe(expected);
  });

  it('says what it does not check, and lets it pass', () => {
    const schema = { type: 'object', properties: { sku: { type: 'string', pattern: '^(a+)+$' }, time: { type: 'string', format: 'date-time', pattern: '.' } }, if: {}, 'x-ours': 1 };
    const { unchecked, drift } = compileSchema(schema);
    expect(unchecked.map(({ path }) => path)).toEqual(['properties.sku.pattern', 'if']);
    expect(drift({ sku: 'b', time: 'noon' })).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ['text', 'number', ': must be a schema'],
    ['null', null, ': must be a schema'],
    ['an unknown type', { properties: { a: { type: 'money' } } }, 'properties.a.type: knows no type "money"'],
    ['a type of every object', { type: 'constructor' }, 'type: knows no type "constructor"'],
    ['a remote reference', { $ref: 'https://evil.example/schema.json' }, '$ref: must lead to a place in this schema ("#/…")'],
    ['a file', { items: { $ref: 'file:///etc/passwd' } }, 'items.$ref: must lead to a place in this schema ("#/…")'],
    ['a reference to nothing', { $ref: '#/$defs/no' }, '$ref: leads to nothing'],
    ['a reference to what every object has', { $ref: '#/constructor/prototype' }, '$ref: leads to nothing'],
    ['a reference that is no text', { $ref: 5 }, '$ref: must be text'],
    ['required that is no list', { required: 'a' }, 'required: must be a list'],
    ['a bound that is no number', { minimum: '0' }, 'minimum: must be a number'],
  ])('%s is refused with its place', (_name, schema, message) => {
    expect(() => compileSchema(schema)).toThrow(message);
  });
});

/** Values and schemas made at random, the same in each run. */
function generator(seed: number) {
  let state = seed;
  const below = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  const names = ['a', 'b', 'c', '__proto__', 'constructor'];
  const value = (depth: number): unknown => {
    switch (below(depth > 0 ? 9 : 7)) {
      case 0: return null;
      case 1: return below(2) === 0;
      case 2: return below(10) - 5;
      case 3: return below(100) / 8;
      case 4: return 'x'.repeat(below(4));
      case 5: return pick(['a', 'b', '']);
      case 6: return [];
      case 7: return Array.from({ length: below(4) }, () => value(depth - 1));
      default: return Object.fromEntries(names.filter(() => below(2) === 0).map((name) => [name, value(depth - 1)]));
    }
  };
  const schema = (depth: number): unknown => {
    if (depth === 0) return pick<unknown>([true, {}, { type: pick(['number', 'integer', 'string', 'boolean', 'null', 'array', 'object']) }]);
    const parts: Record<string, unknown> = {};
    for (let count = below(3) + 1; count > 0; count -= 1) {
      switch (below(14)) {
        case 0: parts['type'] = pick(['number', 'string', 'object', 'array']); break;
        case 1: parts['type'] = [pick(['number', 'integer']), pick(['null', 'string'])]; break;
        case 2: parts['properties'] = Object.fromEntries(names.slice(0, 3).map((name) => [name, schema(depth - 1)])); break;
        case 3: parts['required'] = [...new Set([pick(names), pick(names)])]; break;
        case 4: parts['additionalProperties'] = pick([false, schema(depth - 1)]); break;
        case 5: parts['items'] = schema(depth - 1); break;
        case 6: parts['prefixItems'] = [schema(depth - 1), schema(depth - 1)]; break;
        case 7: parts['anyOf'] = [schema(depth - 1), schema(depth - 1)]; break;
        case 8: parts['allOf'] = [schema(depth - 1), schema(depth - 1)]; break;
        case 9: parts['minimum'] = below(5) - 2; break;
        case 10: parts['exclusiveMaximum'] = below(5); break;
        case 11: parts['maxLength'] = below(3); break;
        case 12: parts['minItems'] = below(3); break;
        default: parts['enum'] = ['a', 1, null]; break;
      }
    }
    return parts;
  };
  return { value, schema };
}

it('says the same of 20,000 pairs as ajv, which is another implementation', () => {
  const { value, schema } = generator(20_260_102);
  // It makes 2,000 programs that run ten times each: none is worth its optimizer.
  const ajv = new Ajv2020({ strict: false, logger: false, ownProperties: true, code: { optimize: false } });
  let wrong = 0;
  const differing: unknown[] = [];
  for (let round = 0; round < 2_000; round += 1) {
    const made = schema(3);
    const ours = compileSchema(made);
    const theirs = ajv.compile(made as object | boolean);
    for (let index = 0; index < 10; index += 1) {
      const answer = value(3);
      const right = theirs(answer);
      if (!right) wrong += 1;
      if ((ours.drift(answer) === undefined) !== right) differing.push({ made, answer });
    }
  }
  expect(differing).toEqual([]);
  expect(wrong).toBeGreaterThan(5_000);
  expect(wrong).toBeLessThan(15_000);
});
