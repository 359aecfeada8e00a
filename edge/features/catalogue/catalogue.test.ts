import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CCMWidget, WidgetListing } from '../../../sdk/contract/widget.js';
import { openStore, type Store } from '../../drivers/store/open-store.js';
import { createAccess } from '../../gate/access.js';
import { fixedConnectors } from '../../kernel/connectors.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { CHANGES } from '../../kernel/bus.js';
import { crudScenario } from '../test/crud-scenario.js';
import { frontDoor, principal, problemOf, recordingBus, testClock, type FrontDoor } from '../test/front-door.js';
import { widget } from '../test/widgets.js';
import { catalogueRoutes } from './routes.js';
import { createCatalogue, type CatalogueService } from './service.js';
import { createWidgetStore } from './store.js';

const users = {
  boss: principal('acme', 'boss', ['user'], ['widgets.manage']),
  sam: principal('acme', 'sam', ['sales_manager'], ['sales.*']),
  gus: principal('acme', 'gus', ['guest']),
  otherBoss: principal('other', 'boss', ['user'], ['*']),
};
const settings: CCMWidget[] = [
  widget({ id: 'open', title: 'A open', category: 'sales', tags: ['kpi'] }),
  widget({ id: 'sales-summary', title: 'B sales', permissions: ['sales.view_metrics'], roles: ['sales_manager', 'admin'], category: 'sales' }),
  widget({ id: 'stripe', title: 'C stripe', type: 'list', dataSource: { type: 'external_api', apiName: 'stripe', endpoint: '/v1/charges', credentials: 'stripe_key' } }),
  widget({ id: 'weather', title: 'D weather', dataSource: { type: 'external_api', apiName: 'weather', endpoint: '/now' } }),
];
const connector = (part: Partial<ConnectorSettings>): ConnectorSettings => ({
  name: 'x', baseUrl: 'https://api.example', auth: { kind: 'none' }, paths: ['/**'], encoding: 'brackets', dates: 'unix', cacheSeconds: 60, ...part,
});
const connectors = fixedConnectors(new Map([
  ['stripe', connector({ auth: { kind: 'bearer', secret: 'sk' } })],
  ['bank', connector({ accounts: new Map([['acme', { kind: 'bearer', secret: 'of acme' }]]) })],
  ['open', connector({})],
]));

let store: Store;
let catalogue: CatalogueService;
let door: FrontDoor;
let clock: ReturnType<typeof testClock>;
let bus: ReturnType<typeof recordingBus>;

const build = (onBus = bus): CatalogueService =>
  createCatalogue({ rows: createWidgetStore(store), bus: onBus, clock, access: createAccess(), widgets: settings, connectors });

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  clock = testClock();
  bus = recordingBus();
  catalogue = build();
  door = frontDoor(users, catalogueRoutes({ catalogue }));
});

afterEach(() => {
  catalogue.close();
  store.close();
});

crudScenario('a definition', {
  path: '/widgets',
  owner: () => door.as('boss'),
  strangers: () => ({ 'who may not see it': door.as('gus'), 'who may everything in another tenant': door.as('otherBoss') }),
  make: { ...widget({ id: 'own', permissions: ['sales.view_metrics'], roles: ['sales_manager'] }) },
  wrong: { body: widget({ id: 'own', dataSource: { type: 'module', moduleName: 'Sales!', endpoint: '/x' } }), path: 'dataSource.moduleName' },
  id: 'id',
  change: { title: 'Changed' },
});

const list = async (user: string, query = ''): Promise<{ items: WidgetListing[]; cursor?: string }> => {
  const asked = await door.as(user)('GET', `/widgets${query}`);
  expect(asked.status).toBe(200);
  return asked.body;
};
const ids = async (user: string, query = '') => (await list(user, query)).items.map((item) => item.id);

