import { afterEach, describe, expect, it } from 'vitest';
import type { ModuleInfo } from '../../../sdk/contract/module.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { createVault } from '../../drivers/fernet/vault.js';
import { openStore } from '../../drivers/store/open-store.js';
import { rotateKeys } from '../../drivers/store/sealed-rows.js';
import { modules } from '../../drivers/store/tables/modules.js';
import { systemClock } from '../../kernel/clock.js';
import { principal, problemOf } from '../test/front-door.js';
import { widget } from '../test/widgets.js';
import { MOST_MODULES } from './registrations.js';
import { openRig, startModule, type Rig, type RigOptions } from './test/rig.js';

const USERS = {
  boss: principal('acme', 'boss', ['admin'], ['*']),
  otherBoss: principal('globex', 'otherBoss', ['admin'], ['*']),
  seer: principal('acme', 'seer', ['user'], ['modules.shop.read', 'modules.view']),
};
const SECRET = 'a-Secret-0f-the_shop-with-enough-bytes';
const OTHER = 'an0ther-Secret_0f-the-shop-of-globex!!';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: RigOptions = {}) {
  const rig = await openRig({ users: USERS, ...options });
  closing.push(() => rig.close());
  const put = (user: keyof typeof USERS, body: unknown, name = 'shop') => rig.door.as(user)('PUT', `/modules/${name}`, body);
  const names = async (user: keyof typeof USERS) => ((await rig.door.as(user)('GET', '/modules')).body as { items: ModuleInfo[] }).items.map(({ name }) => name);
  return { ...rig, put, names };
}

async function shop(options: Parameters<typeof startModule>[0] = {}) {
  const module = await startModule(options);
  closing.push(() => module.server.close());
  return module;
}

const runs = (rig: Pick<Rig, 'find'>, tenant = 'acme', name = 'shop') => expect.poll(() => rig.find(name, tenant)?.info.status, { timeout: 3_000 }).toBe('running');

