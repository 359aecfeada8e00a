import { describe, expect, it } from 'vitest';
import { parseJson } from './json.js';

const parse = (text: string): unknown => parseJson(Buffer.from(text));

/** Repeatable random numbers: the test that fails fails again. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('whole numbers', () => {
  it.each([
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['12345678901234567890123', '12345678901234567890123'],
    ['0.12345678901234567', 0.12345678901234567],
    ['12345678901234567.5', 12345678901234567.5],
    ['12345678901234567e2', 12345678901234567e2],
    ['1.5', 1.5],
  ])('%s is kept as %j', (text, value) => {
    expect(parse(text)).toEqual(value);
    expect(parse(`{"id":${text},"in":[${text} ,"${text}",{"a":${text}}]}`)).toEqual({ id: value, in: [value, text, { a: value }] });
  });

  it('strings and names with digits in them are left as they are', () => {
    const text = '{"12345678901234567890":"9007199254740993","a\\\\":"\\"12345678901234567890","b":"\\\\","c":12345678901234567890}';
    expect(parse(text)).toEqual({ '12345678901234567890': '9007199254740993', 'a\\': '"12345678901234567890', b: '\\', c: '12345678901234567890' });
  });

  it('2,000 random texts: as BigInt has them, and all else as JSON.parse has it', () => {
    const random = randomOf(11);
    const digits = (count: number): string => Array.from({ length: count }, (_, n) => Math.floor(random() * (n === 0 ? 9 : 10)) + (n === 0 ? 1 : 0)).join('');
    for (let n = 0; n < 2_000; n += 1) {
      const number = (random() < 0.5 ? '-' : '') + digits(1 + Math.floor(random() * 24));
      const text = JSON.stringify(`${number}\\"${number}`);
      const read = parse(`{"t":${text},"n":${number}}`) as { t: string; n: number | string };
      expect(read.t).toBe(JSON.parse(text));
      expect(BigInt(read.n)).toBe(BigInt(number));
    }
  });
});

it('costs no second reading where nothing is long', () => {
  const rows = JSON.stringify(Array.from({ length: 50_000 }, (_, id) => ({ id, name: `n${id}`, value: id / 3 })).map((row) => ({ ...row, value: Math.round(row.value) })));
  const bytes = Buffer.from(rows);
  /** The least of five times, milliseconds of the processor. */
  const time = (run: () => unknown): number => Math.min(...Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    run();
    return process.cpuUsage(start).user / 1_000;
  }));
  expect(time(() => parseJson(bytes))).toBeLessThan(3 * time(() => JSON.parse(rows)) + 20);
});

it('a long number beside a string of 8 MB of escapes is read as any other', () => {
  const text = '\\n'.repeat(4_000_000);
  expect(parse(`{"t":"${text}","id":9007199254740993}`)).toEqual({ t: '\n'.repeat(4_000_000), id: '9007199254740993' });
});
