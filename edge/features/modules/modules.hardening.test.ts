import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { ModuleInfo } from '../../../sdk/contract/module.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { startServer, type TestServer } from '../../drivers/http/test/server.js';
import { principal, problemOf } from '../test/front-door.js';
import { widget } from '../test/widgets.js';
import { createAddressCheck } from './address.js';
import { openRig, startModule, type Rig, type RigOptions } from './test/rig.js';

const USERS = {
  boss: principal('acme', 'boss', ['admin'], ['*']),
  otherBoss: principal('globex', 'otherBoss', ['admin'], ['*']),
  guest: principal('acme', 'guest', ['guest'], ['widgets.view', 'sales']),
};
const SECRET = 'a-Secret-0f-the_shop-with-enough-bytes';
const own = (id: string, part: Partial<CCMWidget> = {}) =>
  widget({ id, dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/x' }, permissions: ['sales.view'], ...part });
const testData = (path: string): string[] => {
  const file = join(process.env['CCM_TESTDATA'] ?? '', path);
  return process.env['CCM_TESTDATA'] !== undefined && existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
};

let canary: TestServer;
const closing: (() => unknown)[] = [];
beforeEach(async () => {
  canary = await startServer((_request, response) => response.end('{}'));
  closing.push(() => canary.close());
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: RigOptions = {}): Promise<Rig> {
  const rig = await openRig({ users: USERS, ...options });
  closing.push(() => rig.close());
  return rig;
}

const looked = (rig: Rig, name = 'sales', tenant = 'acme') => expect.poll(() => rig.manifests.infoOf(rig.find(name, tenant)!), { timeout: 5_000 }).toBeDefined();
const manifestOf = async (rig: Rig) => ((await rig.door.as('boss')('GET', '/modules')).body as { items: ModuleInfo[] }).items[0]?.manifest;

/** What string-built addresses were taken over with, at a port of the canary's. */
const endpoints = (port: number): string[] => [
  '', 'x', '@evil/', `@127.0.0.1:${port}/`, `:80@127.0.0.1:${port}/#`, '//evil/x', `//127.0.0.1:${port}/`, '/../admin', '..%2f', '/..%2fadmin', '/%2e%2e/admin',
  '/a/%252e%252e/b', '/a\\b', '/a/..\\b', '/a?b=c', '/a#b', '/a b', '/a\r\nb', '/a%0d%0ab', '/a%00b', `http://127.0.0.1:${port}/`, '/..;/admin', '/%2f%2fevil', '/\u2025/x',
];

describe('Host takeover by string-built URL', () => {
  it('no endpoint leads out, at save and at fetch, in a manifest and between modules', async () => {
    const paths = endpoints(canary.port);
    const rig = await open({
      more: { crm: ['acme'] }, grants: [{ from: 'crm', to: 'sales', endpoints: ['/**'] }],
      manifest: {
        widgets: paths.map((endpoint, index) => own(`sales-${index}`, { dataSource: { type: 'module', moduleName: 'sales', endpoint } })),
        schemas: Object.fromEntries(paths.map((path) => [path, {}])),
      },
    });
    await looked(rig);
    const { door } = rig;
    expect(await manifestOf(rig)).toMatchObject({ widgets: 0, schemas: 0 });
    expect((await manifestOf(rig))?.faults).toHaveLength(2 * paths.length);
    for (const endpoint of paths) {
      const source = { type: 'module', moduleName: 'sales', endpoint } as const;
      expect((await door.as('boss')('POST', '/widgets', widget({ id: 'w', dataSource: source }))).status, endpoint).toBe(422);
      const query = `endpoint=${encodeURIComponent(endpoint)}`;
      expect((await door.as('boss')('GET', `/modules/sales/widget-data?${query}`)).status, endpoint).toBe(400);
      expect((await door.as('the-secret-of-crm')('GET', `/modules/sales/widget-data?${query}&tenant=acme`)).status, endpoint).toBe(400);
      if (endpoint !== '') expect((await door.as('the-secret-of-sales')('POST', '/modules/sales/events', { tenant: 'acme', endpoint })).status, endpoint).toBe(422);
    }
    expect((await door.as('boss')('POST', '/widgets', own('w'))).status).toBe(201);
    for (const endpoint of paths) {
      expect((await door.as('boss')('PATCH', '/widgets/w', { dataSource: { endpoint } })).status, endpoint).toBe(422);
      expect((await door.as('boss')('PUT', '/widgets/w', own('w', { dataSource: { type: 'module', moduleName: 'sales', endpoint } }))).status, endpoint).toBe(422);
    }
    expect([canary.requests.length, rig.asked()]).toEqual([0, []]);
  });

  it('no name of a module leads out', async () => {
    const { door, asked } = await open();
    const names = [`sales:8080@127.0.0.1:${canary.port}#`, `127.0.0.1:${canary.port}`, '@evil', '//evil', '..%2f', 'SALES', 'a'.repeat(41), 'sa les', 'ｓales', '', '.', 'sales/../crm'];
    for (const name of names) {
      for (const [method, path, body] of [
        ['GET', '/widget-data?endpoint=/x'], ['PUT', '', { url: 'https://shop.example', secret: SECRET }], ['DELETE', ''], ['POST', '/events', { tenant: 'acme' }],
      ] as [string, string, unknown?][]) {
        const { status } = await door.as('boss')(method, `/modules/${encodeURIComponent(name)}${path}`, body);
        // The events' secret is asked for before the name is looked at; a dot is taken out of the address by whoever sends it.
        expect([400, ...(path === '/events' ? [401] : []), ...(['', '.'].includes(name) ? [404, 405] : [])], `${method} ${name}`).toContain(status);
      }
      expect((await door.as('boss')('POST', '/widgets', own('w', { dataSource: { type: 'module', moduleName: name, endpoint: '/x' } }))).status, name).toBe(422);
    }
    expect([canary.requests.length, asked()]).toEqual([0, []]);
  });

  it('no address of a module is taken that is not plainly one that may be called', async () => {
    const { door, store, modules } = await open({ allowPrivateHosts: ['shop.internal', '10.1.0.0/16'] });
    const { port } = canary;
    const addresses = [
      `http://127.0.0.1:${port}`, `https://127.0.0.1:${port}`, `http://localhost:${port}`, `http://0x7f.1:${port}`, `http://2130706433:${port}`, `http://①②⑦.⓪.⓪.①:${port}`,
      `http://[::1]:${port}`, `http://[::ffff:127.0.0.1]:${port}`, `https://[::ffff:7f00:1]:${port}`, `http://0.0.0.0:${port}`, 'http://169.254.169.254/latest/meta-data', 'https://169.254.169.254',
      'http://100.64.0.1', 'https://192.168.1.1', 'https://10.2.0.1', 'http://erp.example', 'http://8.8.8.8', `http://shop.internal@127.0.0.1:${port}`, `https://user:pass@erp.example`,
      `http://shop.internal:${port}#@127.0.0.1`, 'https://erp.example/?a=b', 'https://erp.example/#', 'https://erp.example?', 'file:///etc/passwd', 'ftp://erp.example', 'gopher://erp.example', 'javascript:alert(1)',
      'https:erp.example', 'https:/erp.example', '//erp.example', 'erp.example', 'https://', 'https://erp.example/../x/..%2f', 'https://erp.example/a%2fb', 'https://erp.example/a\\b', 'https://erp.exa mple',
      'https://erp.example\r\nx: y', `https://shop.internal.evil.example:bad`, 'http://shop.internal.evil.example', 'http://evil.example/shop.internal', 'https://[fd00:ec2::254]', 'http://10.1.0.1.evil.example',
    ];
    for (const url of addresses) {
      expect(problemOf(await door.as('boss')('PUT', '/modules/shop', { url, secret: SECRET })), url).toMatchObject({ status: 422, code: 'invalid', errors: [{ path: 'url' }] });
    }
    expect(modules.find('shop', 'acme')).toBeUndefined();
    expect(canary.requests).toHaveLength(0);
    for (const url of ['https://erp.example', 'https://erp.example:8443/sales/', 'http://shop.internal:8080', 'http://SHOP.internal.', 'http://10.1.2.3', 'https://10.1.2.3']) {
      expect((await door.as('boss')('PUT', '/modules/shop', { url, secret: SECRET })).status, url).toBeLessThan(300);
    }
    store.check();
  });

  test.skipIf(testData('ssrf/request_filtering_agent_urls.txt').length === 0)('none of the private spellings of CCM_TESTDATA is an address of a module', () => {
    const fault = createAddressCheck(['shop.internal']);
    // A name by https is judged by what it stands for, when the socket is opened: see the next test.
    const urls = testData('ssrf/request_filtering_agent_urls.txt').filter((url) => !/^https:\/\/[a-z0-9.-]*[a-z]/i.test(url));
    expect(urls.length).toBeGreaterThan(25);
    for (const url of urls) expect(fault(url), url).toBeDefined();
  });

  it('a name that stands for a private address is not called, though it could be registered', async () => {
    const { door, find } = await open({ allowPrivateHosts: [] });
    expect((await door.as('boss')('PUT', '/modules/shop', { url: `https://localhost:${canary.port}`, secret: SECRET })).status).toBe(201);
    await expect.poll(() => find('shop')?.info.error).toBe('The source has an address that this edge may not call.');
    expect(canary.requests).toHaveLength(0);
  });

  it('a module that redirects to another host is not followed', async () => {
    const mover = createServer((_request, response) => response.writeHead(302, { location: canary.url.href, 'content-type': 'application/json' }).end('{}'));
    await new Promise<void>((done) => mover.listen(0, '127.0.0.1', done));
    closing.push(() => mover.close());
    const { port } = mover.address() as { port: number };
    const rig = await open();
    await rig.door.as('boss')('PUT', '/modules/shop', { url: `http://127.0.0.1:${port}`, secret: SECRET });
    await expect.poll(() => rig.find('shop')?.info.status).toBe('error');
    expect(canary.requests).toHaveLength(0);
  });
});

describe('Tenant from header/query/body', () => {
  it('says nothing to PUT and DELETE: the token\'s tenant is the module\'s', async () => {
    const module = await startModule();
    closing.push(() => module.server.close());
    const { door, find } = await open();
    const headers = { 'x-tenant-id': 'globex', 'x-tenant': 'globex' };
    const url = module.server.url.href;
    expect((await door.as('boss')('PUT', '/modules/shop?tenant=globex', { url, secret: SECRET }, headers)).status).toBe(201);
    expect([find('shop', 'acme')?.settings.tenants, find('shop', 'globex')]).toEqual([['acme'], undefined]);
    expect((await door.as('otherBoss')('DELETE', '/modules/shop?tenant=acme', undefined, { 'x-tenant-id': 'acme' })).status).toBe(404);
    expect((await door.as('otherBoss')('GET', '/modules?tenant=acme', undefined, { 'x-tenant-id': 'acme' })).text).not.toContain('shop');
    expect((await door.as('otherBoss')('GET', '/modules/shop/widget-data?endpoint=/x&tenant=acme', undefined, { 'x-tenant-id': 'acme' })).status).toBe(404);
  });

  it('of a manifest widens nothing: its widgets are for the tenants that the module serves', async () => {
    const rig = await open({ manifest: { tenants: ['globex'], tenant: 'globex', widgets: [own('sales-a'), { ...own('sales-b'), tenant: 'globex' }] } });
    await looked(rig);
    expect((await rig.door.as('otherBoss')('GET', '/widgets')).body).toEqual({ items: [] });
    expect([...(await rig.catalogue.of('acme')).keys()]).toEqual(['sales-a']);
    expect(rig.changes.map(({ tenant }) => tenant)).toEqual(['acme']);
  });

  it('a module\'s secret opens no other tenant\'s data', async () => {
    const { door, asked } = await open({ more: { crm: ['acme'] }, tenants: ['acme', 'globex'], grants: [{ from: 'crm', to: 'sales', endpoints: ['/**'] }] });
    for (const path of ['tenant=globex', 'tenant=acme&tenant=globex', 'tenant[]=globex', 'tenant=']) {
      const answer = await door.as('the-secret-of-crm')('GET', `/modules/sales/widget-data?endpoint=/api/x&${path}`, undefined, { 'x-tenant-id': 'globex' });
      expect(answer.status, path).toBe(403);
    }
    expect(asked()).toEqual([]);
  });
});

describe('Mass assignment', () => {
  it.each(['tenant', 'tenants', 'name', 'origin', 'sealed', 'createdBy', 'status', 'info', 'id', 'manifest', 'grants'])('PUT /modules with %s is refused', async (field) => {
    const { door, find } = await open();
    const refused = problemOf(await door.as('boss')('PUT', '/modules/shop', { url: 'https://shop.example', secret: SECRET, [field]: ['globex'] }));
    expect(refused).toMatchObject({ status: 422, errors: [{ path: field, message: 'is not a known field' }] });
    expect(find('shop')).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'prototype'])('PUT /modules with %s reaches no prototype', async (field) => {
    const { door } = await open();
    const body = `{"url":"https://shop.example","secret":"${SECRET}","${field}":{"isAdmin":true}}`;
    expect((await door.as('boss')('PUT', '/modules/shop', body)).status).toBe(422);
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });
});

describe('a hostile manifest', () => {
  it('of 10 MB is not read to its end; what was there stays', async () => {
    const rig = await open({ manifest: JSON.stringify({ widgets: [], filler: 'x'.repeat(10 * 1024 * 1024) }) });
    await looked(rig);
    expect((await manifestOf(rig))?.faults).toEqual([{ path: '', message: 'could not be read: The source answered with more than 1048576 bytes.' }]);
  });

  it('of 100,000 widgets costs a hundred', async () => {
    const rig = await open({ manifest: { widgets: Array.from({ length: 100_000 }, () => 0) } });
    await looked(rig);
    const { faults = [] } = (await manifestOf(rig)) ?? {};
    expect(faults[0]).toEqual({ path: 'widgets', message: 'has 100000 entries; the first 100 are taken' });
    expect(faults).toHaveLength(50);
    expect(rig.manifests.of('acme').size).toBe(0);
  });

  it('brings 100 good widgets and no more', async () => {
    const rig = await open({ manifest: { widgets: Array.from({ length: 150 }, (_, index) => own(`sales-${index}`)) } });
    await looked(rig);
    expect(await manifestOf(rig)).toMatchObject({ widgets: 100, faults: [{ path: 'widgets' }] });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('with %s reaches no prototype', async (name) => {
    const good = JSON.stringify(own('sales-a'));
    const rig = await open({
      manifest: `{"${name}":{"polluted":1},"widgets":[${good.replace(/}$/, `,"${name}":{"polluted":1}}`)},${good.replace('"statConfig":{', `"statConfig":{"${name}":{"polluted":1},`).replace('sales-a', 'sales-b')}],`
        + `"schemas":{"${name}":{},"/api/x":{"properties":{"${name}":{"type":"number"}},"required":["${name}"],"$ref":"#/${name}"}}}`,
    });
    await looked(rig);
    expect(await manifestOf(rig)).toMatchObject({ widgets: 0, schemas: 0 });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('opens nothing to who may see nothing: permissions [] and everybody\'s ask for the module\'s own right', async () => {
    const rig = await open({ manifest: { widgets: [own('sales-a', { permissions: [], roles: [] }), own('sales-b', { permissions: ['widgets.view'] }), own('sales-c', { permissions: ['sales'] })] } });
    await looked(rig);
    expect(await manifestOf(rig)).toMatchObject({ widgets: 3, faults: [] });
    expect((await rig.door.as('guest')('GET', '/widgets')).body).toEqual({ items: [] });
    for (const id of ['sales-a', 'sales-b', 'sales-c']) expect((await rig.door.as('guest')('GET', `/widgets/${id}`)).status).toBe(404);
  });

  it('runs no script and sends viewers nowhere', async () => {
    const rig = await open({
      manifest: {
        widgets: [
          own('sales-a', { type: 'custom', customConfig: { element: 'x-y', module: 'https://evil.example/x.js' } }),
          own('sales-b', { type: 'map', mapConfig: { markers: 'items', markerConfig: { latKey: 'lat', lngKey: 'lng', labelKey: 'name' }, tiles: 'https://evil.example/{z}/{x}/{y}.png' } }),
          own('sales-c', { alerts: { enabled: true, conditions: [], notifications: ['webhook'] } }),
        ],
      },
    });
    await looked(rig);
    const info = await manifestOf(rig);
    expect(info?.widgets).toBe(0);
    expect(info?.faults.map(({ path }) => path)).toEqual(['widgets.0.type', 'widgets.1.mapConfig.tiles', 'widgets.2.alerts']);
  });

  it('takes no id of the settings, the tenant or another module', async () => {
    const rig = await open({ more: { 'sales-eu': ['acme'] }, widgets: [own('sales-summary', { title: 'Real' })], manifest: { widgets: [own('sales-summary', { title: 'Fake' }), own('stripe-payments'), own('crm-x')] } });
    await looked(rig);
    expect((await rig.door.as('boss')('GET', '/widgets/sales-summary')).body).toMatchObject({ title: 'Real', origin: 'settings' });
    expect([...(await rig.catalogue.of('acme')).keys()]).toEqual(['sales-summary']);
  });
});

describe('a schema bomb', () => {
  const promise = async (schema: unknown, answer: string) => {
    const rig = await open({ manifest: { schemas: { '/api/x': schema } }, answer: (_request, response) => void response.end(answer) });
    await looked(rig);
    // Of the processor: a machine may have other things to do.
    const start = process.cpuUsage();
    const asked = await rig.door.as('boss')('GET', '/modules/sales/widget-data?endpoint=/api/x');
    return { asked, ms: process.cpuUsage(start).user / 1_000, manifest: await manifestOf(rig) };
  };

  it('of forms that double thirty times ends with a fault, in time', async () => {
    const $defs = Object.fromEntries(Array.from({ length: 30 }, (_, index) =>
      [`d${index}`, index === 29 ? { type: 'number' } : { anyOf: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 1}` }] }]));
    const { asked, ms } = await promise({ $ref: '#/$defs/d0', $defs }, '{"total":"x"}');
    expect(problemOf(asked)).toMatchObject({ code: 'contract', detail: expect.stringContaining('cannot be checked: it is too large') as string });
    expect(ms).toBeLessThan(5_000);
  });

  it.each<[string, unknown, unknown]>([
    ['two thousand lengths of one long text', { properties: { s: { allOf: Array.from({ length: 2_000 }, () => ({ minLength: 1 })) } } }, { s: 'x'.repeat(300_000) }],
    ['fifteen thousand required names in each row', { items: { required: Array.from({ length: 15_000 }, () => 'a') } }, Array.from({ length: 20_000 }, () => ({ a: 1 }))],
    ['two thousand counts of many fields', { allOf: Array.from({ length: 2_000 }, () => ({ maxProperties: 1_000_000 })) }, Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`f${index}`, 1]))],
  ])('of %s ends with a fault, in time', async (_name, schema, answer) => {
    const { asked, ms } = await promise(schema, JSON.stringify(answer));
    expect(problemOf(asked)).toMatchObject({ code: 'contract', detail: expect.stringContaining('cannot be checked: it is too large') as string });
    expect(ms).toBeLessThan(2_000);
  });

  it('that refers to itself without end is a fault', async () => {
    const { asked } = await promise({ $ref: '#/$defs/a', $defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { $ref: '#/$defs/a' } } }, '{}');
    expect(problemOf(asked)).toMatchObject({ code: 'contract', detail: expect.stringContaining('refers to itself without end') as string });
  });

  it('of a pattern that takes for ever is not run', async () => {
    const { asked, ms } = await promise({ properties: { total: { type: 'string', pattern: '^(a+)+$' } } }, JSON.stringify({ total: `${'a'.repeat(50)}!` }));
    expect(asked.status).toBe(200);
    expect(ms).toBeLessThan(1_000);
  });

  it('of a million items, all wrong, makes one fault', async () => {
    const { asked, ms } = await promise({ type: 'array', items: { type: 'string' } }, JSON.stringify(Array.from({ length: 1_000_000 }, () => 1)));
    expect(problemOf(asked)).toMatchObject({ code: 'contract', errors: [{ path: '0', message: 'must be text' }] });
    expect(ms).toBeLessThan(5_000);
  });

  it('too long, too many, or remote is refused, and the answer passes unchecked', async () => {
    const wide = { type: 'object', properties: Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`p${index}`, { type: 'number' }])) };
    for (const schema of [wide, { $ref: `${canary.url.href}schema.json` }, { $id: canary.url.href, $ref: 'other.json' }]) {
      const { asked, manifest } = await promise(schema, '{"total":"x"}');
      expect(asked.status).toBe(200);
      expect(manifest).toMatchObject({ schemas: 0, faults: [{ path: expect.stringContaining('schemas./api/x') as string }] });
    }
    expect(canary.requests).toHaveLength(0);
  });
});
