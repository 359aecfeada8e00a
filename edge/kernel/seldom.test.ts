import { expect, it } from 'vitest';
import { createLog } from './log.js';
import { createRefusalLog, createSeldom } from './seldom.js';

function clock() {
  let now = 0;
  return { monotonic: () => now, pass: (ms: number) => void (now += ms) };
}

it('tells the same once a minute', () => {
  const time = clock();
  const seldom = createSeldom(time);
  expect([seldom('a'), seldom('a'), seldom('b')]).toEqual([true, false, true]);
  time.pass(60_000);
  expect([seldom('a'), seldom('a')]).toEqual([true, false]);
});

it('tells no more than so many different things a minute', () => {
  const time = clock();
  const seldom = createSeldom(time, { most: 3 });
  expect(Array.from({ length: 100 }, (_, index) => seldom(`made up ${index}`)).filter(Boolean)).toHaveLength(3);
  time.pass(60_000);
  expect(seldom('made up 99')).toBe(true);
});

it('a refusal is one line, whatever a stranger puts into its facts', () => {
  const lines: string[] = [];
  const tell = createRefusalLog(createLog({ destination: { write: (line) => void lines.push(line) } }), clock(), 'a token was refused');
  for (let round = 0; round < 5; round += 1) tell('no reason', { issuer: `x\n{"level":60}\u001b[2J${'y'.repeat(500)}` });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.trim()).not.toMatch(/[\n\u001b]/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 30, msg: 'a token was refused', why: 'no reason', issuer: expect.stringMatching(/^x\n.{0,99}$/s) });
});
