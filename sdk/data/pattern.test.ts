import { expect, test } from 'vitest';
import { isPattern, matchesPattern } from './pattern.js';

test('hundreds of patterns that are asked in turn are not compiled anew each time', () => {
  const patterns = Array.from({ length: 500 }, (_, index) => `host${index}[a-z]{1,20}.*`);
  const ask = (): number => patterns.filter((pattern) => matchesPattern(pattern, 'host7 does not answer')).length;
  const start = process.cpuUsage();
  ask();
  const compiled = process.cpuUsage(start).user;
  const again = process.cpuUsage();
  for (let round = 0; round < 10; round += 1) expect(ask()).toBe(0);
  // Ten rounds that only match cost less than two that also compile.
  expect(process.cpuUsage(again).user).toBeLessThan(2 * compiled + 50_000);
});

test('patterns of any size do not pile up, and still fit', () => {
  for (let index = 0; index < 1_000; index += 1) expect(isPattern(`x{${index % 1000}}y${index}`)).toBe(true);
  expect(matchesPattern('x{3}y3', 'xxxy3')).toBe(true);
  expect(matchesPattern('(', '(')).toBe(false);
});
