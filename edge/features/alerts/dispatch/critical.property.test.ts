import fc from 'fast-check';
import { expect, it } from 'vitest';
import { principal } from '../../test/front-door.js';
import { NotifyFault, type NotifiedAlert } from '../../../kernel/alerts.js';
import { ROUTE_DEFAULTS } from '../../../kernel/alert-settings.js';
import { memoryStores } from './test/memory-stores.js';
import { dispatchRig, notifierSettings } from './test/rig.js';

const MINUTE = 60_000;
/** Milliseconds within which it is known that a critical fires: the wait of its group, and a look where a clock jumped as a process died. */
const KNOWN_WITHIN = 95_000;
const IDS = ['a', 'b', 'c'] as const;
const NOTIFIERS = ['webhook-a', 'webhook-b'];
/** One for all: each by itself would have its stack written. */
const REFUSED = new NotifyFault('503', { retry: true });
const boss = principal('acme', 'boss', ['admin'], ['alerts.manage']);

/** What may happen, and milliseconds until the next. */
const step = fc.record({
  what: fc.oneof(
    { weight: 10, arbitrary: fc.record({ kind: fc.constant('state' as const), id: fc.constantFrom(...IDS), state: fc.constantFrom('firing', 'resolved', 'recovering', 'firing', 'inactive', 'noData') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('silence' as const), id: fc.constantFrom(...IDS), minutes: fc.integer({ min: 1, max: 30 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('unsilence' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('ack' as const), id: fc.constantFrom(...IDS) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('failing' as const), notifier: fc.constantFrom(...NOTIFIERS), how: fc.constantFrom('well', 'throws', 'hangs') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('jump' as const), hours: fc.constantFrom(-1, 1) }) },
  ),
  wait: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 5_000 }) }, { weight: 3, arbitrary: fc.integer({ min: 0, max: 60_000 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 * MINUTE }) },
  ),
});

interface Fired {
  readonly at: number;
  until?: number;
}

