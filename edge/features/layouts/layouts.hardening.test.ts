import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DashboardLayout } from '../../../sdk/contract/layout.js';
import { openStore, type Store } from '../../drivers/store/open-store.js';
import { frontDoor, principal, problemOf, recordingBus, testClock, type FrontDoor } from '../test/front-door.js';
import { layoutRoutes } from './routes.js';
import { createLayouts, MAX_USER_BYTES, type LayoutService } from './service.js';
import { createLayoutStore } from './store.js';

const PATH = '/dashboards/layouts';
const users = {
  ann: principal('acme', 'ann', ['user']),
  bob: principal('acme', 'bob', ['user']),
  admin: principal('acme', 'root', ['super_admin'], ['*']),
  other: principal('other', 'ann', ['user']),
};
const position = { x: 0, y: 0, w: 1, h: 1 };
const blns = join(process.env['CCM_TESTDATA'] ?? '', 'strings/blns.json');

let store: Store;
let layouts: LayoutService;
let door: FrontDoor;

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  layouts = createLayouts({ rows: createLayoutStore(store), bus: recordingBus(), clock: testClock(), presets: new Map() });
  door = frontDoor(users, layoutRoutes({ layouts }));
});

afterEach(() => {
  layouts.close();
  store.close();
});

async function make(user: string, body: Record<string, unknown> = {}): Promise<DashboardLayout> {
  const made = await door.as(user)('POST', PATH, { name: 'L', widgets: [], ...body });
  expect(made.status).toBe(201);
  return made.body;
}

// CVE-2021-39226 (the literal `:key` matched the lowest row), CVE-2024-1313 (another organisation's object by its key).
describe('ids that are none, or another\'s', () => {
  test.each([':id', '%3Aid', '0', '-1', 'null', 'undefined', '%00', '1%20OR%201=1', '..%2fdefault', '%2e%2e', '__proto__', 'DEFAULT', 'x'.repeat(2000)])(
    '%s is not found, whatever is in the table',
    async (id) => {
      await make('ann');
      const missing = problemOf(await door.as('ann')('GET', `${PATH}/never-was`));
      for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as [string, unknown?][]) {
        const asked = await door.as('ann')(method, `${PATH}/${id}`, body);
        // `%2e%2e` is a step up for any URL parser: it leads to a path that has no such method.
        if (id === '%2e%2e' && method !== 'GET') expect([404, 405]).toContain(asked.status);
        else expect(problemOf(asked), method).toEqual(missing);
      }
    },
  );

  test('every route answers for another\'s layout as for none, also to who may do everything', async () => {
    const { layoutId } = await make('ann', { isDefault: true });
    const missing = problemOf(await door.as('bob')('GET', `${PATH}/never-was`));
    for (const who of ['bob', 'admin', 'other']) {
      for (const [method, path, body] of [
        ['GET', layoutId], ['PATCH', layoutId, { name: 'stolen' }], ['DELETE', layoutId], ['POST', `${layoutId}/duplicate`],
      ] as [string, string, unknown?][]) {
        expect(problemOf(await door.as(who)(method, `${PATH}/${path}`, body)), `${who} ${method}`).toEqual(missing);
      }
    }
    expect((await door.as('ann')('GET', `${PATH}/${layoutId}`)).body).toMatchObject({ name: 'L' });
  });

  test('two users whose names could be glued together wrongly have two caches', async () => {
    const close = { one: principal('a', 'b:c', []), two: principal('a:b', 'c', []), three: principal('1:a', '', ['x']) };
    const both = frontDoor(close, layoutRoutes({ layouts }));
    await both.as('one')('POST', PATH, { name: 'of one', widgets: [] });
    expect((await both.as('one')('GET', PATH)).text).toContain('of one');
    expect((await both.as('two')('GET', PATH)).body).toEqual({ items: [] });
  });
});

// OWASP Multi Tenant sheet: the tenant is the token's, whatever else is sent.
test('a tenant named in header, query or body changes nothing', async () => {
  const { layoutId } = await make('ann');
  const headers = { 'x-tenant-id': 'acme', 'x-tenant': 'acme', 'x-user-id': 'ann' };
  expect((await door.as('other')('GET', `${PATH}/${layoutId}?tenant=acme&userId=ann`, undefined, headers)).status).toBe(404);
  expect((await door.as('other')('GET', `${PATH}?tenant=acme&userId=ann`, undefined, headers)).body).toEqual({ items: [] });
  const refused = await door.as('other')('POST', PATH, { name: 'x', widgets: [], tenant: 'acme', tenantId: 'acme' });
  expect(refused.status).toBe(422);
  expect((await door.as('ann')('GET', PATH)).body).toMatchObject({ items: [{ layoutId }] });
});

