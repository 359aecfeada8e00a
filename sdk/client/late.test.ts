import { expect, test } from 'vitest';
import { late } from './late.js';

test('loads with the first call, and calls what it loaded', async () => {
  let loads = 0;
  const adder = late(async () => {
    loads += 1;
    return Promise.resolve({ add: (a: number, b: number) => Promise.resolve(a + b) });
  });
  expect(loads).toBe(0);
  expect(await adder.add(1, 2)).toBe(3);
  expect(loads).toBe(1);
});

test('is no promise itself, and a method that is not there is an error of the call', async () => {
  const empty = late(() => Promise.resolve({})) as { missing(): Promise<void> };
  expect(await Promise.resolve(empty)).toBe(empty);
  await expect(empty.missing()).rejects.toThrow(TypeError);
});