describe('GET /widgets', () => {
  test('has what the caller may see, and nothing of the source but its type', async () => {
    expect(await ids('gus')).toEqual(['open', 'stripe', 'weather']);
    expect(await ids('sam')).toEqual(['open', 'sales-summary', 'stripe', 'weather']);
    const [, sales] = (await list('sam')).items;
    expect(sales).toEqual({
      id: 'sales-summary', title: 'B sales', type: 'stat', size: 'small', category: 'sales', statConfig: { primaryValue: 'total' }, dataSource: { type: 'module' },
    });
  });

  test('is whole for who manages widgets, also what they may not look into', async () => {
    const { items } = await list('boss');
    expect(items.map((item) => item.id)).toEqual(['open', 'sales-summary', 'stripe', 'weather']);
    expect(items[1]).toEqual({ ...settings[1], origin: 'settings' });
    await door.as('boss')('POST', '/widgets', widget({ id: 'own', title: 'Z' }));
    expect((await list('boss')).items.at(-1)).toMatchObject({ id: 'own', origin: 'tenant' });
  });

  test('says what a widget of an external API needs, and whether it is there', async () => {
    const needs = (await list('gus')).items.map((item) => item.requires);
    expect(needs).toEqual([undefined, { connector: 'stripe', credential: 'stripe_key', met: true }, { connector: 'weather', met: false }]);
  });

  test.each([
    ['bank', undefined, true, false], ['bank', 'key', true, false], ['open', undefined, true, true], ['open', 'key', false, false],
    ['stripe', 'key', true, true], ['nowhere', undefined, false, false],
  ])('%s with the credential %s: met here %s, in the other tenant %s', async (apiName, credentials, here, there) => {
    const dataSource = { type: 'external_api' as const, apiName, endpoint: '/x', ...(credentials && { credentials }) };
    for (const [user, met] of [['boss', here], ['otherBoss', there]] as const) {
      const made = await door.as(user)('POST', '/widgets', widget({ id: 'api', dataSource }));
      expect(made.body).toMatchObject({ requires: { connector: apiName, met } });
    }
  });

  test.each([
    ['?query=SALES', ['open', 'sales-summary']], ['?category=sales', ['open', 'sales-summary']], ['?tag=kpi', ['open']],
    ['?type=list', ['stripe']], ['?ids=weather,stripe,hidden,none', ['stripe', 'weather']], ['?query=', ['open', 'sales-summary', 'stripe', 'weather']], ['?query=nothing', []],
  ])('%s', async (query, expected) => {
    expect(await ids('sam', query)).toEqual(expected);
  });

  test('comes in pages', async () => {
    const first = await list('sam', '?limit=3');
    expect(first.items).toHaveLength(3);
    const second = await list('sam', `?limit=3&cursor=${first.cursor}`);
    expect([second.items.map((item) => item.id), second.cursor]).toEqual([['weather'], undefined]);
  });

  test.each(['limit=0', 'limit=201', 'limit=x', 'limit=1.5', 'type=gadget', 'cursor=zzz'])('%s is told by its name', async (query) => {
    const refused = problemOf(await door.as('sam')('GET', `/widgets?${query}`));
    expect(refused).toMatchObject({ status: 400, code: 'bad_request', errors: [{ path: query.split('=')[0] }] });
  });
});

describe('rights', () => {
  test('who sees a definition and may not change it hears 403, before the body is looked at', async () => {
    for (const [method, path] of [['POST', '/widgets'], ['PUT', '/widgets/open'], ['PATCH', '/widgets/open']] as const) {
      expect(problemOf(await door.as('sam')(method, path, { nonsense: true }))).toMatchObject({ status: 403, code: 'forbidden' });
    }
    expect(problemOf(await door.as('sam')('DELETE', '/widgets/open')).status).toBe(403);
  });

  test('who does not see it hears the same as of what is not there', async () => {
    const missing = problemOf(await door.as('gus')('GET', '/widgets/never-was'));
    for (const [method, body] of [['GET'], ['PUT', {}], ['PATCH', {}], ['DELETE']] as [string, unknown?][]) {
      for (const id of ['sales-summary', 'never-was']) expect(problemOf(await door.as('gus')(method, `/widgets/${id}`, body))).toEqual(missing);
    }
  });

  test('the tag of a manager\'s whole answer is not that of a reduced one', async () => {
    const whole = await door.as('boss')('GET', '/widgets/sales-summary');
    const reduced = await door.as('sam')('GET', '/widgets/sales-summary');
    expect(whole.headers.get('etag')).not.toBe(reduced.headers.get('etag'));
    expect(reduced.text).not.toContain('daily-summary');
    expect((await door.as('sam')('GET', '/widgets/sales-summary', undefined, { 'if-none-match': whole.headers.get('etag')! })).status).toBe(200);
  });

  test('two tenants have the same id each for themselves', async () => {
    await door.as('boss')('POST', '/widgets', widget({ id: 'same', title: 'of acme' }));
    await door.as('otherBoss')('POST', '/widgets', widget({ id: 'same', title: 'of other' }));
    await door.as('otherBoss')('PATCH', '/widgets/same', { title: 'changed' });
    expect((await door.as('boss')('GET', '/widgets/same')).body).toMatchObject({ title: 'of acme' });
    await door.as('otherBoss')('DELETE', '/widgets/same');
    expect((await door.as('boss')('GET', '/widgets/same')).status).toBe(200);
    expect(bus.changes.map((change) => change.tenant)).toEqual(['acme', 'other', 'other', 'other']);
  });
});

