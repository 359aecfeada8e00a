import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMemoryBus } from '../../../../drivers/memory/bus.js';
import { createMemoryLimiter } from '../../../../drivers/memory/limiter.js';
import { openStore } from '../../../../drivers/store/open-store.js';
import { createAccess } from '../../../../gate/access.js';
import { ROUTE_DEFAULTS } from '../../../../kernel/alert-settings.js';
import type { AlertInstance, Notifier } from '../../../../kernel/alerts.js';
import { systemClock as clock } from '../../../../kernel/clock.js';
import { createLog } from '../../../../kernel/log.js';
import { createSilences } from '../../silences/service.js';
import { createSilenceStore } from '../../silences/store.js';
import { createAlertStore } from '../../store.js';
import { createDispatch } from '../dispatch.js';
import { createDispatchStore } from '../store.js';
import { notifierSettings } from './rig.js';

/**
 * Run as a process of its own: `dispatcher.ts URL RECEIVED NAME ALERTS DIES AT`. Fires so many alerts, one after the other, and tells of them; a line of
 * RECEIVED is a message that arrived: its id, its alerts and the process. Dies at the alert AT: `before` its commit, `after` it, or once it was
 * `sent` and before that is noted; else goes on until it is killed. Says on stdout which alerts stand.
 */
const [url = '', received = '', name = '', alerts = '0', dies = '', at = '0'] = process.argv.slice(2);
const die = (): boolean => process.kill(process.pid, 'SIGKILL');
const store = await openStore(url);
const rows = createAlertStore(store);
const log = createLog({ level: 'error' });
const bus = createMemoryBus(log);
const access = createAccess();
const audit = { within: () => undefined, note: () => undefined };
const tenants = new Map([['acme', { id: 'acme', name: 'Acme', timeZone: 'UTC', currency: 'EUR' }]]);
const silences = createSilences({ rows: createSilenceStore(store), alerts: rows, tenants, audit, access, bus, clock, log });
const notifier: Notifier = {
  name: 'webhook', type: 'webhook',
  async send({ id, alerts: told }) {
    await sleep(5);
    appendFileSync(received, `${JSON.stringify([id, told.map((alert) => alert.id), name])}\n`);
    if (dies === 'sent' && told.some((alert) => alert.id === `${name}-${at}`)) die();
  },
};
const dispatch = createDispatch({
  settings: {
    alerts: {
      rules: [], inhibit: [], muteTimes: new Map(), mostInstances: 1_000,
      routes: [{ matchers: [], notifiers: ['webhook'], ...ROUTE_DEFAULTS, groupBy: ['...'], groupWait: 0, mute: [], continue: false, escalate: [] }],
    },
    notifiers: [notifierSettings('webhook')], tenants,
  },
  notifiers: [notifier], rows: createDispatchStore(store), alerts: rows, silences, samples: { read: () => [] }, people: { of: () => [], hears: () => false, forget: () => undefined },
  access, audit, limiter: createMemoryLimiter(), bus, clock, log, lookEvery: 20,
});
process.stdout.write('open\n');

for (let index = 0; index < Number(alerts); index += 1) {
  const id = `${name}-${index}`;
  const now = clock.now();
  const instance: AlertInstance = {
    tenant: 'acme', id, ruleId: id, key: '', user: '', widgetId: 'stock', rule: id, name: id, state: 'firing', severity: 'critical', value: 1, threshold: 0,
    since: now, firedAt: now, held: 0, missing: 0, title: id, labels: {}, notifications: ['webhook'], cooldown: 300_000, comments: 0, updatedAt: now,
  };
  rows.write(() => {
    rows.save(instance);
    dispatch.notices.within([{ now: instance }]);
    if (dies === 'before' && index === Number(at)) die();
  });
  // By the line before its death it is known that this one stands.
  if (dies === 'after' && index === Number(at)) {
    appendFileSync(`${received}.stands`, `${id}\n`);
    die();
  }
  appendFileSync(`${received}.stands`, `${id}\n`);
  dispatch.notices.wake();
  await sleep(3);
}
// Its timers keep no process alive.
setInterval(() => undefined, 1_000);
