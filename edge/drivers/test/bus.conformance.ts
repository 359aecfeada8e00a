import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { topic, type Bus } from '../../kernel/bus.js';
import type { Log } from '../../kernel/log.js';
import { createLog } from '../../kernel/log.js';

export interface BusHarness {
  /** Two edges' own; one twice where there is only one process. */
  buses: readonly [Bus, Bus];
  /** Done when both hear all that is subscribed. */
  settled(): Promise<void>;
  close(): Promise<void> | void;
}

interface Fruit {
  name: string;
  count?: number;
}

const FRUIT = topic<Fruit>('fruit');
const OTHERS = topic<Fruit>('others');

/** What every bus does. Its log goes to `log`. */
export function busConformance(open: (log: Log) => Promise<BusHarness>): void {
  let harness: BusHarness;
  let bus: Bus;
  let other: Bus;
  let lines: string[];
  beforeEach(async () => {
    lines = [];
    harness = await open(createLog({ destination: { write: (line: string) => void lines.push(line) } }));
    [bus, other] = harness.buses;
  });
  afterEach(() => harness.close());

  const heardBy = (on: Bus, what = FRUIT): Fruit[] => {
    const heard: Fruit[] = [];
    on.subscribe(what, (message) => void heard.push(message));
    return heard;
  };
  const quiet = (): Promise<unknown> => sleep(200);

  it('tells its own listeners before publish returns, and everybody once', async () => {
    const own = heardBy(bus);
    const second = heardBy(bus);
    const theirs = heardBy(other);
    await harness.settled();
    bus.publish(FRUIT, { name: 'ä "fig"', count: 1 });
    expect(own).toEqual([{ name: 'ä "fig"', count: 1 }]);
    expect(second).toEqual(own);
    await quiet();
    other.publish(FRUIT, { name: 'kiwi' });
    await quiet();
    for (const heard of [own, second, theirs]) expect(heard).toEqual([{ name: 'ä "fig"', count: 1 }, { name: 'kiwi' }]);
  });

  it('tells nobody else of what is for here alone', async () => {
    const own = heardBy(bus);
    const theirs = heardBy(other);
    await harness.settled();
    bus.publish(FRUIT, { name: 'fig' }, 'here');
    expect(own).toEqual([{ name: 'fig' }]);
    await quiet();
    expect(own).toHaveLength(1);
    if (bus !== other) expect(theirs).toEqual([]);
  });

  it('keeps the order of who publishes', async () => {
    const theirs = heardBy(other);
    await harness.settled();
    for (let n = 0; n < 500; n += 1) bus.publish(FRUIT, { name: 'fig', count: n });
    await expect.poll(() => theirs.length, { timeout: 5_000 }).toBe(500);
    expect(theirs.map(({ count }) => count)).toEqual(Array.from({ length: 500 }, (_, n) => n));
  });

  it('keeps topics apart, and tells nobody who left', async () => {
    const others = heardBy(other, OTHERS);
    const heard: string[] = [];
    const leave = [other.subscribe(FRUIT, ({ name }) => void heard.push(`a ${name}`)), other.subscribe(FRUIT, ({ name }) => void heard.push(`b ${name}`))];
    await harness.settled();
    bus.publish(FRUIT, { name: 'fig' });
    await quiet();
    leave[0]!();
    leave[0]!();
    bus.publish(FRUIT, { name: 'kiwi' });
    await quiet();
    leave[1]!();
    bus.publish(FRUIT, { name: 'plum' });
    await quiet();
    expect(heard).toEqual(['a fig', 'b fig', 'b kiwi']);
    expect(others).toEqual([]);
    other.subscribe(FRUIT, ({ name }) => void heard.push(`c ${name}`));
    await harness.settled();
    bus.publish(FRUIT, { name: 'pear' });
    await quiet();
    expect(heard.at(-1)).toBe('c pear');
  });

  it('logs a handler that throws and tells the others', async () => {
    other.subscribe(FRUIT, () => {
      throw new Error('broken handler');
    });
    const theirs = heardBy(other);
    await harness.settled();
    bus.publish(FRUIT, { name: 'fig' });
    await quiet();
    expect(theirs).toEqual([{ name: 'fig' }]);
    expect(lines.join('')).toContain('broken handler');
  });

  it('carries a message of 256 KB', async () => {
    const theirs = heardBy(other);
    await harness.settled();
    bus.publish(FRUIT, { name: 'x'.repeat(256 * 1024) });
    await quiet();
    expect(theirs.map(({ name }) => name.length)).toEqual([256 * 1024]);
  });
}
