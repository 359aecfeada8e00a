/** Who is told of alerts themselves, over the real store. HAZARDS 2: another tenant, another user, rights that were lost. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NotificationSettings } from '../../../../sdk/contract/notification.js';
import { openStore, type Store } from '../../../drivers/store/open-store.js';
import { queryPlans } from '../../../drivers/store/test/query-plans.js';
import { createFakeClock, settle, type FakeClock } from '../../../feeds/test/fake-clock.js';
import { createAccess } from '../../../gate/access.js';
import type { NotifierSettings } from '../../../kernel/alert-settings.js';
import type { AuditEvent } from '../../../kernel/audit.js';
import { CHANGES } from '../../../kernel/bus.js';
import type { CatalogueEntry } from '../../../kernel/catalogue.js';
import { createLog } from '../../../kernel/log.js';
import type { Principal } from '../../../kernel/principal.js';
import { frontDoor, principal, problemOf, recordingBus, type FrontDoor } from '../../test/front-door.js';
import { widget } from '../../test/house.js';
import { alertInstance } from '../test/instance.js';
import { createPeople, type PeopleRegister } from './people.js';
import { peopleRoutes } from './routes.js';
import { createPeopleService, MOST_BROWSERS } from './service.js';
import { createPeopleStore, type PeopleStore } from './store.js';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const users: Record<string, Principal> = {
  ada: { ...principal('acme', 'ada', ['user'], ['stock.view']), issuedAt: NOW - 1_000 },
  bea: { ...principal('acme', 'bea', ['moderator']), issuedAt: NOW - 1_000 },
  // Of the same name, in another company.
  gus: { ...principal('globex', 'ada', ['admin'], ['*']), issuedAt: NOW - 1_000 },
};
const entryOf = (more: Parameters<typeof widget>[2]): CatalogueEntry => ({ widget: widget('stock', { type: 'static', data: {} }, more), version: '1', origin: 'settings' });
const email = (to: string, from?: 'info' | 'warning' | 'critical'): NotificationSettings => ({ addresses: [{ type: 'email', to, ...(from && { from }) }] });
const browser = (name: string) => ({ endpoint: `https://push.example/${name}`, keys: { p256dh: 'key', auth: 'auth' } });
const notifiers: NotifierSettings[] = [
  { type: 'push', name: 'globex-push', tenants: ['globex'], sendResolved: true, publicKey: 'theirs', privateKey: 'secret', subject: 'mailto:it@globex.example' },
  { type: 'push', name: 'push', tenants: ['acme'], sendResolved: true, publicKey: 'ours', privateKey: 'secret', subject: 'mailto:it@acme.example' },
];

let store: Store;
let rows: PeopleStore;
let clock: FakeClock;
let bus: ReturnType<typeof recordingBus>;
let trail: AuditEvent[];
let people: PeopleRegister;
let door: FrontDoor;
let entries: Map<string, CatalogueEntry>;
let revoked: Set<string>;
let tellOfRevocations: Set<() => void>;
let asked: Principal[];
const registers: PeopleRegister[] = [];

async function another(): Promise<PeopleRegister> {
  const made = await createPeople({
    rows, bus, clock, access: createAccess(), roles: { guest: [], user: ['guest'], moderator: ['user'] }, log: createLog({ level: 'silent' }),
    catalogue: { of: (tenant) => Promise.resolve(tenant === 'acme' ? entries : new Map<string, CatalogueEntry>()) },
    revocations: {
      isRevoked(one) {
        asked.push(one);
        return revoked.has(one.subject);
      },
      onChange(listener) {
        tellOfRevocations.add(listener);
        return () => void tellOfRevocations.delete(listener);
      },
    },
  });
  registers.push(made);
  return made;
}

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  rows = createPeopleStore(store);
  clock = createFakeClock(NOW);
  bus = recordingBus();
  trail = [];
  revoked = new Set();
  tellOfRevocations = new Set();
  asked = [];
  entries = new Map([['stock', entryOf({ permissions: ['stock.view'] })], ['open', entryOf({})]]);
  people = await another();
  door = frontDoor(users, peopleRoutes({ people: createPeopleService({ rows, people, notifiers, clock, audit: { within: (event) => void trail.push(event) } }) }));
});
afterEach(() => {
  for (const register of registers.splice(0)) register.close();
  store.close();
});

const put = async (user: string, settings: NotificationSettings): Promise<void> => expect((await door.as(user)('PUT', '/me/notifications', settings)).status).toBe(200);
const told = (more: Parameters<typeof alertInstance>[0] = {}, register = people) => register.of(alertInstance(more)).map(({ user, type, to }) => `${user} ${type} ${to}`);

describe('a user\'s settings', () => {
  it('are their own, nothing at first, and stand in the trail without the addresses', async () => {
    expect((await door.as('ada')('GET', '/me/notifications')).body).toEqual({ addresses: [] });
    const settings = { ...email('ada@acme.example'), quietHours: [{ times: [{ start: '22:00', end: '24:00' }] }], push: 'critical' as const };
    await put('ada', settings);
    expect((await door.as('ada')('GET', '/me/notifications')).body).toEqual(settings);
    for (const other of ['bea', 'gus']) expect((await door.as(other)('GET', '/me/notifications')).body).toEqual({ addresses: [] });
    expect(trail).toMatchObject([{ tenant: 'acme', user: 'ada', action: 'notifications.set', outcome: 'ok' }]);
    expect(JSON.stringify(trail)).not.toContain('acme.example');
  });

  it('are refused where they would be another address, or more than one', async () => {
    const addresses = [
      'ada@acme.example\r\nBcc: all@acme.example', 'ada@acme.example, bob@acme.example', 'Ada <ada@acme.example>', 'ada', '', `${'a'.repeat(65)}@acme.example`,
    ].map((to) => [{ type: 'email', to }]);
    const phones = ['0151', '+49 151 1', '+4915112345678;+491', 'ada@acme.example'].map((to) => [{ type: 'sms', to }]);
    const more = [[{ type: 'fax', to: '+4915112345678' }], Array.from({ length: 11 }, () => ({ type: 'sms', to: '+4915112345678' })), 'x'];
    for (const list of [...addresses, ...phones, ...more]) {
      expect(problemOf(await door.as('ada')('PUT', '/me/notifications', { addresses: list })), JSON.stringify(list)).toMatchObject({ status: 422, code: 'invalid' });
    }
    expect(problemOf(await door.as('ada')('PUT', '/me/notifications', { addresses: [], rights: ['*'] }))).toMatchObject({ status: 422 });
    expect(rows.get('acme', 'ada')).toBeUndefined();
  });
});

describe('who is told', () => {
  it('is who may see the widget by their last token, at the addresses for its severity', async () => {
    await put('ada', { addresses: [{ type: 'email', to: 'ada@acme.example' }, { type: 'sms', to: '+4915112345678', from: 'critical' }] });
    await put('bea', email('bea@acme.example', 'info'));
    await put('gus', email('gus@globex.example', 'info'));
    expect(told()).toEqual(['ada email ada@acme.example']);
    expect(told({ severity: 'critical' })).toEqual(['ada email ada@acme.example', 'ada sms +4915112345678']);
    expect(told({ severity: 'info' })).toEqual([]);
    expect(told({ severity: 'info', widgetId: 'open' })).toEqual(['bea email bea@acme.example']);
    expect(told({ tenant: 'globex', widgetId: 'stock' })).toEqual(['ada email gus@globex.example']);
    expect(told({ tenant: 'initech' })).toEqual([]);
  });

  it('of a user\'s own alert is that user, of one from outside who holds alerts.view', async () => {
    for (const [user, to] of [['ada', 'ada@acme.example'], ['bea', 'bea@acme.example']] as const) await put(user, email(to));
    expect(told({ widgetId: 'open', user: 'ada' })).toEqual(['ada email ada@acme.example']);
    expect(told({ user: 'bea' })).toEqual([]);
    expect(told({ widgetId: '' })).toEqual([]);
    users['desk'] = principal('acme', 'desk', ['user'], ['alerts.*']);
    await put('desk', email('desk@acme.example'));
    expect(told({ widgetId: '' })).toEqual(['desk email desk@acme.example']);
  });

  it('has quiet hours with it', async () => {
    const quietHours = [{ weekdays: ['sunday' as const] }];
    await put('ada', { ...email('ada@acme.example'), quietHours });
    expect(people.of(alertInstance())).toEqual([{ user: 'ada', type: 'email', to: 'ada@acme.example', quietHours }]);
    await put('ada', { ...email('ada@acme.example'), quietHours: [] });
    expect(people.of(alertInstance())).toEqual([{ user: 'ada', type: 'email', to: 'ada@acme.example' }]);
  });

  it('is known to every edge at once, and after a restart before the first alert', async () => {
    const other = await another();
    await put('ada', email('ada@acme.example'));
    await settle();
    expect(told({}, other)).toEqual(['ada email ada@acme.example']);
    expect(told({}, await another())).toEqual(['ada email ada@acme.example']);
    await put('ada', { addresses: [] });
    await settle();
    expect(told({}, other)).toEqual([]);
  });

  it('follows what no bus told of, within a minute', async () => {
    rows.save({ tenant: 'acme', user: 'ada', settings: email('ada@acme.example'), rights: { roles: ['user'], permissions: ['stock.view'] } }, NOW);
    expect(told()).toEqual([]);
    await clock.advance(60_000);
    expect(told()).toEqual(['ada email ada@acme.example']);
    rows.save({ tenant: 'acme', user: 'ada', settings: { addresses: [] } }, NOW);
    bus.gap();
    await settle();
    expect(told()).toEqual([]);
  });

  it('follows the definition of the widget', async () => {
    await put('ada', email('ada@acme.example'));
    entries = new Map([['stock', entryOf({ permissions: ['stock.secret'] })]]);
    bus.publish(CHANGES, { tenant: 'acme', widgets: ['stock'] });
    await settle();
    expect(told()).toEqual([]);
  });

  it('follows the user\'s next token, and no older one', async () => {
    await put('ada', email('ada@acme.example'));
    users['less'] = { ...principal('acme', 'ada', ['user']), issuedAt: NOW };
    await door.as('less')('GET', '/me/notifications');
    await settle();
    expect(told()).toEqual([]);
    users['old'] = { ...principal('acme', 'ada', ['user'], ['stock.view']), issuedAt: NOW - 5_000 };
    people.meet(users['old']);
    await settle();
    expect(told()).toEqual([]);
    users['more'] = { ...principal('acme', 'ada', ['user'], ['*']), issuedAt: NOW + 5_000 };
    people.meet(users['more']);
    await settle();
    expect(told()).toEqual(['ada email ada@acme.example']);
    // Who never said where is kept nowhere.
    people.meet(principal('acme', 'vic', ['user']));
    expect(rows.get('acme', 'vic')).toBeUndefined();
  });

  it('is nobody whose tokens were revoked, also when the revocation is forgotten, until they log in anew', async () => {
    await put('ada', email('ada@acme.example'));
    revoked.add('ada');
    expect(told()).toEqual([]);
    for (const tell of tellOfRevocations) tell();
    await settle();
    revoked.clear();
    expect(told()).toEqual([]);
    expect(told({}, await another())).toEqual([]);
    expect((await door.as('ada')('GET', '/me/notifications')).body).toEqual(email('ada@acme.example'));
    await settle();
    expect(told()).toEqual(['ada email ada@acme.example']);
    // Asked as it was issued, without prolonging a revocation, and by no token of its own: one lost token is not the user.
    expect(asked.find(({ subject }) => subject === 'ada')).toMatchObject({ tenant: 'acme', issuedAt: NOW - 1_000, expiresAt: 0 });
    expect(asked.some(({ tokenId }) => tokenId !== undefined)).toBe(false);
  });

  it('is who still may hear of it at that very address, when it is sent', async () => {
    await put('ada', { addresses: [{ type: 'email', to: 'ada@acme.example', from: 'critical' }] });
    const hears = (more: Parameters<typeof alertInstance>[0] = {}, to = 'ada@acme.example', user = 'ada') => people.hears(user, to, alertInstance({ severity: 'critical', ...more }));
    expect(hears()).toBe(true);
    expect([hears({ severity: 'warning' }), hears({}, 'old@acme.example'), hears({}, 'ada@acme.example', 'bea'), hears({ user: 'bea' }), hears({ widgetId: 'gone' }), hears({ tenant: 'globex' })]).toEqual(Array(6).fill(false));
    revoked.add('ada');
    expect(hears()).toBe(false);
  });

  it('goes by rights that are remembered, also of who wants to be told nowhere', async () => {
    const changes: string[] = [];
    people.onChange((tenant) => void changes.push(tenant));
    expect(people.find('acme', 'ada')).toBeUndefined();
    people.remember(users['ada']!);
    await settle();
    expect(people.find('acme', 'ada')).toMatchObject({ subject: 'ada', permissions: ['stock.view'] });
    expect((await door.as('ada')('GET', '/me/notifications')).body).toEqual({ addresses: [] });
    expect([people.find('acme', 'bea'), people.find('globex', 'ada'), told()]).toEqual([undefined, undefined, []]);

    // The next token with the same rights is no news; one with others is.
    await settle();
    changes.splice(0);
    people.meet({ ...users['ada']!, issuedAt: NOW });
    await settle();
    expect([changes, people.find('acme', 'ada')?.issuedAt, rows.get('acme', 'ada')?.rights?.issuedAt]).toEqual([[], NOW, NOW]);
    people.meet({ ...users['ada']!, permissions: [], issuedAt: NOW + 1_000 });
    await settle();
    expect([changes.includes('acme'), people.find('acme', 'ada')?.permissions]).toEqual([true, []]);
    revoked.add('ada');
    for (const tell of tellOfRevocations) tell();
    await settle();
    expect(people.find('acme', 'ada')).toBeNull();
  });

  it('is found in a thousand people in under 10 ms', async () => {
    rows.write(() => {
      for (let index = 0; index < 1_000; index += 1) {
        rows.save({ tenant: 'acme', user: `u${index}`, settings: email(`u${index}@acme.example`), rights: { roles: ['user'], permissions: index % 2 === 0 ? ['stock.view'] : [] } }, NOW);
      }
    });
    await people.changed('acme');
    expect(told()).toHaveLength(500);
    const started = process.cpuUsage();
    for (let index = 0; index < 100; index += 1) people.of(alertInstance());
    expect(process.cpuUsage(started).user / 1_000 / 100).toBeLessThan(10);
  });
});

describe('browsers', () => {
  const subscribe = async (user: string, name: string): Promise<void> => expect((await door.as(user)('POST', '/me/push-subscriptions', browser(name))).status).toBe(204);

  it('are told from the severity on that their user set', async () => {
    await subscribe('ada', 'one');
    expect(told({ severity: 'critical' })).toEqual([]);
    await put('ada', { addresses: [], push: 'critical' });
    expect(people.of(alertInstance({ severity: 'critical' }))).toEqual([{ user: 'ada', type: 'push', to: JSON.stringify(browser('one')) }]);
    expect(told()).toEqual([]);
    expect(trail.map(({ action, detail }) => [action, detail])).toContainEqual(['notifications.set', 'browser by push.example']);
  });

  it('are one user\'s each: who logs in there next gets none of the other\'s, of whatever company', async () => {
    for (const user of ['ada', 'bea', 'gus']) await put(user, { addresses: [], push: 'info' });
    await subscribe('ada', 'shared');
    await subscribe('bea', 'shared');
    expect(told({ widgetId: 'open' })).toEqual([`bea push ${JSON.stringify(browser('shared'))}`]);
    await subscribe('gus', 'shared');
    expect(told({ widgetId: 'open' })).toEqual([]);
    expect(told({ tenant: 'globex', widgetId: 'any' })).toHaveLength(1);
  });

  it(`are at most ${MOST_BROWSERS} a user: the oldest goes`, async () => {
    await put('ada', { addresses: [], push: 'info' });
    for (let index = 0; index < MOST_BROWSERS + 2; index += 1) {
      await subscribe('ada', `b${index}`);
      await clock.advance(10);
    }
    await subscribe('ada', 'b21');
    expect(rows.subscriptions('acme').map(({ endpoint }) => endpoint)).toEqual(Array.from({ length: MOST_BROWSERS }, (_, index) => `https://push.example/b${index + 2}`));
    expect(told()).toHaveLength(MOST_BROWSERS);
  });

  it('are taken away by their user, or where they take nothing any more', async () => {
    await put('ada', { addresses: [], push: 'info' });
    for (const name of ['one', 'two']) await subscribe('ada', name);
    const path = `/me/push-subscriptions?endpoint=${encodeURIComponent('https://push.example/one')}`;
    for (const other of ['bea', 'gus']) expect((await door.as(other)('DELETE', path)).status).toBe(404);
    expect((await door.as('ada')('DELETE', path)).status).toBe(204);
    expect((await door.as('ada')('DELETE', path)).status).toBe(404);
    people.forget('globex', 'https://push.example/two');
    expect(told()).toEqual([`ada push ${JSON.stringify(browser('two'))}`]);
    people.forget('acme', 'https://push.example/two');
    await settle();
    expect(told()).toEqual([]);
  });

  it('are reached over https alone', async () => {
    for (const endpoint of ['http://push.example/x', 'javascript:alert(1)', '/x', 'https:', '', 7]) {
      expect(problemOf(await door.as('ada')('POST', '/me/push-subscriptions', { ...browser('x'), endpoint })), String(endpoint)).toMatchObject({ status: 422, code: 'invalid' });
    }
    expect((await door.as('ada')('DELETE', '/me/push-subscriptions')).status).toBe(400);
  });

  it('subscribe with the key of their tenant\'s notifier', async () => {
    expect((await door.as('ada')('GET', '/me/push-key')).body).toEqual({ publicKey: 'ours' });
    expect((await door.as('gus')('GET', '/me/push-key')).body).toEqual({ publicKey: 'theirs' });
    users['ivy'] = principal('initech', 'ivy', ['admin'], ['*']);
    expect((await door.as('ivy')('GET', '/me/push-key')).body).toEqual({ publicKey: null });
  });
});

it('no query reads a whole table, but for the one that looks for a browser, and the one that looks for tenants', async () => {
  const plans = await queryPlans(createPeopleStore);
  const scans = plans.filter(({ steps }) => steps.some((step) => /^SCAN (?!.*INDEX)/.test(step)));
  expect(scans.map(({ sql }) => sql.split(' where')[0])).toEqual(['delete from "push_subscriptions"']);
});
