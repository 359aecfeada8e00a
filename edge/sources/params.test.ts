import { describe, expect, it } from 'vitest';
import { encodeQuery, queryKey, resolveDates } from './params.js';

const moment = { now: Date.UTC(2025, 9, 19, 22, 30), timeZone: 'Europe/Berlin' };

describe('resolveDates', () => {
  it('turns words into the tenant zone\'s times, however deep, and leaves the rest', () => {
    const params = { limit: 100, created: { gte: 'today', lt: 'now' }, ids: ['yesterday', 'abc'], none: null, on: true };
    // It is half past midnight of the 20th in Berlin.
    expect(resolveDates(params, 'unix', moment)).toEqual({
      limit: 100,
      created: { gte: Date.UTC(2025, 9, 19, 22) / 1000, lt: moment.now / 1000 },
      ids: [Date.UTC(2025, 9, 18, 22) / 1000, 'abc'],
      none: null,
      on: true,
    });
    expect(resolveDates({ from: '-24h' }, 'iso', moment)).toEqual({ from: '2025-10-18T22:30:00.000Z' });
  });
});

describe('encodeQuery', () => {
  it('writes objects and lists as Stripe has them', () => {
    expect(decodeURIComponent(encodeQuery({ limit: 100, created: { gte: 1, lt: 2 }, expand: ['a', 'b'], of: [{ id: 'x' }] }, 'brackets')))
      .toBe('limit=100&created[gte]=1&created[lt]=2&expand[0]=a&expand[1]=b&of[0][id]=x');
  });

  it('repeats the name for a list', () => {
    expect(encodeQuery({ a: [1, 2], b: true }, 'repeat')).toBe('a=1&a=2&b=true');
  });

  it('leaves nulls out and survives what cannot be written', () => {
    expect(encodeQuery({ a: null, b: '\ud800', 'c&d=#': 'x&y=#\r\n' }, 'repeat')).toBe('b=%EF%BF%BD&c%26d%3D%23=x%26y%3D%23%0D%0A');
  });
});

describe('queryKey', () => {
  it('is equal for what a source cannot tell apart', () => {
    expect(queryKey({ a: 1, b: { c: true } })).toBe(queryKey({ 'b[c]': 'true', a: '1' }));
    expect(queryKey({ a: null })).toBe(queryKey({}));
  });

  it('differs for what a source can', () => {
    expect(queryKey({ a: [1, 2] })).not.toBe(queryKey({ a: [2, 1] }));
    expect(queryKey({ a: '1&b=2' })).not.toBe(queryKey({ a: 1, b: 2 }));
  });
});