// API3:2023, mass assignment.
describe('what only the edge may set', () => {
  test.each(['userId', 'user', 'tenantId', 'tenant', 'layoutId', 'id', 'createdAt', 'updatedAt', 'revision', 'preset', 'role', 'shared'])('%s is refused', async (field) => {
    const { layoutId } = await make('ann');
    const before = (await door.as('ann')('GET', `${PATH}/${layoutId}`)).text;
    const patched = problemOf(await door.as('ann')('PATCH', `${PATH}/${layoutId}`, { name: 'x', [field]: 'bob' }));
    expect(patched).toMatchObject({ status: 422, code: 'invalid' });
    expect(JSON.stringify(patched.errors)).toContain(field);
    expect((await door.as('ann')('POST', PATH, { name: 'x', widgets: [], [field]: 'bob' })).status).toBe(422);
    expect((await door.as('ann')('GET', `${PATH}/${layoutId}`)).text).toBe(before);
    expect((await door.as('bob')('GET', PATH)).body).toEqual({ items: [] });
  });

  test.each(['dataSource', 'permissions', 'roles', 'credentials'])('an item\'s config may not hold %s', async (field) => {
    const body = { name: 'x', widgets: [{ widgetId: 'w', position, config: { [field]: { type: 'system', metric: 'cpu_usage' } } }] };
    const refused = problemOf(await door.as('ann')('POST', PATH, body));
    expect(refused).toMatchObject({ status: 422, code: 'invalid' });
    expect(JSON.stringify(refused.errors)).toContain(field);
  });

  test.each(['__proto__', 'constructor', 'prototype'])('%s as a key reaches no prototype', async (name) => {
    const body = `{"name":"x","widgets":[{"widgetId":"w","position":{"x":0,"y":0,"w":1,"h":1},"config":{"title":"t","${name}":{"polluted":1}}}]}`;
    const asked = await door.as('ann')('POST', PATH, body);
    expect([201, 422]).toContain(asked.status);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(asked.text.includes('polluted') && asked.status === 201).toBe(false);
  });
});

describe('sizes', () => {
  test('items past 256 KiB are refused, and so is a body past the gate\'s limit', async () => {
    const big = (bytes: number) => ({ name: 'x', widgets: Array.from({ length: 50 }, (_, i) => ({ widgetId: `w${i}`, position, config: { textConfig: { content: 'x'.repeat(bytes / 50) } } })) });
    expect(problemOf(await door.as('ann')('POST', PATH, big(300 * 1024)))).toMatchObject({ status: 413, code: 'too_large' });
    expect(problemOf(await door.as('ann')('POST', PATH, big(2 * 1024 * 1024)))).toMatchObject({ status: 413, code: 'too_large' });
    expect((await door.as('ann')('POST', PATH, big(100 * 1024))).status).toBe(201);
  });

  test('an item id that stands twice is named', async () => {
    const widgets = ['a', 'b', 'a'].map((itemId) => ({ itemId, widgetId: 'w', position }));
    const refused = problemOf(await door.as('ann')('POST', PATH, { name: 'x', widgets }));
    expect(refused).toMatchObject({ status: 422, errors: [{ path: 'widgets.2.itemId' }] });
  });
});

