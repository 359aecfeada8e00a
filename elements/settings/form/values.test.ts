import { expect } from '@open-wc/testing';
import { kindOfField, readNumber, readScalar, writeScalar } from './field-kind.js';
import { fieldPathsOf } from './field-paths.js';
import { beginningOf, withValueAt } from './values.js';

describe('withValueAt', () => {
  it('changes one place and shares the rest', () => {
    const value = { a: { b: 1, c: 2 }, list: [{ x: 1 }, { x: 2 }] };
    const next = withValueAt(value, ['list', 1, 'x'], 3) as typeof value;
    expect(next).to.deep.equal({ a: { b: 1, c: 2 }, list: [{ x: 1 }, { x: 3 }] });
    expect(next.a).to.equal(value.a);
    expect(value.list[1]).to.deep.equal({ x: 2 });
  });

  it('takes a field away, and what is empty by that', () => {
    expect(withValueAt({ trend: { enabled: true }, y: 1 }, ['trend', 'enabled'], undefined)).to.deep.equal({ y: 1 });
    expect(withValueAt({ a: 1 }, ['a'], undefined)).to.deep.equal({});
  });

  it('keeps the order of fields', () => {
    expect(Object.keys(withValueAt({ a: 1, b: 2, c: 3 }, ['b'], 5) as object)).to.deep.equal(['a', 'b', 'c']);
  });

  it('hazard: prototype pollution: a path to a prototype changes nothing', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      expect(withValueAt({ a: 1 }, [name, 'polluted'], true)).to.deep.equal({ a: 1 });
    }
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });
});

describe('beginningOf', () => {
  it('has what a thing must have', () => {
    expect(beginningOf({ type: 'object', properties: { value: { type: 'number' }, color: { type: 'string' }, label: { type: 'string' } }, required: ['value', 'color'] })).to.deep.equal({ value: 0, color: '' });
    expect(beginningOf({ oneOf: [{ type: 'object', properties: { type: { const: 'module' } }, required: ['type'] }] })).to.deep.equal({ type: 'module' });
    expect(beginningOf({ type: 'integer', minimum: 10 })).to.equal(10);
  });
});

describe('scalars', () => {
  it('are read as what they look like, and written so that they come back', () => {
    for (const value of ['North', '7', 'true', '', 7, -0.5, true, false]) {
      if (value === '') continue;
      expect(readScalar(writeScalar(value)), String(value)).to.equal(value);
    }
    expect(writeScalar(undefined)).to.equal('');
    expect(readScalar('1e400')).to.equal('1e400');
  });
});

describe('readNumber', () => {
  it('reads a number as it is written where the reader is, and no other', () => {
    for (const [typed, decimal, value] of [['12.5', '.', 12.5], ['1,000', '.', undefined], ['12,5', ',', 12.5], ['12.5', ',', 12.5], ['1.000', ',', undefined], ['-1.234.567', ',', undefined], ['', '.', undefined], ['1e400', '.', undefined], ['-3', '.', -3]] as const) {
      expect(readNumber(typed, decimal), `${typed} with ${decimal}`).to.equal(value);
    }
  });
});

describe('kindOfField', () => {
  it('tells how a value is written', () => {
    expect(kindOfField({ type: 'string', format: 'field-path' })).to.equal('field-path');
    expect(kindOfField({ type: 'string', maxLength: 20_000 })).to.equal('lines');
    expect(kindOfField({ anyOf: [{ type: 'string' }, { type: 'number' }] })).to.equal('scalar');
    expect(kindOfField({ oneOf: [{ type: 'object', properties: { type: { const: 'a' } } }, { type: 'object', properties: { type: { const: 'b' } } }] })).to.equal('choice');
    expect(kindOfField({ type: 'array', items: { type: 'string' } })).to.equal('words');
    expect(kindOfField({ type: 'object' })).to.equal('json');
    expect(kindOfField({})).to.equal('json');
  });
});

describe('fieldPathsOf', () => {
  it('offers what rows have, the first or not', () => {
    expect(fieldPathsOf({ items: [{ sku: 'a' }, { sku: 'b', price: { net: 1 } }] })).to.deep.equal(['sku', 'price.net']);
    expect(fieldPathsOf({ total: 1, trend: { percentage: 2 }, list: [] })).to.deep.equal(['total', 'trend.percentage']);
  });

  it('says nothing of what has no fields', () => {
    for (const data of [null, undefined, 5, 'x', [], [1, 2]]) expect(fieldPathsOf(data)).to.deep.equal([]);
  });
});
