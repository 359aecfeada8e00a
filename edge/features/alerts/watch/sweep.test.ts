import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../../../drivers/store/open-store.js';
import { createFakeClock } from '../../../feeds/test/fake-clock.js';
import { createLog } from '../../../kernel/log.js';
import { eventOf } from '../event.js';
import { createAlertStore, MOST_COMMENTS, type AlertStore } from '../store.js';
import { alertInstance } from '../test/instance.js';
import { EVENTS_KEPT, EVENTS_OF_ALERT, RESOLVED_KEPT, startSweep } from './sweep.js';

const clock = createFakeClock();
const log = createLog({ level: 'silent' });
let db: Store;
let store: AlertStore;
let stop: () => void = () => undefined;

beforeEach(async () => {
  db = await openStore('sqlite::memory:');
  store = createAlertStore(db);
});
afterEach(() => {
  stop();
  db.close();
});

test('takes away what is old, of all tenants, and leaves the rest', async () => {
  const now = clock.now();
  const events = (tenant: string): number => store.events({ tenant, from: 0, to: Number.MAX_SAFE_INTEGER, limit: 5_000 }).length;
  for (const tenant of ['acme', 'globex']) {
    for (let count = 0; count < 1_200; count += 1) store.note(eventOf(alertInstance({ tenant }), 'fired', now - EVENTS_KEPT - 1_000));
    store.note(eventOf(alertInstance({ tenant }), 'fired', now - EVENTS_KEPT + 3_600_000));
  }
  const old = now - RESOLVED_KEPT - 400_000;
  const kept = { state: 'resolved', since: old } as const;
  store.save(alertInstance({ ...kept, id: 'over', key: 'a' }));
  store.save(alertInstance({ ...kept, id: 'cooling', key: 'b', cooldown: 2 * RESOLVED_KEPT }));
  store.save(alertInstance({ ...kept, id: 'young', key: 'c', since: now }));
  store.save(alertInstance({ ...kept, id: 'firing', key: 'd', state: 'firing' }));
  store.save(alertInstance({ ...kept, id: 'outside', key: 'e', widgetId: '' }));
  stop = startSweep({ store, tenants: ['acme', 'globex'], clock, log });
  await clock.advance(20_000);
  expect([events('acme'), events('globex')]).toEqual([1, 1]);
  expect(store.ofRule('acme', 'widget:stock:low').map(({ id }) => id).sort()).toEqual(['cooling', 'firing', 'outside', 'young']);
});

test('keeps of an alert that flaps for an hour the last events and all comments, and of others everything', async () => {
  const now = clock.now();
  store.write(() => {
    store.note(eventOf(alertInstance({ id: 'flaps' }), 'commented', now - 7_200_000, { by: 'ann', text: 'seen' }));
    store.note(eventOf(alertInstance({ id: 'calm', key: 'b' }), 'fired', now - 7_200_000));
    for (let second = 3_600; second > 0; second -= 1) store.note(eventOf(alertInstance({ id: 'flaps' }), second % 2 === 0 ? 'fired' : 'resolved', now - second * 1_000));
  });
  stop = startSweep({ store, tenants: ['acme'], clock, log });
  await clock.advance(20_000);
  const left = store.events({ tenant: 'acme', from: 0, to: Number.MAX_SAFE_INTEGER, limit: 5_000 });
  expect(left.length).toBeGreaterThanOrEqual(EVENTS_OF_ALERT + 2);
  expect(left.length).toBeLessThanOrEqual(EVENTS_OF_ALERT + MOST_COMMENTS + 1);
  expect(left.slice(-2).map(({ event }) => [event.alertId, event.what])).toEqual(expect.arrayContaining([['flaps', 'commented'], ['calm', 'fired']]));
  expect(left[0]?.at).toBe(now - 1_000);
});

test('of a tenant with too many events the oldest go', async () => {
  const now = clock.now();
  for (let count = 0; count < 10; count += 1) store.note(eventOf(alertInstance({ id: `a${count}` }), 'fired', now - 1_000 + count));
  stop = startSweep({ store: { ...store, eventTimeBehind: (tenant) => store.eventTimeBehind(tenant, 4) }, tenants: ['acme'], clock, log });
  await clock.advance(20_000);
  expect(store.events({ tenant: 'acme', from: 0, to: Number.MAX_SAFE_INTEGER, limit: 20 }).map(({ at }) => at - now + 1_000)).toEqual([9, 8, 7, 6, 5]);
});

test('goes on after a store that failed', async () => {
  let broken = true;
  store.note(eventOf(alertInstance(), 'fired', clock.now() - EVENTS_KEPT - 1_000));
  stop = startSweep({
    store: { ...store, removeEventsBefore(...query) {
      if (broken) throw new Error('database is locked');
      return store.removeEventsBefore(...query);
    } }, tenants: ['acme'], clock, log,
  });
  await clock.advance(20_000);
  broken = false;
  await clock.advance(700_000);
  expect(store.events({ tenant: 'acme', from: 0, to: Number.MAX_SAFE_INTEGER, limit: 10 })).toEqual([]);
});