// HAZARDS: layout lost update.
test('of twenty tabs that save at once with the tag they read, one wins and nineteen hear 412', async () => {
  const { layoutId } = await make('ann');
  const etag = (await door.as('ann')('GET', `${PATH}/${layoutId}`)).headers.get('etag')!;
  const saves = await Promise.all(Array.from({ length: 20 }, (_, tab) =>
    door.as('ann')('PATCH', `${PATH}/${layoutId}`, { name: `tab ${tab}` }, { 'if-match': etag })));
  expect(saves.map((save) => save.status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
  const winner = saves.find((save) => save.status === 200)!;
  expect((await door.as('ann')('GET', `${PATH}/${layoutId}`)).text).toBe(winner.text);
});

test('of twenty first changes at once, one makes the copy', async () => {
  const etag = (await door.as('ann')('GET', `${PATH}/default`)).headers.get('etag')!;
  const saves = await Promise.all(Array.from({ length: 20 }, (_, tab) =>
    door.as('ann')('PATCH', `${PATH}/default`, { name: `tab ${tab}` }, { 'if-match': etag })));
  expect(saves.filter((save) => save.status === 201)).toHaveLength(1);
  expect(saves.filter((save) => save.status === 412)).toHaveLength(19);
  expect(((await door.as('ann')('GET', PATH)).body as { items: unknown[] }).items).toHaveLength(1);
});

test.skipIf(!existsSync(blns))('every naughty string that fits is a name that comes back as it went (needs CCM_TESTDATA)', async () => {
  const strings = (JSON.parse(readFileSync(blns, 'utf8')) as string[]).filter((text) => text.trim() !== '' && text.length <= 40);
  expect(strings.length).toBeGreaterThan(200);
  const { layoutId } = await make('ann');
  for (const name of strings) {
    const body = { name, widgets: [{ itemId: 'i', widgetId: 'w', position, config: { title: name } }] };
    const saved = await door.as('ann')('PATCH', `${PATH}/${layoutId}`, body);
    expect(saved.status, JSON.stringify(name)).toBe(200);
    expect((await door.as('ann')('GET', `${PATH}/${layoutId}`)).body, JSON.stringify(name)).toMatchObject(body);
  }
});

test.each(['nul \u0000 inside', 'tab\tline\nend', '\u2028\u2029', '𝒳𝒴', 'e\u0301', '"quoted\\"', '</script>'])('the name %j comes back as it went', async (name) => {
  const { layoutId } = await make('ann', { name });
  expect((await door.as('ann')('GET', `${PATH}/${layoutId}`)).body).toMatchObject({ name });
});

test('half a character is refused: no store could give it back', async () => {
  const refused = await door.as('ann')('POST', PATH, { name: 'half \ud83d', widgets: [] });
  expect(problemOf(refused)).toMatchObject({ status: 422, errors: [expect.objectContaining({ path: 'name' })] });
});

test('one user cannot fill the edge: 2 MB in all of their layouts, and no one else\'s count', async () => {
  const items = (count: number) => Array.from({ length: count }, (_, n) => ({ widgetId: `w${n}`, position, config: { textConfig: { content: 'x'.repeat(5_000) } } }));
  const large = items(40);
  const first = await make('ann', { widgets: large });
  const bytes = Buffer.byteLength(JSON.stringify(first.widgets));
  const room = Math.floor(MAX_USER_BYTES / bytes);
  for (let made = 1; made < room; made += 1) expect((await door.as('ann')('POST', `${PATH}/${first.layoutId}/duplicate`)).status).toBe(201);
  const refusal = { status: 413, code: 'too_large', detail: 'Your layouts may have 2 MB in all; delete one first.' };
  expect(problemOf(await door.as('ann')('POST', `${PATH}/${first.layoutId}/duplicate`))).toMatchObject(refusal);
  expect(problemOf(await door.as('ann')('POST', PATH, { name: 'L', widgets: large }))).toMatchObject(refusal);
  const small = await make('ann');
  expect(problemOf(await door.as('ann')('PATCH', `${PATH}/${small.layoutId}`, { widgets: large }))).toMatchObject(refusal);
  expect((await door.as('ann')('PATCH', `${PATH}/${first.layoutId}`, { widgets: items(3) })).status).toBe(200);
  expect((await door.as('ann')('PATCH', `${PATH}/${small.layoutId}`, { widgets: items(35) })).status).toBe(200);
  await make('bob', { widgets: large });
});

test('variables count to what a user may have', async () => {
  const options = Array.from({ length: 100 }, (_, at) => `${'x'.repeat(90)}${at}`);
  const first = await make('ann', { variables: Array.from({ length: 6 }, (_, at) => ({ name: `v${at}`, type: 'string', options })) });
  const room = Math.floor(MAX_USER_BYTES / Buffer.byteLength(JSON.stringify({ variables: first.variables })));
  let made = 1;
  while ((await door.as('ann')('POST', `${PATH}/${first.layoutId}/duplicate`)).status === 201) made += 1;
  expect(made).toBeGreaterThan(room / 2);
  expect(made).toBeLessThanOrEqual(room);
});
