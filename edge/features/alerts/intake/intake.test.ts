/** Alerts as a Prometheus sends them, over the real store and a clock that the test moves. HAZARDS 6: retries, clock jumps, stored XSS. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../../drivers/store/open-store.js';
import { createFakeClock, type FakeClock } from '../../../feeds/test/fake-clock.js';
import { createAccess } from '../../../gate/access.js';
import { MAX_BODY_BYTES } from '../../../gate/body-limit.js';
import { newRouter } from '../../../gate/openapi.js';
import { onProblem } from '../../../gate/problem.js';
import { createActivity } from '../../../kernel/activity.js';
import { ALERTS, type AlertChange, type AlertInstance, type AlertNews } from '../../../kernel/alerts.js';
import type { Clock } from '../../../kernel/clock.js';
import { createLog } from '../../../kernel/log.js';
import type { Principal } from '../../../kernel/principal.js';
import { principal, recordingBus } from '../../test/front-door.js';
import { createAlertStore, type AlertStore } from '../store.js';
import { MOST_ALERTS } from './reading.js';
import { intakeRoutes } from './routes.js';
import { createIntake, MOST_KEPT, RESOLVE_TIMEOUT, type Intake } from './service.js';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const XSS = '"><script>alert(1)</script>';
const users: Record<string, Principal> = {
  prom: principal('acme', 'prometheus', [], ['alerts.ingest']),
  glob: principal('globex', 'prometheus', [], ['alerts.ingest']),
  ada: principal('acme', 'ada', ['user'], ['alerts.view', 'alerts.manage']),
};

let store: Store;
let rows: AlertStore;
let clock: FakeClock;
let bus: ReturnType<typeof recordingBus>;
let changes: AlertChange[];
let woken: number;
let noticesBroken: boolean;
let told: AlertNews[];
let intake: Intake;
const intakes: Intake[] = [];

function another(own: Clock = clock): Intake {
  const made = createIntake({
    rows, bus, clock: own, access: createAccess(), tenants: ['acme', 'globex'], log: createLog({ level: 'silent' }), suppression: () => ({}),
    notices: {
      within(some) {
        if (noticesBroken) throw new Error('the outbox is full');
        changes.push(...some);
      },
      wake: () => void (woken += 1),
    },
  });
  intakes.push(made);
  return made;
}

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  rows = createAlertStore(store);
  clock = createFakeClock(NOW);
  bus = recordingBus();
  changes = [];
  woken = 0;
  noticesBroken = false;
  told = [];
  bus.subscribe(ALERTS, (news) => void told.push(news));
  intake = another();
});
afterEach(() => {
  for (const one of intakes.splice(0)) one.close();
  store.close();
});

async function send(body: unknown, { user = 'prom', to = intake, headers = {} }: { user?: string; to?: Intake; headers?: Record<string, string> } = {}): Promise<Response> {
  const app = newRouter();
  app.onError(onProblem(createLog({ level: 'silent' }), createActivity(clock)));
  app.use(async (c, next) => {
    const who = users[user];
    if (who) c.set('principal', who);
    await next();
  });
  app.route('/', intakeRoutes({ intake: to }));
  return app.request('/api/v2/alerts', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

const labels = { alertname: 'DiskFull', severity: 'critical', instance: 'db-1:9100', team: 'ops' };
const at = (offset: number): string => new Date(NOW + offset).toISOString();
const alert = (more: object = {}) => ({ labels, annotations: { summary: 'Disk of db-1 is full', description: 'Only 3 % left.\nClean up.' }, ...more });
const kept = (tenant = 'acme'): AlertInstance[] => rows.inStates(tenant, ['firing', 'resolved']);
const events = () => rows.events({ tenant: 'acme', from: 0, to: Number.MAX_SAFE_INTEGER, limit: 100 }).map(({ event: { what } }) => what).reverse();

describe('an alert that is sent', () => {
  it('fires, as it says of itself, and is told to pages and to the dispatcher', async () => {
    const answer = await send([alert({ startsAt: at(-MINUTE), generatorURL: 'https://prometheus.example/graph?g0.expr=x' })]);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(kept()).toEqual([{
      tenant: 'acme', id: expect.any(String) as string, ruleId: 'alertmanager:DiskFull', key: expect.stringMatching(/^[0-9a-f]{32}$/) as string, user: '', widgetId: '',
      rule: 'DiskFull', name: 'Disk of db-1 is full', title: 'Disk of db-1 is full', text: 'Only 3 % left.\nClean up.', state: 'firing', severity: 'critical',
      value: null, threshold: null, since: NOW - MINUTE, firedAt: NOW - MINUTE, held: 0, missing: 0, labels, runbook: 'https://prometheus.example/graph?g0.expr=x',
      notifications: ['dashboard', 'email', 'webhook', 'push', 'sms'], cooldown: 300_000, comments: 0, until: NOW + RESOLVE_TIMEOUT, updatedAt: NOW,
    }]);
    expect(changes).toEqual([{ now: kept()[0] }]);
    expect([woken, events()]).toEqual([1, ['fired']]);
    expect(told).toMatchObject([{ tenant: 'acme', alert: { state: 'firing', rule: 'DiskFull' } }]);
    expect(told[0]).not.toHaveProperty('user');
    expect(told[0]?.alert).not.toHaveProperty('widgetId');
  });

  it('again is the same one, in whatever order its labels are; what it says of itself is the newest', async () => {
    await send([alert()]);
    await clock.advance(MINUTE);
    await send([alert(), alert()]);
    expect([kept().length, changes.length, woken, told.length]).toEqual([1, 1, 1, 1]);
    await send([alert({ labels: Object.fromEntries(Object.entries({ ...labels, empty: '' }).reverse()), annotations: { summary: 'Now at 2 %' }, startsAt: at(-HOUR) })]);
    expect(kept()).toMatchObject([{ title: 'Now at 2 %', since: NOW, firedAt: NOW }]);
    expect([changes.length, told.length, events()]).toEqual([1, 2, ['fired']]);
    await send([alert({ labels: { ...labels, instance: 'db-2:9100' } })]);
    expect([kept().length, changes.length]).toEqual([2, 2]);
  });

  it('keeps what people did with it, until it comes back', async () => {
    await send([alert()]);
    const [fired] = kept() as [AlertInstance];
    rows.save({ ...fired, ack: { by: 'ada', at: at(0) }, assignee: 'ada', comments: 2, updatedAt: fired.updatedAt + 1 });
    await send([alert({ annotations: { summary: 'Other' } })]);
    expect(kept()).toMatchObject([{ id: fired.id, ack: { by: 'ada' }, assignee: 'ada', comments: 2, updatedAt: NOW + 2 }]);
    await send([alert({ endsAt: at(0) })]);
    expect(kept()).toMatchObject([{ state: 'resolved', ack: { by: 'ada' } }]);
    await clock.advance(HOUR);
    await send([alert()]);
    const [again] = kept() as [AlertInstance];
    expect(again).toMatchObject({ id: fired.id, state: 'firing', comments: 2, firedAt: NOW + HOUR });
    for (const field of ['ack', 'assignee', 'resolvedAt', 'reason']) expect(again).not.toHaveProperty(field);
    expect(events()).toEqual(['fired', 'resolved', 'fired']);
  });

  it('is over where its end is past; the end of one that nobody knows is nothing', async () => {
    await send([alert({ labels: { alertname: 'Unknown' }, startsAt: at(-HOUR), endsAt: at(-MINUTE) })]);
    expect(kept()).toEqual([]);
    await send([alert({ startsAt: at(-HOUR) })]);
    await clock.advance(MINUTE);
    for (let retry = 0; retry < 3; retry += 1) await send([alert({ startsAt: at(-HOUR), endsAt: at(30_000) })]);
    expect(kept()).toMatchObject([{ state: 'resolved', resolvedAt: NOW + 30_000, since: NOW + MINUTE, severity: 'critical' }]);
    expect([changes.length, woken, events()]).toEqual([2, 2, ['fired', 'resolved']]);
    expect(changes[1]?.before).toMatchObject({ state: 'firing' });
    // It fires anew, and a late word of the old end does not end it.
    await clock.advance(MINUTE);
    await send([alert()]);
    await send([alert({ startsAt: at(-HOUR), endsAt: at(30_000) })]);
    expect(kept()).toMatchObject([{ state: 'firing' }]);
  });

  it('belongs to the tenant of the token', async () => {
    await send([alert({ tenant: 'acme' })], { user: 'glob' });
    expect([kept('acme').length, kept('globex').length]).toEqual([0, 1]);
    await send([alert({ endsAt: at(0) })]);
    expect(kept('globex')).toMatchObject([{ state: 'firing' }]);
    expect(told.map(({ tenant }) => tenant)).toEqual(['globex']);
  });

  it('needs alerts.ingest, before the body is read', async () => {
    expect((await send('{', { user: 'ada' })).status).toBe(403);
    expect((await send([alert()], { user: 'nobody' })).status).toBe(401);
    expect(kept()).toEqual([]);
  });

  it('and what is told of it stand both or neither', async () => {
    noticesBroken = true;
    expect((await send([alert()])).status).toBe(500);
    expect([kept(), told, events(), woken]).toEqual([[], [], [], 0]);
    noticesBroken = false;
    await send([alert()]);
    expect([kept().length, changes.length]).toEqual([1, 1]);
  });
});

describe('what it says of itself', () => {
  it.each([
    ['critical', 'critical'], ['CRITICAL', 'critical'], ['info', 'info'], ['warning', 'warning'], ['page', 'warning'], ['', 'warning'], [undefined, 'warning'], ['__proto__', 'warning'],
  ])('severity %j is %s', async (given, severity) => {
    await send([alert({ labels: { alertname: 'x', ...(given !== undefined && { severity: given }) } })]);
    expect(kept()).toMatchObject([{ severity }]);
    expect(kept()[0]?.notifications.includes('sms')).toBe(severity === 'critical');
  });

  it.each([
    ['javascript:alert(1)', undefined], ['JaVaScRiPt:alert(1)', undefined], ['java\tscript:alert(1)', undefined], ['data:text/html,x', undefined], ['//evil.example', undefined], ['file:///etc/passwd', undefined],
    ['https://wiki.example/disk', 'https://wiki.example/disk'], ['http://wiki.example', 'http://wiki.example/'], [`https://wiki.example/${'x'.repeat(2_000)}`, undefined],
  ])('runbook %s', async (given, runbook) => {
    await send([alert({ annotations: { runbook_url: given } })]);
    expect(kept()[0]?.runbook).toBe(runbook);
    await send([alert({ labels: { alertname: 'y' }, generatorURL: given })]);
    expect(kept().find(({ rule }) => rule === 'y')?.runbook).toBe(runbook);
  });

  it('is text, whatever stands in it; of lines and steering characters only those of the text stay', async () => {
    await send([alert({
      labels: { alertname: `${XSS}\r\nBcc: all@acme.example`, constructor: 'x', toString: XSS },
      annotations: { summary: `${XSS}\u0000\u001b[31m\u202e`, description: `${XSS}\r\n\u0007two`, constructor: 'x' },
    })]);
    expect(kept()).toMatchObject([{
      rule: `${XSS} Bcc: all@acme.example`, title: expect.stringMatching(/^"><script>alert\(1\)<\/script> \[31m$/) as string, text: `${XSS}\n two`, labels: { constructor: 'x', toString: XSS },
    }]);
  });

  it('is long only where it does not tell alerts apart', async () => {
    await send([alert({ annotations: { summary: 's'.repeat(5_000), description: 'd'.repeat(50_000) } })]);
    expect(kept()).toMatchObject([{ title: expect.stringMatching(/^s{199}…$/) as string, text: expect.stringMatching(/^d{1999}…$/) as string }]);
  });

  it('may have no name, no annotations and no times, as Go writes none', async () => {
    expect((await send([{ labels: { job: 'x' }, annotations: null, startsAt: '0001-01-01T00:00:00Z', endsAt: '0001-01-01T00:00:00.000Z', generatorURL: '' }])).status).toBe(200);
    expect(kept()).toMatchObject([{ rule: 'Alert', title: 'Alert', state: 'firing', firedAt: NOW, until: NOW + RESOLVE_TIMEOUT }]);
  });

  it('began at the latest now, whatever its clock says', async () => {
    await send([alert({ startsAt: at(HOUR), endsAt: at(2 * HOUR) })]);
    expect(kept()).toMatchObject([{ firedAt: NOW, since: NOW }]);
  });
});

describe('what is wrong with one', () => {
  it.each([
    [null, '1'], ['x', '1'], [[], '1'], [{}, '1.labels'], [{ labels: null }, '1.labels'], [{ labels: [] }, '1.labels'], [{ labels: {} }, '1.labels'], [{ labels: { alertname: '' } }, '1.labels'],
    [{ labels: { alertname: 7 } }, '1.labels.alertname'], [{ labels: { a: null } }, '1.labels.a'], [{ labels: { '': 'x' } }, '1.labels'],
    [{ labels: { ['n'.repeat(201)]: 'x' } }, '1.labels'], [{ labels: { a: 'x'.repeat(2_001) } }, '1.labels.a'],
    [{ labels: Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`l${index}`, 'x'])) }, '1.labels'],
    [{ labels: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`l${index}`, 'x'.repeat(200)])) }, '1.labels'],
    [{ labels, annotations: { summary: {} } }, '1.annotations.summary'], [{ labels, annotations: 'x' }, '1.annotations'],
    [{ labels, startsAt: 1 }, '1.startsAt'], [{ labels, endsAt: 'tomorrow' }, '1.endsAt'], [{ labels, endsAt: '2026-01-02' }, '1.endsAt'], [{ labels, startsAt: '2026-13-41T00:00:00Z' }, '1.startsAt'],
    [{ labels, startsAt: '2026-01-02T03:00:00Z', endsAt: '2026-01-02T02:00:00Z' }, '1.endsAt'], [{ labels, generatorURL: 7 }, '1.generatorURL'],
  ])('%j is told by its place, and the others are taken', async (bad, path) => {
    const others = ['one', 'two'].map((alertname) => ({ labels: { alertname } }));
    const answer = await send([others[0], bad, others[1]]);
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { errors: { path: string }[] }).errors.map((fault) => fault.path)).toEqual([path]);
    expect(kept().map(({ rule }) => rule).sort()).toEqual(['one', 'two']);
  });

  it('a name that reaches a prototype is refused, and reaches none', async () => {
    expect((await send('[{"labels":{"__proto__":"x","alertname":"y"}}]')).status).toBe(422);
    expect((await send('[{"labels":{"alertname":"y"},"annotations":{"__proto__":"x"},"__proto__":{"polluted":1}}]')).status).toBe(200);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([['{}', 422], ['null', 422], ['"x"', 422], ['7', 422], ['', 400], ['[', 400], ['[]', 200]])('a body %s is %i', async (body, status) => {
    expect((await send(body)).status).toBe(status);
  });

  it(`is that it is one of more than ${MOST_ALERTS}`, async () => {
    const answer = await send(Array.from({ length: MOST_ALERTS + 1 }, () => ({ labels: { a: 'b' } })));
    expect(answer.status).toBe(422);
    expect(kept()).toEqual([]);
    expect((await send([alert()], { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  });
});

describe('without a word of it', () => {
  it('it is over after five minutes; each word lets it go on', async () => {
    await send([alert()]);
    for (let word = 0; word < 4; word += 1) {
      await clock.advance(4 * MINUTE);
      await send([alert()]);
    }
    expect(changes).toHaveLength(1);
    await clock.advance(RESOLVE_TIMEOUT - 1_000);
    expect(kept()).toMatchObject([{ state: 'firing' }]);
    await clock.advance(10_000);
    expect(kept()).toMatchObject([{ state: 'resolved', reason: 'gone' }]);
    expect(kept()[0]).not.toHaveProperty('until');
    expect([changes.length, woken, told.length, events()]).toEqual([2, 2, 2, ['fired', 'resolved']]);
    await clock.advance(HOUR);
    expect(changes).toHaveLength(2);
  });

  it('it is over at the end that its sender named', async () => {
    await send([alert({ endsAt: at(4 * MINUTE) })]);
    await clock.advance(4 * MINUTE - 1);
    expect(kept()).toMatchObject([{ state: 'firing' }]);
    await clock.advance(6_000);
    expect(kept()).toMatchObject([{ state: 'resolved' }]);
    await send([alert({ labels: { alertname: 'long' }, endsAt: at(2 * HOUR) })]);
    await clock.advance(HOUR);
    expect(kept().find(({ rule }) => rule === 'long')).toMatchObject({ state: 'firing' });
  });

  it.each([HOUR, -HOUR])('a jump of the wall clock by %i ms neither ends it nor keeps it', async (jump) => {
    let wall = 0;
    const jumping: Clock = { now: () => clock.now() + wall, monotonic: clock.monotonic, after: clock.after };
    const own = another(jumping);
    await send([alert()], { to: own });
    wall = jump;
    await clock.advance(RESOLVE_TIMEOUT - 1_000);
    expect(kept()).toMatchObject([{ state: 'firing' }]);
    await clock.advance(10_000);
    expect(kept()).toMatchObject([{ state: 'resolved' }]);
    expect(changes).toHaveLength(2);
  });

  it('a restart neither fires anew nor forgets: all get the time to be said again', async () => {
    await send([alert(), alert({ labels: { alertname: 'other' } })]);
    intake.close();
    await clock.advance(HOUR);
    const next = another();
    await clock.advance(MINUTE);
    await send([alert()], { to: next });
    expect(changes).toHaveLength(2);
    await clock.advance(4 * MINUTE + 10_000);
    expect(kept().map(({ rule, state }) => `${rule} ${state}`).sort()).toEqual(['DiskFull firing', 'other resolved']);
    expect(changes).toHaveLength(3);
  });

  it('one edge does not end what another heard of, and what both know is ended once', async () => {
    await send([alert()]);
    const other = another();
    for (let word = 0; word < 5; word += 1) {
      await clock.advance(2 * MINUTE);
      await send([alert()], { to: other });
    }
    expect([kept()[0]?.state, changes.length]).toEqual(['firing', 1]);
    await clock.advance(2 * RESOLVE_TIMEOUT);
    expect([kept()[0]?.state, changes.length]).toEqual(['resolved', 2]);
  });

  it('what another edge heard of and can end no more is ended here', async () => {
    const other = another();
    await send([alert()], { to: other });
    other.close();
    await clock.advance(3 * RESOLVE_TIMEOUT);
    expect([kept()[0]?.state, changes.length]).toEqual(['resolved', 2]);
  });

  it('an end that cannot be written is tried again', async () => {
    await send([alert()]);
    noticesBroken = true;
    await clock.advance(RESOLVE_TIMEOUT + 10_000);
    expect(kept()).toMatchObject([{ state: 'firing' }]);
    noticesBroken = false;
    await clock.advance(5_000);
    expect(kept()).toMatchObject([{ state: 'resolved' }]);
  });
});

describe('many', () => {
  it('are bounded: for new ones the oldest go that are over; where all fire, what is more is told', async () => {
    const fill = (count: number, state: 'firing' | 'resolved') => rows.write(() => {
      for (let index = 0; index < count; index += 1) {
        rows.save({
          tenant: 'acme', id: `${state}${index}`, ruleId: `r${state}${index}`, key: '', user: '', widgetId: '', rule: 'r', name: 'n', state, severity: 'info', value: null, threshold: null,
          since: NOW - 1_000 - index, held: 0, missing: 0, title: 't', labels: {}, notifications: [], cooldown: 0, comments: 0, updatedAt: NOW,
        });
      }
    });
    fill(MOST_KEPT, 'resolved');
    expect((await send([alert()])).status).toBe(200);
    expect(rows.get('acme', `resolved${MOST_KEPT - 1}`)).toBeUndefined();
    expect(rows.get('acme', 'resolved0')).toBeDefined();
    rows.removeFromOutside('acme', NOW + 1, MOST_KEPT);
    fill(MOST_KEPT - 2, 'firing');
    const answer = await send(['a', 'b', 'c'].map((alertname) => ({ labels: { alertname } })));
    expect(((await answer.json()) as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual(['1', '2']);
    // Those that are known go on.
    expect((await send([alert()])).status).toBe(200);
    expect((await send([{ labels: { alertname: 'theirs' } }], { user: 'glob' })).status).toBe(200);
  });

  it('as many as a body may hold are taken in one go', async () => {
    const body = JSON.stringify(Array.from({ length: 7_000 }, (_, index) => ({ labels: { alertname: `rule ${index % 20}`, instance: `host-${index}`, severity: 'warning' }, annotations: { summary: 'Something is wrong' } })));
    expect(body.length).toBeLessThan(MAX_BODY_BYTES);
    expect((await send(body)).status).toBe(200);
    expect([rows.countFromOutside('acme'), changes.length, woken]).toEqual([7_000, 7_000, 1]);
  });
});
