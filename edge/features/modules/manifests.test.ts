import { afterEach, describe, expect, it } from 'vitest';
import type { ModuleInfo } from '../../../sdk/contract/module.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import type { FeedEvent } from '../../kernel/feed.js';
import { specOf } from '../../feeds/spec.js';
import { principal, problemOf } from '../test/front-door.js';
import { widget } from '../test/widgets.js';
import { openRig, type Rig, type RigOptions } from './test/rig.js';

const USERS = {
  boss: principal('acme', 'boss', ['admin'], ['*']),
  seer: principal('acme', 'seer', ['user'], ['sales.view']),
  guest: principal('acme', 'guest', ['guest']),
  foreigner: principal('globex', 'foreigner', ['admin'], ['*']),
};
const SOURCE = { type: 'module', moduleName: 'sales', endpoint: '/api/x' } as const;
const own = (id: string, part: Partial<CCMWidget> = {}) => widget({ id, dataSource: SOURCE, permissions: ['sales.view'], ...part });

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

async function open(options: RigOptions = {}) {
  rig = await openRig({ users: USERS, ...options });
  const { door, manifests, find } = rig;
  const ids = async (user: keyof typeof USERS) => ((await door.as(user)('GET', '/widgets')).body as { items: CCMWidget[] }).items.map(({ id }) => id);
  const info = async () => ((await door.as('boss')('GET', '/modules')).body as { items: ModuleInfo[] }).items.find(({ name }) => name === 'sales');
  const looked = () => expect.poll(() => manifests.infoOf(find('sales')!)).toBeDefined();
  /** The module runs, goes, and runs again: then its manifest is read anew. */
  const renew = async (manifest: unknown) => {
    const opened = rig as Rig;
    const before = opened.manifestsAsked();
    opened.said.manifest = manifest;
    opened.said.healthy = false;
    for (let check = 0; check < 2; check += 1) opened.modules.suspect(find('sales')!);
    await expect.poll(() => find('sales')?.info.status, { timeout: 3_000 }).toBe('error');
    opened.said.healthy = true;
    await expect.poll(() => opened.manifestsAsked(), { timeout: 5_000 }).toBeGreaterThan(before);
    await expect.poll(() => find('sales')?.info.status).toBe('running');
    // What was read a moment ago is taken in by then.
    await new Promise((done) => setTimeout(done, 50));
  };
  return { ...rig, ids, info, looked, renew };
}

