import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../drivers/store/open-store.js';
import { createAccess } from '../../gate/access.js';
import { frontDoor, principal, problemOf, recordingBus, testClock, type FrontDoor } from '../test/front-door.js';
import { widget } from '../test/widgets.js';
import { catalogueRoutes } from './routes.js';
import { createCatalogue, MAX_BYTES, MAX_WIDGETS, type CatalogueService } from './service.js';
import { createWidgetStore } from './store.js';

const users = {
  boss: principal('acme', 'boss', ['admin'], ['widgets.*']),
  otherBoss: principal('other', 'boss', ['admin'], ['*']),
  gus: principal('acme', 'gus', ['guest'], ['widgets.view', 'widgets', 'managewidgets.manage']),
};
const blns = join(process.env['CCM_TESTDATA'] ?? '', 'strings/blns.json');

let store: Store;
let catalogue: CatalogueService;
let door: FrontDoor;

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  catalogue = createCatalogue({
    rows: createWidgetStore(store), bus: recordingBus(), clock: testClock(), access: createAccess(),
    widgets: [widget({ id: 'fixed', roles: ['admin'] })], connectors: { find: () => undefined },
  });
  door = frontDoor(users, catalogueRoutes({ catalogue }));
});

afterEach(() => {
  catalogue.close();
  store.close();
});

// CVE-2021-39226: a literal `:key` matched the lowest row.
test.each([':id', '%3Aid', '0', '-1', 'null', '%00', 'FIXED', '__proto__', 'constructor', 'x%27%20OR%20%271%27=%271', 'x'.repeat(2000)])('the id %s is not found', async (id) => {
  await door.as('boss')('POST', '/widgets', widget({ id: 'own' }));
  const missing = problemOf(await door.as('boss')('GET', '/widgets/never-was'));
  for (const [method, body] of [['GET'], ['PUT', widget({ id: 'own' })], ['PATCH', { title: 'x' }], ['DELETE']] as [string, unknown?][]) {
    expect(problemOf(await door.as('boss')(method, `/widgets/${id}`, body)), method).toEqual(missing);
  }
});

test('another tenant\'s definition is not there, whatever tenant the request names', async () => {
  await door.as('boss')('POST', '/widgets', widget({ id: 'own' }));
  const headers = { 'x-tenant-id': 'acme' };
  expect((await door.as('otherBoss')('GET', '/widgets/own?tenant=acme', undefined, headers)).status).toBe(404);
  expect((await door.as('otherBoss')('GET', '/widgets?tenant=acme', undefined, headers)).text).not.toContain('own');
  expect((await door.as('otherBoss')('POST', '/widgets', { ...widget({ id: 'x' }), tenant: 'acme' })).status).toBe(422);
});

test('a permission that only looks like the right one does not manage', async () => {
  expect(problemOf(await door.as('gus')('POST', '/widgets', widget({ id: 'own' })))).toMatchObject({ status: 403 });
  expect((await door.as('gus')('GET', '/widgets')).body).toEqual({ items: [] });
});

describe('what only the edge may set', () => {
  test.each(['origin', 'requires', 'tenant', 'createdBy', 'createdAt', 'updatedAt', 'etag'])('%s is refused', async (field) => {
    await door.as('boss')('POST', '/widgets', widget({ id: 'own' }));
    for (const [method, path, body] of [
      ['POST', '/widgets', { ...widget({ id: 'more' }), [field]: 'settings' }],
      ['PUT', '/widgets/own', { ...widget({ id: 'own' }), [field]: 'settings' }],
      ['PATCH', '/widgets/own', { [field]: 'settings' }],
    ] as const) {
      const refused = problemOf(await door.as('boss')(method, path, body));
      expect([method, refused.status]).toEqual([method, 422]);
      expect(JSON.stringify(refused.errors)).toContain(field);
    }
  });

  test.each(['__proto__', 'constructor', 'prototype'])('%s in a definition or a patch reaches no prototype', async (name) => {
    await door.as('boss')('POST', '/widgets', widget({ id: 'own' }));
    const body = JSON.stringify(widget({ id: 'more' })).replace(/}$/, `,"params":{"${name}":{"type":"string","default":"polluted"}}}`);
    const asked = await door.as('boss')('POST', '/widgets', body);
    expect(asked.status === 201 && asked.text.includes('polluted')).toBe(false);
    expect((await door.as('boss')('PATCH', '/widgets/own', `{"params":{"${name}":{"type":"string"}}}`)).status).toBe(422);
    expect(({} as Record<string, unknown>)['type']).toBeUndefined();
  });
});