describe('PUT /modules/:name', () => {
  it('registers a module for the caller\'s tenant: checked, called, its events taken, its secret never told', async () => {
    const module = await shop({ answer: (request, response) => void response.end(JSON.stringify({ as: request.headers.authorization })) });
    const { door, put, names, audited, ...rig } = await open();
    const made = await put('boss', { url: module.server.url.href, secret: SECRET });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe('/api/v1/modules/shop');
    expect(made.body).toMatchObject({ name: 'shop', status: 'stopped', origin: 'tenant', url: module.server.url.href });
    await runs(rig);
    expect(await names('boss')).toEqual(['sales', 'shop']);
    expect(await names('otherBoss')).toEqual([]);
    const answer = await door.as('seer')('GET', '/modules/shop/widget-data?endpoint=/api/x');
    expect(answer.body).toMatchObject({ data: { as: 'Bearer {"tenant":"acme","aud":"shop"}' } });
    expect((await door.as(SECRET)('POST', '/modules/shop/events', { tenant: 'acme' })).status).toBe(202);
    expect(problemOf(await door.as(SECRET)('POST', '/modules/shop/events', { tenant: 'globex' }))).toMatchObject({ status: 403 });
    expect((await door.as('otherBoss')('GET', '/modules/shop/widget-data?endpoint=/api/x')).status).toBe(404);
    expect(audited).toContainEqual({ tenant: 'acme', user: 'boss', action: 'module.set', target: 'module shop', outcome: 'ok', detail: module.server.url.host });

    const all = [made.text, (await door.as('boss')('GET', '/modules')).text, JSON.stringify(audited)].join('\n');
    expect(all).not.toContain(SECRET);
    expect((await door.as('seer')('GET', '/modules')).text).not.toContain('127.0.0.1');
  });

  it('keeps the secret sealed, and bound to its row', async () => {
    const store = await openStore('sqlite::memory:');
    closing.push(() => store.close());
    const module = await shop();
    const { put } = await open({ store });
    await put('boss', { url: module.server.url.href, secret: SECRET });
    await put('otherBoss', { url: module.server.url.href, secret: OTHER });
    const client = (store.db as typeof store.db & { $client: { prepare(sql: string): { all(): Record<string, unknown>[]; run(...params: unknown[]): void } } }).$client;
    const rows = client.prepare('SELECT * FROM modules ORDER BY tenant').all();
    expect(JSON.stringify(rows)).not.toContain(SECRET);
    expect(rows.map(({ tenant, name, created_by: by }) => [tenant, name, by])).toEqual([['acme', 'shop', 'boss'], ['globex', 'shop', 'otherBoss']]);
    // The rows' secrets change places: neither opens the other's door.
    client.prepare('UPDATE modules SET sealed = ? WHERE tenant = ?').run(rows[0]?.['sealed'], 'globex');
    const again = await open({ store });
    await runs(again, 'globex');
    for (const secret of [SECRET, OTHER]) {
      expect((await again.door.as(secret)('POST', '/modules/shop/events', { tenant: 'globex' })).status, secret).toBe(secret === SECRET ? 403 : 401);
    }
  });

  it('outlives a restart, also under a newer key, and then under that alone', async () => {
    const store = await openStore('sqlite::memory:');
    closing.push(() => store.close());
    const module = await shop();
    const keys = [1, 2].map((byte) => `${Buffer.alloc(32, byte).toString('base64url')}=`);
    const first = await open({ store, fernetKeys: [keys[0]!] });
    await first.put('boss', { url: module.server.url.href, secret: SECRET });
    for (const fernetKeys of [[keys[1]!, keys[0]!], [keys[1]!]]) {
      const sealed = () => JSON.stringify(store.db.select({ sealed: modules.sealed }).from(modules).all());
      const before = sealed();
      const again = await open({ store, fernetKeys });
      // Who reads it changes nothing; `ccm keys rotate` does.
      expect(sealed()).toBe(before);
      if (fernetKeys.length > 1) expect(rotateKeys(store, createVault(fernetKeys, systemClock))).toMatchObject({ renewed: 1, unopened: [] });
      await runs(again);
      expect((await again.door.as(SECRET)('POST', '/modules/shop/events', { tenant: 'acme' })).status).toBe(202);
    }
    const without = await open({ store, fernetKeys: [keys[0]!] });
    await runs(without);
    expect((await without.door.as(SECRET)('POST', '/modules/shop/events', { tenant: 'acme' })).status).toBe(401);
  });

  it('gives another address or secret: 200, and the old ones are worth nothing', async () => {
    const [old, young] = [await shop(), await shop()];
    const { put, door, ...rig } = await open();
    await put('boss', { url: old.server.url.href, secret: SECRET });
    await runs(rig);
    expect(problemOf(await put('boss', { url: young.server.url.href, secret: 'short' }))).toMatchObject({ status: 422, errors: [{ path: 'secret' }] });
    const changed = await put('boss', { url: young.server.url.href });
    expect([changed.status, (changed.body as ModuleInfo).url]).toEqual([200, young.server.url.href]);
    await runs(rig);
    await door.as('seer')('GET', '/modules/shop/widget-data?endpoint=/api/x');
    expect([old.asked(), young.asked()]).toEqual([[], ['/api/x']]);
    expect((await door.as(SECRET)('POST', '/modules/shop/events', { tenant: 'acme' })).status).toBe(202);
    const { info } = rig.find('shop')!;
    expect((await put('boss', { url: young.server.url.href, secret: OTHER })).status).toBe(200);
    // The same address: nobody sees it stop.
    expect(rig.find('shop')?.info).toBe(info);
    expect((await door.as(SECRET)('POST', '/modules/shop/events', { tenant: 'acme' })).status).toBe(401);
    expect((await door.as(OTHER)('POST', '/modules/shop/events', { tenant: 'acme' })).status).toBe(202);
  });

  it('is not shadowed and shadows nobody: a name of the settings is 409, also for tenants that it does not serve', async () => {
    const module = await shop();
    const { put, door } = await open();
    for (const user of ['boss', 'otherBoss'] as const) {
      expect(problemOf(await put(user, { url: module.server.url.href, secret: SECRET }, 'sales'))).toMatchObject({ status: 409, code: 'conflict' });
      expect(problemOf(await door.as(user)('DELETE', '/modules/sales'))).toMatchObject({ status: 409 });
    }
    expect((await door.as('the-secret-of-sales')('POST', '/modules/sales/events', { tenant: 'acme' })).status).toBe(202);
  });

  it('asks for the right, before the body is looked at', async () => {
    const { put, door } = await open();
    for (const body of [{ nonsense: true }, '{"half":']) expect(problemOf(await put('seer', body))).toMatchObject({ status: 403, detail: expect.stringContaining('modules.manage') as string });
    expect(problemOf(await door.as('seer')('DELETE', '/modules/shop'))).toMatchObject({ status: 403 });
  });

  it('names what is wrong', async () => {
    const { put } = await open();
    const url = 'https://shop.example';
    expect(problemOf(await put('boss', { url }))).toMatchObject({ status: 422, errors: [{ path: 'secret', message: 'is required' }] });
    expect(problemOf(await put('boss', { secret: SECRET }))).toMatchObject({ status: 422, errors: [{ path: 'url', message: 'is required' }] });
    expect(problemOf(await put('boss', { url, secret: 'x'.repeat(40) }))).toMatchObject({ status: 422, errors: [{ path: 'secret' }] });
    expect(problemOf(await put('boss', { url: 'shop', secret: 'weak' }))).toMatchObject({ errors: [{ path: 'url' }, { path: 'secret' }] });
    expect(problemOf(await put('boss', { url, secret: SECRET }, 'Shop'))).toMatchObject({ status: 400 });
  });

  it('without a key to seal with says which setting is missing', async () => {
    const { put, names } = await open({ fernetKeys: [] });
    expect(problemOf(await put('boss', { url: 'https://shop.example', secret: SECRET }))).toMatchObject({
      status: 503, code: 'vault_missing', detail: expect.stringContaining('CCM_FERNET_KEYS') as string,
    });
    expect(await names('boss')).toEqual(['sales']);
  });

  it(`takes ${MOST_MODULES} of a tenant`, async () => {
    const { put, door } = await open({ allowPrivateHosts: ['127.0.0.1'] });
    for (let index = 0; index < MOST_MODULES; index += 1) {
      expect((await put('boss', { url: 'http://127.0.0.1:9', secret: SECRET }, `shop-${index}`)).status).toBe(201);
    }
    expect(problemOf(await put('boss', { url: 'http://127.0.0.1:9', secret: SECRET }, 'one-more'))).toMatchObject({ status: 409 });
    expect((await put('boss', { url: 'http://127.0.0.1:10' }, 'shop-7')).status).toBe(200);
    expect((await door.as('boss')('DELETE', '/modules/shop-7')).status).toBe(204);
    expect((await put('otherBoss', { url: 'http://127.0.0.1:9', secret: SECRET }, 'shop')).status).toBe(201);
  });
});

