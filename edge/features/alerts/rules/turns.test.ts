import { expect, test } from 'vitest';
import { createTurns } from './turns.js';

test('who asks a hundred times at once has two done, the first and the last, and keeps nobody else waiting for more', async () => {
  const turns = createTurns();
  const done: string[] = [];
  let atOnce = 0;
  const work = (name: string) => async () => {
    atOnce += 1;
    expect(atOnce).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce -= 1;
    done.push(name);
    return name;
  };
  const many = Array.from({ length: 100 }, (_, index) => turns('ann', work(`ann ${index}`)));
  const results = Promise.allSettled([...many, turns('bob', work('bob'))]);
  expect((await results).filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(done).toEqual(['ann 0', 'ann 99', 'bob']);
  await expect(many[1]).rejects.toMatchObject({ code: 'rate_limited' });
});

test('one that fails ends nobody else\'s turn', async () => {
  const turns = createTurns();
  const failed = turns('ann', () => Promise.reject(new Error('no')));
  const after = turns('bob', () => Promise.resolve(7));
  await expect(failed).rejects.toThrow('no');
  expect(await after).toBe(7);
});