async function holds(steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[], memory: boolean): Promise<void> {
  const rig = await dispatchRig({
    ...(memory && { stores: memoryStores() }), random: () => 1, lookEvery: 60_000,
    notifiers: NOTIFIERS.map((name) => notifierSettings(name)),
    settings: { routes: [{ matchers: [], notifiers: NOTIFIERS, ...ROUTE_DEFAULTS, groupBy: ['severity'], mute: [], continue: false, escalate: [] }] },
  });
  const cooldown = 2 * MINUTE;
  const fired = new Map<string, Fired[]>(IDS.map((id) => [id, []]));
  const silencedAt = new Map<string, number[]>(IDS.map((id) => [id, []]));
  const states = new Map<string, string>();
  const knownBy = (id: string, name: string) => rig.rows.ofAlert('acme', id).filter(({ receiver }) => receiver === JSON.stringify([name]));
  let silenced = false;
  try {
    for (const { what, wait } of steps) {
      if (what.kind === 'state') {
        const was = states.get(what.id) ?? 'inactive';
        const burns = (state: string): boolean => state === 'firing' || state === 'recovering';
        // Only what fires can recover, and it is over before there is no data: as the engine has it.
        const next = what.state === 'recovering' && !burns(was) ? 'firing' : what.state === 'noData' && burns(was) ? 'resolved' : what.state;
        if (next !== was) {
          const now = rig.clock.monotonic();
          if (burns(next) && !burns(was)) fired.get(what.id)!.push({ at: now });
          const last = fired.get(what.id)!.at(-1);
          if (burns(was) && !burns(next) && last !== undefined) last.until = now;
          states.set(what.id, next);
          const instance = rig.set(what.id, next as never, { severity: 'critical', cooldown, rule: `${what.id} < 1` });
          if (rig.silences.silencing(instance, rig.clock.now()) !== undefined) silencedAt.get(what.id)!.push(now);
        }
      } else if (what.kind === 'restart') {
        rig.restart();
      } else if (what.kind === 'silence') {
        const now = rig.clock.now();
        silenced = true;
        rig.silences.create(boss, {
          matchers: [{ name: 'rule', value: `${what.id} < 1` }], why: 'x', from: new Date(now).toISOString(), until: new Date(now + what.minutes * MINUTE).toISOString(),
        });
      } else if (what.kind === 'unsilence') {
        const [active] = rig.silences.list(boss).filter(({ state }) => state === 'active');
        if (active !== undefined) rig.silences.end(boss, active.id);
      } else if (what.kind === 'ack') {
        if (['firing', 'recovering'].includes(states.get(what.id) ?? '')) rig.ack(what.id);
      } else if (what.kind === 'failing') {
        rig.notifier(what.notifier).on = () => {
          if (what.how === 'throws') throw REFUSED;
          return what.how === 'hangs' ? new Promise(() => undefined) : undefined;
        };
      } else {
        rig.clock.jump(what.hours * 60 * MINUTE);
      }
      await rig.clock.advance(wait);
      // Whatever was told a moment ago, that it was over too: no cooldown keeps it from being told that it fires.
      for (const [id, last] of [...fired].map(([id, times]) => [id, times.at(-1)] as const)) {
        if (silenced || last === undefined || last.until !== undefined || rig.clock.monotonic() - last.at < KNOWN_WITHIN) continue;
        for (const name of NOTIFIERS) expect(knownBy(id, name).map(({ told }) => told), `${name} knows in time that ${id} fires`).toEqual(['firing']);
      }
    }
    // Everything works again, and nothing is silenced.
    for (const name of NOTIFIERS) rig.notifier(name).on = () => undefined;
    for (const { id, state } of rig.silences.list(boss)) if (state !== 'expired') rig.silences.end(boss, id);
    await rig.clock.advance(30 * MINUTE);

    for (const name of NOTIFIERS) {
      const order = rig.rows.messages({ tenant: 'acme', limit: 10_000 }).map(({ id }) => id).reverse();
      const told = rig.notifier(name).sent.map((notification) => ({ ...notification, order: order.indexOf(notification.id) }));
      for (const id of IDS) {
        const words = told.flatMap(({ alerts }) => alerts.filter((alert: NotifiedAlert) => alert.id === id));
        const fires = ['firing', 'recovering'].includes(states.get(id) ?? '');
        const isFiring = (alert: NotifiedAlert | undefined): boolean => alert !== undefined && alert.state !== 'resolved';
        // What fires now is known to fire, and what is over to be over, whatever order tries and restarts brought.
        const knows = knownBy(id, name);
        if (fires) {
          expect(words.length, `${name} was told of ${id}`).toBeGreaterThan(0);
          expect(words.some((alert) => isFiring(alert)), `${name} was told that ${id} fires`).toBe(true);
          expect(knows.map((row) => [row.told, row.pending]), `${name} knows that ${id} fires`).toEqual([['firing', null]]);
        } else {
          expect(knows.filter((row) => row.told === 'firing' || row.pending !== null), `${name} knows that ${id} is over`).toEqual([]);
        }
        // Whatever came when, the last word about it is true.
        const last = told.filter(({ alerts }) => alerts.some((alert) => alert.id === id)).sort((a, b) => a.order - b.order).at(-1)?.alerts.find((alert) => alert.id === id);
        if (last !== undefined) expect(isFiring(last), `the last word to ${name} about ${id}`).toBe(fires);
        // A critical that fired while nothing silenced its end is told of, be it that it is over.
        const unsilenced = fired.get(id)!.filter(({ until }) => until !== undefined && !silencedAt.get(id)!.includes(until));
        if (unsilenced.length > 0) expect(words.length, `${name} was told of ${id}, which fired`).toBeGreaterThan(0);
      }
      expect(rig.rows.messages({ tenant: 'acme', limit: 10_000 }).filter(({ state }) => state !== 'sent'), 'all was sent').toEqual([]);
      expect(new Set(told.map(({ id }) => id)).size, 'messages by id').toBe(rig.rows.messages({ tenant: 'acme', limit: 10_000 }).filter(({ notifier }) => notifier === name).length);
    }
  } finally {
    await rig.close();
  }
}

const OPTIONS = { seed: 20_260_107, endOnFailure: false } as const;

it('no critical goes unannounced, whatever happens in between: 2,000 runs', { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 200, size: 'large' }), (steps) => holds(steps, true)), { ...OPTIONS, numRuns: 2_000 });
});

it('nor on a real database', { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 30 }), (steps) => holds(steps, false)), { ...OPTIONS, numRuns: 30 });
});
