import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FeedAnswer } from '../kernel/feed.js';
import { windowOf } from './row-window.js';

const { sortInTurns } = vi.hoisted(() => ({ sortInTurns: vi.fn<(rows: readonly unknown[]) => Promise<unknown[]>>() }));
vi.mock('../../sdk/data/sort-long.js', () => ({ sortInTurns }));

const answer = (cursor: string): FeedAnswer => ({ cursor, dataJson: '[{"id":1},{"id":2}]' }) as FeedAnswer;
const ALL = { from: 0, count: 10 };

afterEach(() => vi.restoreAllMocks());

describe('the rows of an answer', () => {
  it('are at hand for who scrolls, and let go when nobody asks any more', async () => {
    const parse = vi.spyOn(JSON, 'parse');
    const now = vi.spyOn(performance, 'now');
    const parsesAt = async (time: number) => {
      now.mockReturnValue(time);
      // The store looks at the clock once in a millisecond.
      await pause(5);
      await windowOf(answer('kept'), ALL, {});
      return parse.mock.calls.length;
    };
    for (const time of [1_000, 241_000, 481_000]) expect(await parsesAt(time)).toBe(1);
    expect(await parsesAt(782_000)).toBe(2);
  });

  it('are sorted again where that failed once', async () => {
    const sorted = { ...ALL, sort: { by: 'id', order: 'desc' } } as const;
    sortInTurns.mockRejectedValueOnce(new Error('no memory')).mockImplementation((rows) => Promise.resolve([...rows].reverse()));
    await expect(windowOf(answer('sorted'), sorted, {})).rejects.toThrow('no memory');
    expect((await windowOf(answer('sorted'), sorted, {})).data).toEqual([{ id: 2 }, { id: 1 }]);
  });
});
