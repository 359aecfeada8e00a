import { expect, test } from 'vitest';
import { openStore } from '../../drivers/store/open-store.js';
import { queryPlans } from '../../drivers/store/test/query-plans.js';
import type { AlertInstance } from '../../kernel/alerts.js';
import { createDispatchStore } from './dispatch/store.js';
import { createAlertStore } from './store.js';
import { alertInstance } from './test/instance.js';

test('no query reads a whole table', async () => {
  const plans = await queryPlans((store) => {
    const rows = createAlertStore(store);
    rows.inStates('acme', ['firing']);
    rows.firingWidgets('acme', 'ada', ['w']);
    rows.page({ tenant: 'acme', user: 'ada', states: ['firing', 'resolved'], resolvedFrom: 1, widgetId: 'w', after: { severity: 'critical', since: 1, id: 'a' }, limit: 10 });
    rows.events({ tenant: 'acme', from: 0, to: 1, limit: 10 });
    rows.events({ tenant: 'acme', alertId: 'a', widgetId: 'w', from: 0, to: 1, before: { at: 1, id: 'a' }, limit: 10 });
  });
  expect(plans.length).toBeGreaterThan(10);
  // Times of events are looked for over all tenants: only the sweep does, a slice at a time.
  for (const { sql, steps } of plans) if (!sql.includes('"at" <')) expect(steps.filter((step) => step.startsWith('SCAN')), sql).toEqual([]);
});

test('a widget fires where one of its alerts does, for the user whom it concerns, in its own tenant', async () => {
  const store = await openStore('sqlite::memory:');
  const rows = createAlertStore(store);
  const put = (id: string, more: Partial<AlertInstance>) => rows.save(alertInstance({ id, key: id, ...more }));
  put('a', { widgetId: 'fires', state: 'firing' });
  put('b', { widgetId: 'fires', state: 'firing' });
  put('c', { widgetId: 'recovers', state: 'recovering' });
  put('d', { widgetId: 'waits', state: 'pending' });
  put('e', { widgetId: 'over', state: 'resolved' });
  put('f', { widgetId: 'bobs', state: 'firing', user: 'bob' });
  put('g', { widgetId: 'elsewhere', state: 'firing', tenant: 'globex' });
  const all = ['fires', 'recovers', 'waits', 'over', 'bobs', 'elsewhere', 'unknown', 'fires'];
  expect(rows.firingWidgets('acme', 'ann', all)).toEqual(['fires', 'recovers']);
  expect(rows.firingWidgets('acme', 'bob', all)).toEqual(['fires', 'recovers', 'bobs']);
  expect(rows.firingWidgets('globex', '', all)).toEqual(['elsewhere']);
  store.close();
});

test('ten thousand alerts with a receiver each are told without looking through all notices for each', async () => {
  const plans = await queryPlans((store) => createDispatchStore(store).ofAlert('acme', 'a'));
  const ofAlert = plans.filter(({ sql }) => sql.includes('"alert_notices"."alert_id" = ?') && sql.startsWith('select')).map(({ steps }) => steps);
  expect(ofAlert).toEqual([[expect.stringContaining('(tenant=? AND alert_id=?)')]]);
});

test('the history of one widget is found without looking through that of all', async () => {
  const plans = await queryPlans((store) => createAlertStore(store).events({ tenant: 'acme', widgetId: 'w', from: 0, to: 1, limit: 10 }));
  expect(plans.flatMap(({ steps }) => steps)).toContainEqual(expect.stringContaining('alert_events_by_widget (tenant=? AND widget_id=?'));
});