test('of twenty patches at once with one tag, one stands', async () => {
  const etag = (await door.as('boss')('POST', '/widgets', widget({ id: 'own' }))).headers.get('etag')!;
  const saves = await Promise.all(Array.from({ length: 20 }, (_, n) => door.as('boss')('PATCH', '/widgets/own', { title: `t${n}` }, { 'if-match': etag })));
  expect(saves.map((save) => save.status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
});

test('of twenty definitions with one id at once, one is made', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, (_, n) => door.as('boss')('POST', '/widgets', widget({ id: 'own', title: `t${n}` }))));
  expect(made.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(made.filter(({ status }) => status === 409)).toHaveLength(19);
});

test.skipIf(!existsSync(blns))('every naughty string that fits is a title that comes back as it went (needs CCM_TESTDATA)', async () => {
  const strings = (JSON.parse(readFileSync(blns, 'utf8')) as string[]).filter((text) => text.trim() !== '' && text.length <= 40);
  expect(strings.length).toBeGreaterThan(200);
  await door.as('boss')('POST', '/widgets', widget({ id: 'own' }));
  for (const title of strings) {
    expect((await door.as('boss')('PATCH', '/widgets/own', { title, category: title })).status, JSON.stringify(title)).toBe(200);
    expect((await door.as('boss')('GET', '/widgets/own')).body, JSON.stringify(title)).toMatchObject({ title, category: title });
    expect((await door.as('boss')('GET', `/widgets?query=${encodeURIComponent(title)}`)).status).toBe(200);
  }
});

describe('a body made to overflow', () => {
  test.each([['objects', '{"a":', '}'], ['lists', '[', ']']])('a patch of %s nested 170,000 deep is 422, its path no longer than a line', async (_kind, open, close) => {
    await door.as('boss')('POST', '/widgets', widget({ id: 'own' }));
    const deep = `{"dataSource":{"params":{"x":${open.repeat(170_000)}1${close.repeat(170_000)}}}}`;
    for (const [method, path] of [['PATCH', '/widgets/own'], ['POST', '/widgets'], ['PUT', '/widgets/own']] as const) {
      const refused = await door.as('boss')(method, path, deep);
      expect(refused.status, method).toBe(422);
      for (const { path: place } of problemOf(refused).errors ?? []) expect(place.length).toBeLessThanOrEqual(201);
    }
  });

  test('of fifty thousand faults fifty are told', async () => {
    const names = Array.from({ length: 50_000 }, (_, n) => [`n${n}`, 1]);
    for (const [method, path] of [['POST', '/widgets'], ['PATCH', '/widgets/own']] as const) {
      await door.as('boss')('POST', '/widgets', widget({ id: 'own' }));
      const refused = await door.as('boss')(method, path, Object.fromEntries(names));
      expect(refused.status).toBe(422);
      expect(problemOf(refused).errors).toHaveLength(50);
    }
  });
});

describe('one tenant fills the memory of all', () => {
  test('a definition more than the most is refused, one that is changed is not', async () => {
    for (let n = 0; n < MAX_WIDGETS; n += 1) catalogue.create(users.boss, widget({ id: `w${n}` }));
    const refused = await door.as('boss')('POST', '/widgets', widget({ id: 'one-more' }));
    expect([refused.status, problemOf(refused).code]).toEqual([409, 'conflict']);
    expect((await door.as('boss')('PATCH', '/widgets/w0', { title: 'Changed' })).status).toBe(200);
    expect((await door.as('otherBoss')('POST', '/widgets', widget({ id: 'theirs' }))).status).toBe(201);
    expect((await door.as('boss')('DELETE', '/widgets/w0')).status).toBe(204);
    expect((await door.as('boss')('POST', '/widgets', widget({ id: 'one-more' }))).status).toBe(201);
  });

  test('definitions of more bytes than the most are refused, also by growing', () => {
    const large = (id: string, bytes: number) => widget({ id, dataSource: { type: 'static', data: { filler: 'x'.repeat(bytes) } } });
    const each = MAX_BYTES / 16 - 2_000;
    for (let n = 0; n < 16; n += 1) catalogue.create(users.boss, large(`w${n}`, each));
    expect(() => catalogue.create(users.boss, large('one-more', each))).toThrow(expect.objectContaining({ code: 'too_large' }));
    expect(() => catalogue.replace(users.boss, 'w0', large('w0', each + 100_000))).toThrow(expect.objectContaining({ code: 'too_large' }));
    catalogue.replace(users.boss, 'w0', large('w0', 10));
    catalogue.create(users.boss, large('one-more', each - 2_000));
  });
});
