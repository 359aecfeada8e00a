/** HAZARDS 6: values that cross the line with each answer, for an hour, through the engine, the store and the outbox as they are. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryLimiter } from '../../../drivers/memory/limiter.js';
import type { Store } from '../../../drivers/store/open-store.js';
import { createAccess } from '../../../gate/access.js';
import type { Bus } from '../../../kernel/bus.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Log } from '../../../kernel/log.js';
import { createDispatch, type Dispatch } from '../dispatch/dispatch.js';
import { createDispatchStore, type DispatchStore } from '../dispatch/store.js';
import { fakeNotifier, notifierSettings, type FakeNotifier } from '../dispatch/test/rig.js';
import { createSilences } from '../silences/service.js';
import { createSilenceStore } from '../silences/store.js';
import { MOST_COMMENTS, type AlertStore } from '../store.js';
import { EVENTS_OF_ALERT } from './sweep.js';
import { openEdge, watched, type TestEdge } from './test/rig.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const INTERVAL = 5_000;
const COOLDOWN = 300;
const INSTANCES = 200;

let edge: TestEdge;
let dispatch: Dispatch;
let rows: DispatchStore;
let hook: FakeNotifier;
afterEach(async () => {
  await dispatch.close();
  await edge.end();
});

function telling({ store, alerts, bus, clock, log }: { store: Store; alerts: AlertStore; bus: Bus; clock: Clock; log: Log }) {
  const settings = {
    alerts: { rules: [], routes: [], inhibit: [], muteTimes: new Map(), mostInstances: 1_000 }, notifiers: [notifierSettings('webhook')],
    tenants: new Map([['acme', { id: 'acme', name: 'Acme', timeZone: 'UTC', currency: 'EUR' }]]),
  };
  const audit = { within: () => undefined, note: () => undefined };
  const access = createAccess();
  rows = createDispatchStore(store);
  hook = fakeNotifier('webhook', 'webhook', clock.monotonic);
  const silences = createSilences({ rows: createSilenceStore(store), alerts, tenants: settings.tenants, audit, access, bus, clock, log });
  dispatch = createDispatch({
    settings, notifiers: [hook], rows, alerts, silences, access, audit, bus, clock, log, limiter: createMemoryLimiter(), random: () => 0.5,
    people: { of: () => [], hears: () => false, forget: () => undefined }, samples: { read: () => [] },
  });
  return dispatch.notices;
}

/** Whether each item is low at an answer. */
type Phase = (item: number, answer: number) => boolean;
let answer: number;

async function open(phase: Phase, items: number, keepFiring = 0): Promise<void> {
  answer = 0;
  const conditions = [{ field: 'level', operator: '<' as const, value: 5, severity: 'critical' as const, name: 'low', keepFiring }];
  edge = await openEdge({
    notices: telling,
    widgets: [watched(conditions, { refreshInterval: INTERVAL / 1000, listConfig: { itemKey: 'sku' } as never }, { notifications: ['webhook'], cooldown: COOLDOWN })],
    reply: () => Array.from({ length: items }, (_, item) => ({ sku: `item-${item}`, level: phase(item, answer) ? 1 : 9 })),
  });
}
async function run(milliseconds: number): Promise<void> {
  for (let at = 0; at < milliseconds; at += INTERVAL) {
    answer += 1;
    await edge.clock.advance(INTERVAL);
    // What the test itself writes down.
    edge.news.splice(0);
    edge.calls.splice(0);
  }
}

const count = (table: string): number => edge.store.db.get<{ rows: number }>(sql.raw(`SELECT count(*) AS rows FROM ${table}`)).rows;
/** What receivers know of each alert that fires or did. */
const known = (): Record<string, number> => {
  const notices = edge.alerts.inStates('acme', ['firing', 'resolved']).flatMap(({ id }) => rows.ofAlert('acme', id));
  const counts: Record<string, number> = {};
  for (const { told } of notices) counts[String(told)] = (counts[String(told)] ?? 0) + 1;
  return counts;
};
const counted = (): number[] => hook.sent.map(({ alerts, truncated }) => alerts.length + truncated);

const PHASES: [how: string, phase: Phase][] = [
  ['all together', (_item, at) => at % 2 === 1], ['one half against the other', (item, at) => (item + at) % 2 === 1], ['each at its own time', (item, at) => (item + at) % 7 < 3],
  ['now and then', (item, at) => (item * 7 + at) % 97 === 0],
];

describe('Flapping at each answer, for an hour', () => {
  it.each(PHASES)('%s: messages by cooldown and group, and each critical is told; what fires in the end is known to', async (_how, phase) => {
    let held: boolean | undefined;
    await open((item, at) => held ?? phase(item, at), INSTANCES);
    await run(HOUR);
    // All are one group: a message in a cooldown; a critical does not wait for the interval of its group.
    expect(hook.sent.length).toBeLessThanOrEqual(HOUR / 30_000);
    expect(hook.tries).toHaveLength(hook.sent.length);
    const perAlert = HOUR / (COOLDOWN * 1_000) + 1;
    expect(counted().reduce((sum, some) => sum + some, 0)).toBeLessThanOrEqual(INSTANCES * perAlert * 2);
    // Those that began within the time for which a group waits.
    expect(known()['null'] ?? 0).toBeLessThan(INSTANCES / 10);
    expect([count('alerts'), count('alert_groups')]).toEqual([INSTANCES, 1]);
    expect(count('alert_notices')).toBeLessThanOrEqual(INSTANCES);
    expect(count('alert_outbox')).toBe(hook.sent.length);

    held = true;
    await run((COOLDOWN + 60) * 1_000);
    expect(known()).toEqual({ firing: INSTANCES });
    held = false;
    await run((COOLDOWN + 60) * 1_000);
    expect(known()['firing'] ?? 0).toBe(0);
    expect(hook.sent.at(-1)).toMatchObject({ status: 'resolved' });
  }, 60_000);

  it('with a time for which it goes on firing: one message that it fires', async () => {
    await open((_item, at) => at % 2 === 1, 40, 60);
    await run(HOUR);
    expect(hook.sent.map(({ status }) => status)).toEqual(['firing']);
    expect(counted()).toEqual([40]);
  }, 60_000);

  it('for three hours: the history is thinned, and the memory that is held stays what it is', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heap = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    await open((_item, at) => at % 2 === 1, 40);
    await run(20 * MINUTE);
    const early = heap();
    await run(2 * HOUR + 40 * MINUTE);
    const grown = heap() - early;
    expect(count('alert_events')).toBeLessThanOrEqual(40 * (EVENTS_OF_ALERT + MOST_COMMENTS));
    expect([count('alerts'), count('alert_notices')]).toEqual([40, 40]);
    expect(grown).toBeLessThan(8 * 1024 * 1024);
  }, 60_000);
});