describe('writing', () => {
  test('an id is taken once', async () => {
    await door.as('boss')('POST', '/widgets', widget({ id: 'own', title: 'first' }));
    expect(problemOf(await door.as('boss')('POST', '/widgets', widget({ id: 'own', title: 'second' })))).toMatchObject({ status: 409, code: 'conflict' });
    expect((await door.as('boss')('GET', '/widgets/own')).body).toMatchObject({ title: 'first' });
  });

  test('a definition of the settings file stays as it is', async () => {
    const ask = door.as('boss');
    for (const asked of [
      await ask('POST', '/widgets', widget({ id: 'open' })), await ask('PUT', '/widgets/open', widget({ id: 'open', title: 'x' })),
      await ask('PATCH', '/widgets/open', { title: 'x' }), await ask('DELETE', '/widgets/open'),
    ]) expect(problemOf(asked)).toMatchObject({ status: 409, detail: expect.stringContaining('settings file') });
    expect((await ask('GET', '/widgets/open')).body).toMatchObject({ title: 'A open' });
  });

  test('what a file says to its editor is not kept', async () => {
    const file = { $schema: './widget.schema.json', ...widget({ id: 'own' }) };
    for (const [method, path] of [['POST', '/widgets'], ['PUT', '/widgets/own'], ['PATCH', '/widgets/own']] as const) {
      const { status, body } = await door.as('boss')(method, path, file);
      expect([method, status, body]).toEqual([method, method === 'POST' ? 201 : 200, { ...widget({ id: 'own' }), origin: 'tenant' }]);
    }
  });

  test('PUT replaces whole, and the id stays', async () => {
    const made = await door.as('boss')('POST', '/widgets', widget({ id: 'own', description: 'goes', tags: ['goes'] }));
    const put = await door.as('boss')('PUT', '/widgets/own', widget({ id: 'own', title: 'new' }), { 'if-match': made.headers.get('etag')! });
    expect(put.status).toBe(200);
    expect(put.body).toEqual({ ...widget({ id: 'own', title: 'new' }), origin: 'tenant' });
    const renamed = problemOf(await door.as('boss')('PUT', '/widgets/own', widget({ id: 'other' })));
    expect(renamed).toMatchObject({ status: 422, errors: [{ path: 'id' }] });
    expect((await door.as('boss')('PUT', '/widgets/own', widget({ id: 'own' }), { 'if-match': made.headers.get('etag')! })).status).toBe(412);
    expect((await door.as('boss')('PUT', '/widgets/none', widget({ id: 'none' }))).status).toBe(404);
  });

  test('PATCH merges, removes by null, and checks the whole', async () => {
    await door.as('boss')('POST', '/widgets', widget({ id: 'own', description: 'd', tags: ['a'], dataSource: { type: 'module', moduleName: 'sales', endpoint: '/a', params: { x: 1, y: 2 } } }));
    const patched = await door.as('boss')(
      'PATCH', '/widgets/own', { description: null, dataSource: { params: { x: null, z: 3 } }, tags: ['b'] }, { 'content-type': 'application/merge-patch+json' },
    );
    expect(patched.status).toBe(200);
    expect(patched.body).not.toHaveProperty('description');
    expect(patched.body).toMatchObject({ tags: ['b'], dataSource: { moduleName: 'sales', params: { y: 2, z: 3 } } });
    const before = (await door.as('boss')('GET', '/widgets/own')).text;
    for (const [patch, path] of [[{ title: null }, 'title'], [{ type: 'gadget' }, 'type'], [{ refreshInterval: 1 }, 'refreshInterval'], [{ id: 'x' }, 'id']] as const) {
      const refused = problemOf(await door.as('boss')('PATCH', '/widgets/own', patch));
      expect([refused.status, refused.errors!.map((fault) => fault.path)]).toEqual([422, expect.arrayContaining([path])]);
    }
    expect((await door.as('boss')('GET', '/widgets/own')).text).toBe(before);
  });
});

