/** Rules on a widget that shows each user their own data: what cannot be told of it is said, and not left silent. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRuleInput } from '../../../../sdk/contract/alert.js';
import { openStore, type Store } from '../../../drivers/store/open-store.js';
import { createAccess } from '../../../gate/access.js';
import type { CatalogueEntry } from '../../../kernel/catalogue.js';
import { frontDoor, principal, problemOf, recordingBus, testClock, type FrontDoor } from '../../test/front-door.js';
import { widget } from '../../test/widgets.js';
import { LOW, openEdge, watched, type TestEdge } from '../watch/test/rig.js';
import { alertRuleRoutes } from './routes.js';
import { createRules } from './rules.js';
import { createRuleStore } from './store.js';

const OVER: AlertRuleInput = { widgetId: 'mine', field: 'total', operator: '<', value: 5, severity: 'warning', notifications: ['dashboard'], reduce: { by: 'mean', over: '10m' } };

describe('A window of samples of one user\'s data', () => {
  let store: Store;
  let door: FrontDoor;
  beforeEach(async () => {
    store = await openStore('sqlite::memory:');
    const entries = new Map([widget({ id: 'mine', scope: 'user' }), widget({ id: 'all' })].map((one): [string, CatalogueEntry] => [one.id, { widget: one, version: '1', origin: 'tenant' }]));
    const { service } = createRules({
      rows: createRuleStore(store), bus: recordingBus(), clock: testClock(), access: createAccess(), tenants: new Map(), settings: { rules: [], mostInstances: 100 },
      catalogue: { of: () => Promise.resolve(entries) }, samples: { read: () => [] },
    });
    door = frontDoor({ ann: principal('acme', 'ann', ['user'], []) }, alertRuleRoutes({ rules: service }));
  });
  afterEach(() => store.close());

  const errors = [{ path: 'reduce.over', message: expect.stringContaining('no history is kept') as string }];

  it('is refused with 422 that names the field, where the rule is made and where it is changed', async () => {
    const ask = door.as('ann');
    expect(problemOf(await ask('POST', '/alerts/rules', OVER))).toMatchObject({ status: 422, code: 'invalid', errors });
    const { status, body } = await ask('POST', '/alerts/rules', { ...OVER, reduce: { by: 'mean' } });
    expect(status).toBe(201);
    const path = `/alerts/rules/${(body as { id: string }).id}`;
    expect(problemOf(await ask('PATCH', path, { reduce: { over: '1h' } }))).toMatchObject({ status: 422, code: 'invalid', errors });
    expect((await ask('PATCH', path, { widgetId: 'all', reduce: { over: '1h' } })).status).toBe(200);
    expect(problemOf(await ask('PATCH', path, { widgetId: 'mine' }))).toMatchObject({ status: 422, code: 'invalid', errors });
  });
});

describe('A window of samples of a definition, of one user\'s data', () => {
  let one: TestEdge;
  afterEach(() => one.end());

  it.each(['mean', 'change', 'count', 'last'] as const)('%s: there is nothing to compare, neither firing nor in order, whatever the value is now', async (by) => {
    one = await openEdge({ reply: () => ({ value: 1 }) });
    one.credentials.set({ tenant: 'acme', owner: 'ann', apiName: 'shop' }, { authType: 'bearer', apiKey: 'x' });
    one.owned.set('shop', ['ann']);
    const over = { ...LOW, reduce: { by, over: '10m' } };
    await one.define(watched([over, { ...over, name: 'loud', noData: 'alert' }], { scope: 'user', dataSource: { type: 'external_api', apiName: 'shop', endpoint: '/orders' } }));
    expect(one.told().map(({ rule, state, value }) => [rule, state, value])).toEqual([['low', 'noData', null], ['loud', 'firing', null]]);
  });
});