describe('DELETE /modules/:name', () => {
  const own = (id: string): CCMWidget => widget({ id, dataSource: { type: 'module', moduleName: 'shop', endpoint: '/api/x' }, permissions: ['shop.view'] });

  it('ends it: no call, no event, and the widgets that it brought are gone', async () => {
    const module = await shop({ manifest: { widgets: [own('shop-orders')] } });
    const { put, door, changes, names, audited, ...rig } = await open();
    await put('boss', { url: module.server.url.href, secret: SECRET });
    await runs(rig);
    await expect.poll(async () => (await door.as('boss')('GET', '/widgets/shop-orders')).status).toBe(200);
    changes.length = 0;
    expect((await door.as('boss')('DELETE', '/modules/shop')).status).toBe(204);
    expect(changes).toEqual([{ tenant: 'acme', widgets: ['shop-orders'] }]);
    expect((await door.as('boss')('GET', '/widgets/shop-orders')).status).toBe(404);
    expect(await names('boss')).toEqual(['sales']);
    expect((await door.as(SECRET)('POST', '/modules/shop/events', { tenant: 'acme' })).status).toBe(401);
    expect((await door.as('seer')('GET', '/modules/shop/widget-data?endpoint=/api/x')).status).toBe(404);
    expect(audited.map(({ action }) => action)).toEqual(['module.set', 'module.remove']);
    expect(problemOf(await door.as('boss')('DELETE', '/modules/shop')).status).toBe(404);
    const asked = module.server.requests.length;
    await new Promise((done) => setTimeout(done, 100));
    expect(module.server.requests).toHaveLength(asked);
  });

  it('of one tenant leaves the other\'s of the same name', async () => {
    const module = await shop();
    const { put, door, names } = await open();
    await put('boss', { url: module.server.url.href, secret: SECRET });
    expect(problemOf(await door.as('otherBoss')('DELETE', '/modules/shop'))).toMatchObject({ status: 404 });
    await put('otherBoss', { url: module.server.url.href, secret: OTHER });
    expect((await door.as('boss')('DELETE', '/modules/shop')).status).toBe(204);
    expect(await names('otherBoss')).toEqual(['shop']);
    expect((await door.as(OTHER)('POST', '/modules/shop/events', { tenant: 'globex' })).status).toBe(202);
    expect((await door.as(OTHER)('POST', '/modules/shop/events', { tenant: 'acme' })).status).toBe(403);
  });

  it('on one edge is done on the others, by the bus', async () => {
    const store = await openStore('sqlite::memory:');
    closing.push(() => store.close());
    const module = await shop();
    const [one, two] = [await open({ store }), await open({ store })];
    await one.put('boss', { url: module.server.url.href, secret: SECRET });
    expect(two.find('shop')).toBeUndefined();
    const told = { name: 'module-registrations', accepts: () => true };
    two.bus.publish(told, { tenant: 'acme', name: 'shop' });
    await runs(two);
    await one.door.as('boss')('DELETE', '/modules/shop');
    two.bus.publish(told, { tenant: 'acme', name: 'shop' });
    expect(two.find('shop')).toBeUndefined();
  });
});