describe('widgets that a module brings', () => {
  it('stand in the catalogue of its tenants, read-only, and open pages are told', async () => {
    const { door, ids, looked, changes } = await open({ manifest: { widgets: [own('sales-new'), own('sales-bare', { permissions: [] })] } });
    await looked();
    expect(changes).toContainEqual({ tenant: 'acme', widgets: ['sales-new', 'sales-bare'] });
    expect(await ids('boss')).toEqual(['sales-bare', 'sales-new']);
    expect(await ids('seer')).toEqual(['sales-new']);
    expect(await ids('guest')).toEqual([]);
    expect(await ids('foreigner')).toEqual([]);

    const whole = await door.as('boss')('GET', '/widgets/sales-new');
    expect(whole.body).toMatchObject({ id: 'sales-new', origin: 'module', module: 'sales', dataSource: SOURCE });
    const reduced = await door.as('seer')('GET', '/widgets/sales-new');
    expect(reduced.body).toMatchObject({ id: 'sales-new', dataSource: { type: 'module' } });
    expect(reduced.text).not.toMatch(/origin|"module":"sales"|\/api\/x/);
    for (const [method, body] of [['PUT', own('sales-new')], ['PATCH', { title: 'x' }], ['DELETE']] as [string, unknown?][]) {
      expect(problemOf(await door.as('boss')(method, '/widgets/sales-new', body)), method).toMatchObject({ status: 409, code: 'conflict', detail: expect.stringContaining('module sales') as string });
    }
    expect(problemOf(await door.as('guest')('GET', '/widgets/sales-new')).status).toBe(404);
  });

  it('have data like any other', async () => {
    const { catalogue, feeds, looked } = await open({ manifest: { widgets: [own('sales-new')] }, answer: (_request, response) => response.end('{"total":42}') });
    await looked();
    const answer = await feeds.read(specOf((await catalogue.of('acme')).get('sales-new')!, USERS.seer));
    expect(answer.dataJson).toBe('{"total":42}');
  });

  it('stand behind those of the settings and the tenant with the same id, which is told', async () => {
    const { door, info, ids, looked } = await open({
      widgets: [own('sales-fixed', { title: 'Settings' })],
      manifest: { widgets: [own('sales-fixed'), own('sales-mine'), own('sales-new')] },
    });
    await looked();
    expect((await door.as('boss')('POST', '/widgets', own('sales-mine', { title: 'Tenant' }))).status).toBe(201);
    expect((await door.as('boss')('GET', '/widgets/sales-fixed')).body).toMatchObject({ title: 'Settings', origin: 'settings' });
    expect((await door.as('boss')('GET', '/widgets/sales-mine')).body).toMatchObject({ title: 'Tenant', origin: 'tenant' });
    expect(await info()).toMatchObject({
      origin: 'settings',
      manifest: {
        widgets: 1, schemas: 0, faults: [
          { path: 'widgets.sales-fixed', message: 'stands behind the definition of the settings file with this id' },
          { path: 'widgets.sales-mine', message: 'stands behind the definition of the tenant with this id' },
        ],
      },
    });
    // The tenant's own goes: what stood behind it is there.
    expect((await door.as('boss')('DELETE', '/widgets/sales-mine')).status).toBe(204);
    expect((await door.as('boss')('GET', '/widgets/sales-mine')).body).toMatchObject({ origin: 'module' });
    expect(await ids('seer')).toContain('sales-mine');
  });

  it('go and change with a newer manifest; what is the same stays the same object', async () => {
    const { catalogue, ids, looked, renew, changes } = await open({ manifest: { widgets: [own('sales-a'), own('sales-b'), own('sales-c')] } });
    await looked();
    const before = await catalogue.of('acme');
    changes.length = 0;
    await renew({ widgets: [own('sales-a'), own('sales-b', { title: 'Changed' }), own('sales-d')] });
    expect(await ids('seer')).toEqual(['sales-b', 'sales-a', 'sales-d']);
    const after = await catalogue.of('acme');
    expect(after.get('sales-a')).toBe(before.get('sales-a'));
    expect(after.get('sales-b')?.version).not.toBe(before.get('sales-b')?.version);
    expect(changes).toEqual([{ tenant: 'acme', widgets: expect.arrayContaining(['sales-b', 'sales-c', 'sales-d']) as string[] }]);
    expect(changes[0]?.widgets).toHaveLength(3);
  });

  it('stay while the module is down or its manifest is broken, and say that it does not run', async () => {
    const { modules, find, said, ids, looked, renew, info, catalogue, feeds } = await open({ manifest: { widgets: [own('sales-a')] } });
    await looked();
    await renew('{"widgets": [');
    expect(await ids('seer')).toEqual(['sales-a']);
    expect((await info())?.manifest).toMatchObject({ widgets: 1, faults: [{ path: '', message: expect.stringContaining('could not be read') as string }] });
    said.healthy = false;
    for (let check = 0; check < 2; check += 1) modules.suspect(find('sales')!);
    await expect.poll(() => find('sales')?.info.status, { timeout: 3_000 }).toBe('error');
    expect(await ids('seer')).toEqual(['sales-a']);
    await expect(feeds.read(specOf((await catalogue.of('acme')).get('sales-a')!, USERS.seer))).rejects.toMatchObject({ code: 'module_not_running' });
  });

  it('are none of a module without a manifest, which is no fault', async () => {
    const { info, looked, ids } = await open();
    await looked();
    expect((await info())?.manifest).toEqual({ widgets: 0, schemas: 0, faults: [] });
    expect(await ids('boss')).toEqual([]);
  });

  it('and what is wrong with them is told to who manages modules only', async () => {
    const { door, info, looked } = await open({ manifest: { widgets: [own('revenue')] } });
    await looked();
    expect((await info())?.manifest?.faults).toEqual([{ path: 'widgets.0.id', message: 'must begin with "sales-" or "sales."' }]);
    expect((await door.as('seer')('GET', '/modules')).text).not.toMatch(/manifest|origin|faults/);
  });
});

