import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ruleOf, Watched } from './test/watched.js';

const RUNS = { numRuns: 2_000, seed: 5 };
const VALUES = [null, undefined, '', '3', 'abc', [], {}, Number.NaN, true, Infinity] as const;

/** A value, how long it took to come, and what happened before it. */
interface Event { value: unknown; elapsed: number; fault: boolean; restart: boolean; jump: number }

const number = fc.integer({ min: 0, max: 9 });
const event: fc.Arbitrary<Event> = fc.record({
  value: fc.oneof({ weight: 6, arbitrary: number }, { weight: 2, arbitrary: fc.constantFrom(...VALUES) }),
  elapsed: fc.constantFrom(0, 1_000, 10_000, 30_000, 61_000, 1_000_000),
  fault: fc.oneof({ weight: 12, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  restart: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  jump: fc.oneof({ weight: 10, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(-3_600_000, 3_600_000) }),
});
/** Values come in runs, or nothing would ever hold for long. */
const events = fc.array(fc.tuple(event, fc.integer({ min: 1, max: 8 })), { minLength: 1, maxLength: 60 }).map((runs) => runs.flatMap(([one, count]) => Array.from({ length: count }, () => one)).slice(0, 200));
const condition = fc.record({ for: fc.constantFrom(0, 30, 60, 120), keepFiring: fc.constantFrom(0, 30, 60), recover: fc.constantFrom(undefined, 5, 7) });

const isFiring = (state: string | undefined) => state === 'firing' || state === 'recovering';

it('a condition that is met for long enough is firing; what is met is never over; no firing is lost; clocks that jump change nothing', () => {
  fc.assert(fc.property(events, condition, ({ length, ...list }, { recover, ...times }) => {
    const values = Array.from({ length }, (_, index) => list[index] as Event);
    const rule = () => new Watched(ruleOf({ field: 'v', ...times, ...(recover !== undefined && { recover }) }));
    const [one, steady] = [rule(), rule()];
    let held: number | undefined;
    const ids = new Map<string, number>();
    for (const { value, elapsed, fault, restart, jump } of values) {
      if (restart) one.restart();
      one.wall += jump;
      const before = one.get();
      const { changes, saved, dropped } = fault ? one.fails({ elapsed }) : one.sees({ v: value }, { elapsed });
      if (fault) steady.fails({ elapsed });
      else steady.sees({ v: value }, { elapsed });
      const now = one.get();

      // Missing data holds nothing up and ends nothing.
      const usable = !fault && typeof value === 'number' && Number.isFinite(value);
      const met = usable && value < 5;
      if (usable) held = met ? (held === undefined ? 0 : held + elapsed) : undefined;
      if (met && held !== undefined && before?.state === 'pending' && before.held + elapsed >= times.for * 1_000) expect(now?.state).toBe('firing');
      if (met && times.for === 0) expect(now?.state).toBe('firing');
      if (met) expect(['pending', 'firing']).toContain(now?.state);
      if (isFiring(before?.state) && !(usable && value >= (recover ?? 5))) expect(isFiring(now?.state)).toBe(true);
      if (isFiring(before?.state) && !isFiring(now?.state)) expect(changes).toMatchObject([{ before: { id: before?.id }, now: { state: 'resolved', firedAt: before?.firedAt } }]);
      if (before?.state !== now?.state && now) expect(saved.length + dropped.length).toBeGreaterThan(0);
      for (const { now: { id }, before: earlier } of changes) if (!earlier) ids.set(id, (ids.get(id) ?? 0) + 1);

      // The same without jumps and restarts stands at the same place.
      expect([now?.state, now?.held, now?.id, now?.value]).toEqual([steady.get()?.state, steady.get()?.held, steady.get()?.id, steady.get()?.value]);
    }
    expect([...ids.values()].every((count) => count === 1)).toBe(true);
  }), RUNS);
}, 60_000);

it('a run of met answers that lasts for long enough is always told of', () => {
  fc.assert(fc.property(events, fc.constantFrom(0, 30, 60, 120), (list, seconds) => {
    const rule = new Watched(ruleOf({ field: 'v', for: seconds }));
    let since: number | undefined;
    let clock = 0;
    for (const { value, elapsed, restart, jump } of list) {
      if (restart) rule.restart();
      rule.wall += jump;
      clock += elapsed;
      rule.sees({ v: value }, { elapsed });
      const met = typeof value === 'number' && value < 5;
      since = met ? (since ?? clock) : undefined;
      if (since !== undefined && clock - since >= seconds * 1_000) expect(rule.get()?.state).toBe('firing');
    }
  }), RUNS);
}, 60_000);

it('rows keep their own: ids are unique, and none that is met and followed is missing', () => {
  const list = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', null), stock: fc.oneof(number, fc.constantFrom(...VALUES)) }), { maxLength: 12 });
  fc.assert(fc.property(fc.array(fc.tuple(list, fc.boolean()), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 12 }), (answers, most) => {
    const rule = new Watched(ruleOf());
    for (const [items, restart] of answers) {
      if (restart) rule.restart();
      const { tooMany } = rule.sees({ items }, { most });
      const instances = [...rule.instances.values()];
      expect(new Set(instances.map(({ id }) => id)).size).toBe(instances.length);
      for (const [key, instance] of rule.instances) expect(instance.key).toBe(key);
      const met = items.filter(({ stock }) => typeof stock === 'number' && stock < 5).length;
      const followed = instances.filter(({ key, state, missing }) => key !== '' && state === 'firing' && missing === 0 && rule.get(key)?.reason === undefined).length;
      expect(followed + tooMany).toBe(met);
      expect(rule.get('')?.state === 'firing').toBe(tooMany > 0);
    }
  }), { ...RUNS, numRuns: 500 });
}, 60_000);
