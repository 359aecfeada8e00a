import { describe, expect, it } from 'vitest';
import { unwrap } from './unwrap.js';

describe('unwrap', () => {
  it.each<[string, unknown, unknown]>([
    ['a list', [1, 2], { data: [1, 2] }],
    ['a number', 7, { data: 7 }],
    ['null', null, { data: null }],
    ['an object', { total: 1 }, { data: { total: 1 } }],
    ['the wrapper', { data: { total: 1 }, timestamp: '2025-10-19T14:30:00Z', metadata: { rows: 1 } },
      { data: { total: 1 }, timestamp: '2025-10-19T14:30:00.000Z' }],
    ['the wrapper without metadata', { data: [1], timestamp: '2025-10-19T14:30:00+02:00' }, { data: [1], timestamp: '2025-10-19T12:30:00.000Z' }],
    ['the wrapper without timestamp', { data: [1], metadata: {} }, { data: [1] }],
    ['data alone, which is the rows of an answer', { data: [1] }, { data: { data: [1] } }],
    ['another key beside it', { data: [1], has_more: true, timestamp: 'x' }, { data: { data: [1], has_more: true, timestamp: 'x' } }],
    ['a timestamp in the data', { total: 1, timestamp: '2025-10-19T14:30:00Z' }, { data: { total: 1 }, timestamp: '2025-10-19T14:30:00.000Z' }],
    ['both', { data: { total: 1, timestamp: '2020-01-01T00:00:00Z' }, timestamp: '2025-10-19T14:30:00Z' },
      { data: { total: 1 }, timestamp: '2025-10-19T14:30:00.000Z' }],
    ['Unix seconds', { a: 1, timestamp: 1760884200 }, { data: { a: 1 }, timestamp: '2025-10-19T14:30:00.000Z' }],
    ['Unix milliseconds', { a: 1, timestamp: 1760884200000 }, { data: { a: 1 }, timestamp: '2025-10-19T14:30:00.000Z' }],
    ['a timestamp that is no time', { a: 1, timestamp: { day: 1 } }, { data: { a: 1, timestamp: { day: 1 } } }],
    ['a timestamp out of range', { a: 1, timestamp: 1e300 }, { data: { a: 1, timestamp: 1e300 } }],
    ['a timestamp deeper down', { a: { timestamp: '2025-10-19T14:30:00Z' } }, { data: { a: { timestamp: '2025-10-19T14:30:00Z' } } }],
  ])('%s', (_name, body, answer) => {
    expect(unwrap(body)).toEqual(answer);
  });

  it('leaves no prototype behind', () => {
    const { data } = unwrap(JSON.parse('{"__proto__": {"polluted": true}, "timestamp": "2025-10-19T14:30:00Z"}'));
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect((data as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