describe('an answer that a module promised', () => {
  const SCHEMAS = { '/api/x': { type: 'object', properties: { total: { type: 'number' } }, required: ['total'], additionalProperties: false } };
  const body = (text: string): RigOptions['answer'] => (_request, response) => response.end(text);

  it('passes as promised, unwrapped and without its timestamp', async () => {
    const { catalogue, feeds, looked } = await open({
      manifest: { widgets: [own('sales-a')], schemas: SCHEMAS }, answer: body('{"total":1.5,"timestamp":"2026-01-02T03:04:05Z"}'),
    });
    await looked();
    expect((await feeds.read(specOf((await catalogue.of('acme')).get('sales-a')!, USERS.seer))).dataJson).toBe('{"total":1.5}');
  });

  it.each([
    ['{"total":"1.5"}', 'total', 'total: must be a number'], ['{"total":null}', 'total', 'total: must be a number'], ['{"sum":1}', 'total', 'total: is required'],
    ['{"total":1,"tax":2}', 'tax', 'tax: is not a known field'], ['[]', '', 'the answer must be an object'], ['{"total":1e999}', 'total', 'total: must be a number'],
  ])('%s is a contract fault that names the field', async (text, path, words) => {
    const { door, looked } = await open({ manifest: { schemas: SCHEMAS }, answer: body(text) });
    await looked();
    const answer = await door.as('boss')('GET', '/modules/sales/widget-data?endpoint=/api/x');
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'contract', detail: expect.stringContaining(words) as string, errors: [{ path }] });
  });

  it('that drifts leaves the last good one, stale', async () => {
    const { catalogue, feeds, said, looked } = await open({ manifest: { widgets: [own('sales-a')], schemas: SCHEMAS }, answer: body('{"total":1}') });
    await looked();
    const spec = specOf((await catalogue.of('acme')).get('sales-a')!, USERS.seer);
    const events: FeedEvent[] = [];
    const unwatch = feeds.watch(spec, (event) => void events.push(event));
    await expect.poll(() => events.length).toBe(1);
    said.answer = (_request, response) => response.end('{"total":"NaN"}');
    feeds.invalidate('acme', { source: 'module', name: 'sales' });
    await expect.poll(() => events.length, { timeout: 3_000 }).toBe(2);
    expect(events[1]).toMatchObject({ kind: 'stale', answer: { dataJson: '{"total":1}' }, error: { code: 'contract', detail: expect.stringContaining('total: must be a number') as string } });
    unwatch();
  });

  it('is not asked of other endpoints', async () => {
    const { door, looked } = await open({ manifest: { schemas: SCHEMAS }, answer: body('{"other":true}') });
    await looked();
    expect((await door.as('boss')('GET', '/modules/sales/widget-data?endpoint=/api/y')).status).toBe(200);
  });

  it('is asked of pushed data too', async () => {
    const { door, looked } = await open({ manifest: { widgets: [own('sales-a')], schemas: SCHEMAS } });
    await looked();
    const event = (more: object) => door.as('the-secret-of-sales')('POST', '/modules/sales/events', { tenant: 'acme', ...more });
    expect((await event({ endpoint: '/api/x', data: { total: 1 } })).status).toBe(202);
    for (const where of [{ endpoint: '/api/x' }, { widgets: ['sales-a'] }]) {
      expect(problemOf(await event({ ...where, data: { total: 'x' } }))).toMatchObject({ status: 422, errors: [{ path: 'data.total', message: 'must be a number' }] });
    }
  });
});