describe('the catalogue in memory', () => {
  test('a write makes a new map and leaves the other entries as they were', async () => {
    const before = await catalogue.of('acme');
    expect(await catalogue.of('acme')).toBe(before);
    await door.as('boss')('POST', '/widgets', widget({ id: 'own' }));
    const after = await catalogue.of('acme');
    expect(after).not.toBe(before);
    expect([before.has('own'), after.has('own')]).toEqual([false, true]);
    expect(after.get('open')).toBe(before.get('open'));
    const version = after.get('own')!.version;
    await door.as('boss')('PATCH', '/widgets/own', { title: 'x' });
    expect((await catalogue.of('acme')).get('own')!.version).not.toBe(version);
  });

  test('a definition removed and made anew differently has another version', async () => {
    await door.as('boss')('POST', '/widgets', widget({ id: 'own', title: 'one' }));
    const version = (await catalogue.of('acme')).get('own')!.version;
    await door.as('boss')('DELETE', '/widgets/own');
    await door.as('boss')('POST', '/widgets', widget({ id: 'own', title: 'two' }));
    expect((await catalogue.of('acme')).get('own')!.version).not.toBe(version);
  });

  test('each change is told once, with its id, when memory has it already', async () => {
    const seen: (string | undefined)[] = [];
    bus.subscribe(CHANGES, ({ tenant, widgets }) => void catalogue.of(tenant).then((map) => seen.push(map.get(widgets![0]!)?.widget.title)));
    await door.as('boss')('POST', '/widgets', widget({ id: 'own', title: 'one' }));
    await door.as('boss')('PATCH', '/widgets/own', { title: 'two' });
    await door.as('boss')('PATCH', '/widgets/own', { title: 'two' });
    await door.as('boss')('DELETE', '/widgets/own');
    expect(bus.changes).toEqual(Array.from({ length: 3 }, () => ({ tenant: 'acme', widgets: ['own'] })));
    expect(seen).toEqual(['one', 'two', undefined]);
  });

  test('what another process wrote is there once the bus tells, and without it after a minute', async () => {
    const elsewhere = build(recordingBus());
    await catalogue.of('acme');
    await elsewhere.create(users.boss, widget({ id: 'own', title: 'one' }));
    expect((await catalogue.of('acme')).has('own')).toBe(false);
    bus.publish(CHANGES, { tenant: 'acme', widgets: ['own'] });
    const told = await catalogue.of('acme');
    expect(told.get('own')!.widget.title).toBe('one');
    await elsewhere.patch(users.boss, 'own', { title: 'two' });
    clock.move(60_000);
    const reread = await catalogue.of('acme');
    expect(reread.get('own')!.widget.title).toBe('two');
    clock.move(60_000);
    expect(await catalogue.of('acme')).toBe(reread);
    await elsewhere.remove(users.boss, 'own');
    clock.move(60_000);
    expect((await catalogue.of('acme')).has('own')).toBe(false);
    elsewhere.close();
  });

  test('is read again when the bus may have lost something; the same map where nothing changed', async () => {
    const elsewhere = build(recordingBus());
    const before = await catalogue.of('acme');
    bus.gap();
    expect(await catalogue.of('acme')).toBe(before);
    await elsewhere.create(users.boss, widget({ id: 'own', title: 'unheard' }));
    expect(await catalogue.of('acme')).toBe(before);
    bus.gap();
    expect((await catalogue.of('acme')).get('own')!.widget.title).toBe('unheard');
    elsewhere.close();
  });

  test('is there again after a restart', async () => {
    await door.as('boss')('POST', '/widgets', widget({ id: 'own', title: 'kept' }));
    const restarted = build(recordingBus());
    expect((await restarted.of('acme')).get('own')).toEqual((await catalogue.of('acme')).get('own'));
    restarted.close();
  });
});
