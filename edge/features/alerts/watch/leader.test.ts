import { expect, test } from 'vitest';
import { createMemoryLock } from '../../../drivers/memory/lock.js';
import { createFakeClock, settle, type FakeClock } from '../../../feeds/test/fake-clock.js';
import type { Lock } from '../../../kernel/lock.js';
import { startLeader, TTL } from './leader.js';

function leader(lock: Lock, clock: FakeClock) {
  const said: string[] = [];
  const { close } = startLeader({ lock, clock, name: 'alerts', gained: () => void said.push('gained'), lost: () => void said.push('lost') });
  return { said, close, leads: () => said.at(-1) === 'gained' };
}

test('alone it leads at once, and for as long as it runs', async () => {
  const clock = createFakeClock();
  const one = leader(createMemoryLock({ clock }), clock);
  await settle();
  expect(one.said).toEqual(['gained']);
  await clock.advance(600_000);
  expect(one.said).toEqual(['gained']);
  await one.close();
  expect(one.said).toEqual(['gained', 'lost']);
  expect(clock.pending).toBe(0);
});

test('of several exactly one leads, and another follows soon after it ends', async () => {
  const clock = createFakeClock();
  const lock = createMemoryLock({ clock });
  const all = [leader(lock, clock), leader(lock, clock), leader(lock, clock)];
  for (let minute = 0; minute < 10; minute += 1) {
    await clock.advance(60_000);
    expect(all.filter((one) => one.leads())).toHaveLength(1);
  }
  const first = all.find((one) => one.leads());
  await first?.close();
  await clock.advance(6_000);
  expect(all.filter((one) => one.leads())).toHaveLength(1);
  for (const one of all) await one.close();
});

test('who cannot hold on to it stops within its time, also where the lock does not answer', async () => {
  const clock = createFakeClock();
  let hangs = false;
  const own = createMemoryLock({ clock });
  const lock: Lock = {
    async take(name, ttl) {
      const lease = await own.take(name, ttl);
      return lease && { ...lease, extend: (time) => (hangs ? new Promise(() => undefined) : lease.extend(time)) };
    },
  };
  const one = leader(lock, clock);
  await clock.advance(6_000);
  hangs = true;
  await clock.advance(TTL - 6_000);
  expect(one.leads()).toBe(true);
  await clock.advance(5_500);
  expect(one.said).toEqual(['gained', 'lost']);
  hangs = false;
  await clock.advance(20_000);
  expect(one.leads()).toBe(true);
  await one.close();
});

test('a lease that was lost is not held on to: it is asked for anew', async () => {
  const clock = createFakeClock();
  let lost = false;
  const lock: Lock = { take: () => Promise.resolve(lost ? undefined : { extend: () => Promise.resolve(!lost), release: () => Promise.resolve() }) };
  const one = leader(lock, clock);
  await clock.advance(10_000);
  lost = true;
  await clock.advance(5_000);
  expect(one.said).toEqual(['gained', 'lost']);
  lost = false;
  await clock.advance(5_000);
  expect(one.said).toEqual(['gained', 'lost', 'gained']);
  await one.close();
});

test('a lease that it gave itself while nobody could agree ends within a minute', async () => {
  const clock = createFakeClock();
  const shared = createMemoryLock({ clock });
  const alone = createMemoryLock({ clock });
  let away = true;
  const lock: Lock = { take: (name, ttl) => (away ? alone : shared).take(name, ttl) };
  const [one, other] = [leader(shared, clock), leader(lock, clock)];
  await settle();
  expect([one.leads(), other.leads()]).toEqual([true, true]);
  away = false;
  await clock.advance(66_000);
  expect([one.leads(), other.leads()].filter(Boolean)).toHaveLength(1);
  for (const each of [one, other]) await each.close();
});
