import { describe, expect, it } from 'vitest';
import { runTransform } from './transform.js';

const orders = [
  { id: 3, status: 'paid', total: 30, customer: { name: 'Ann', city: 'Bonn' } },
  { id: 1, status: 'open', total: 10, customer: { name: 'Bob', city: 'Ulm' } },
  { id: 2, status: 'paid', total: 20, customer: { name: 'Cem', city: 'Köln' } },
];

describe('runTransform', () => {
  it('runs its steps in order', () => {
    expect(runTransform(orders, undefined, [
      { filter: { status: 'paid' } }, { sort: { by: 'id' } }, { limit: 1 }, { select: ['id', 'customer.name'] }, { rename: { 'customer.name': 'buyer' } },
    ])).toEqual([{ id: 2, customer: {}, buyer: 'Cem' }]);
    expect(runTransform(orders, undefined, [{ limit: 1 }, { filter: { status: 'open' } }])).toEqual([]);
  });

  it('keeps what stands around the rows', () => {
    const answer = { items: orders, has_more: true };
    expect(runTransform(answer, undefined, [{ limit: 1 }])).toEqual({ items: [orders[0]], has_more: true });
    expect(runTransform({ a: { b: orders, c: 1 } }, 'a.b', [{ limit: 0 }])).toEqual({ a: { b: [], c: 1 } });
    expect(runTransform([{ rows: orders }, 5], '0.rows', [{ limit: 0 }])).toEqual([{ rows: [] }, 5]);
    expect(runTransform({ 'a.b': orders }, 'a.b', [{ limit: 0 }])).toEqual({ 'a.b': [] });
    expect(answer.items).toHaveLength(3);
  });

  it('changes nothing in place', () => {
    const before = structuredClone(orders);
    runTransform(orders, undefined, [{ rename: { 'customer.city': 'city', id: 'no' } }, { sort: { by: 'no' } }, { select: ['no'] }]);
    expect(orders).toEqual(before);
  });

  it('renames, also two fields into each other', () => {
    expect(runTransform([{ a: 1, b: 2, c: 3 }], undefined, [{ rename: { a: 'b', b: 'a', missing: 'c' } }])).toEqual([{ a: 2, b: 1, c: 3 }]);
    expect(runTransform([{ customer: { name: 'Ann', city: 'Bonn' } }], undefined, [{ rename: { 'customer.city': 'city' } }]))
      .toEqual([{ customer: { name: 'Ann' }, city: 'Bonn' }]);
  });

  it('leaves alone what has no rows, or no steps', () => {
    expect(runTransform({ total: 5 }, undefined, [{ limit: 1 }])).toEqual({ total: 5 });
    expect(runTransform(null, 'a.b', [{ limit: 1 }])).toBeNull();
    expect(runTransform(orders, undefined)).toBe(orders);
    expect(runTransform(orders, undefined, [])).toBe(orders);
  });

  it('hazard: bad shapes: rows that are no rows do not break it', () => {
    const rows = [null, 7, 'text', [1], { id: 1, v: 2 }];
    expect(runTransform(rows, undefined, [{ select: ['id'] }])).toEqual([null, 7, 'text', [1], { id: 1 }]);
    expect(runTransform(rows, undefined, [{ rename: { id: 'no' } }])).toEqual([null, 7, 'text', [1], { no: 1, v: 2 }]);
    expect(runTransform(rows, undefined, [{ filter: { id: 1 } }])).toEqual([{ id: 1, v: 2 }]);
    expect(runTransform(rows, undefined, [{ sort: { by: 'id' } }])).toEqual([{ id: 1, v: 2 }, null, 7, 'text', [1]]);
  });
});
