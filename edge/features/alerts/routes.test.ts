/** Reading alerts and what people do with them, over the real store. HAZARDS 2 and 6: another tenant, another user, a viewer; stored XSS. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Alert, AlertEvent, AlertPage } from '../../../sdk/contract/alert.js';
import type { ListPage } from '../../../sdk/contract/answer.js';
import { openStore, type Store } from '../../drivers/store/open-store.js';
import { createFakeClock, type FakeClock } from '../../feeds/test/fake-clock.js';
import { createAccess } from '../../gate/access.js';
import { ALERTS, type AlertInstance, type AlertNews } from '../../kernel/alerts.js';
import type { AuditEvent } from '../../kernel/audit.js';
import type { CatalogueEntry } from '../../kernel/catalogue.js';
import { frontDoor, principal, problemOf, recordingBus, type Asked, type FrontDoor } from '../test/front-door.js';
import { widget } from '../test/house.js';
import { alertRoutes } from './routes.js';
import { createAlertService, LOOKED_AT, RESOLVED_SHOWN } from './service.js';
import { createAlertStore, MOST_COMMENTS, type AlertStore } from './store.js';
import { alertInstance } from './test/instance.js';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const XSS = '<img src=x onerror=alert(1)>\n"><script>alert(2)</script>';
const users = {
  ada: principal('acme', 'ada', ['user'], ['stock.view']),
  bea: principal('acme', 'bea', ['user'], ['stock.view']),
  desk: principal('acme', 'desk', ['user'], ['alerts.view', 'alerts.manage']),
  vic: principal('acme', 'vic', ['user']),
  gus: principal('globex', 'gus', ['admin'], ['*']),
};
const entries = new Map<string, CatalogueEntry>([
  ['stock', { widget: widget('stock', { type: 'static', data: {} }, { permissions: ['stock.view'] }), version: '1', origin: 'settings' }],
  ['open', { widget: widget('open', { type: 'static', data: {} }), version: '1', origin: 'settings' }],
]);

let store: Store;
let rows: AlertStore;
let clock: FakeClock;
let trail: AuditEvent[];
let trailBroken: boolean;
let told: AlertNews[];
let door: FrontDoor;

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  rows = createAlertStore(store);
  clock = createFakeClock(NOW);
  trail = [];
  trailBroken = false;
  told = [];
  const bus = recordingBus();
  bus.subscribe(ALERTS, (news) => void told.push(news));
  door = frontDoor(users, alertRoutes({
    alerts: createAlertService({
      rows, bus, clock, access: createAccess(), catalogue: { of: (tenant) => Promise.resolve(tenant === 'acme' ? entries : new Map<string, CatalogueEntry>()) },
      suppression: ({ id }) => (id === 'quiet' ? { silencedBy: 's1' } : {}),
      audit: {
        within(event) {
          if (trailBroken) throw new Error('the trail is full');
          trail.push(event);
        },
      },
    }),
  }));
});
afterEach(() => store.close());

function put(...instances: Partial<AlertInstance>[]): void {
  rows.write(() => {
    for (const one of instances) rows.save(alertInstance({ key: one.id ?? 'a1', ...one }));
  });
}

const idsOf = ({ body }: Asked): string[] => (body as AlertPage).items.map(({ id }) => id);
const list = async (user: string, query = ''): Promise<string[]> => idsOf(await door.as(user)('GET', `/alerts${query}`));
const post = (user: string, path: string, body?: unknown) => door.as(user)('POST', `/alerts/${path}`, body);
const history = async (user: string, query = ''): Promise<AlertEvent[]> => ((await door.as(user)('GET', `/alerts/history${query}`)).body as ListPage<AlertEvent>).items;

describe('the list', () => {
  it('has all that is not in order, the worst and then the newest first, and what was until a moment ago', async () => {
    put(
      { id: 'old', severity: 'critical', since: NOW - 2_000 }, { id: 'new', severity: 'critical', since: NOW - 1_000 },
      { id: 'info', severity: 'info', since: NOW }, { id: 'pending', state: 'pending', since: NOW - 5 }, { id: 'recovering', state: 'recovering', since: NOW - 4 },
      { id: 'noData', state: 'noData', since: NOW - 3 }, { id: 'error', state: 'error', since: NOW - 2 },
      { id: 'just', state: 'resolved', since: NOW - RESOLVED_SHOWN, resolvedAt: NOW - RESOLVED_SHOWN }, { id: 'over', state: 'resolved', since: NOW - RESOLVED_SHOWN - 1 },
      { id: 'inactive', state: 'inactive' },
    );
    expect(await list('ada')).toEqual(['new', 'old', 'error', 'noData', 'recovering', 'pending', 'just', 'info']);
    expect(await list('ada', '?state=resolved')).toEqual(['just', 'over']);
    expect(await list('ada', '?state=inactive')).toEqual(['inactive']);
    expect(await list('ada', '?severity=critical&state=firing')).toEqual(['new', 'old']);
    expect(await list('ada', '?widget=open')).toEqual([]);
  });

  it('tells an alert as the contract has it, and who asks', async () => {
    put({ id: 'quiet', value: undefined, text: XSS, ack: { by: 'bea', at: '2026-01-02T03:00:00.000Z' }, assignee: 'bea', comments: 2 });
    expect((await door.as('ada')('GET', '/alerts')).body).toEqual({
      me: 'ada', mayManage: false,
      items: [{
        id: 'quiet', widgetId: 'stock', rule: 'low', ruleId: 'widget:stock:low', key: 'quiet', name: 'Bolt', state: 'firing', severity: 'warning', value: null, operator: '<',
        threshold: 5, since: '2026-01-02T03:00:00.000Z', firedAt: '2026-01-02T03:00:00.000Z', title: 'Bolt is low', text: XSS, labels: { team: 'store' },
        ack: { by: 'bea', at: '2026-01-02T03:00:00.000Z' }, assignee: 'bea', comments: 2, silencedBy: 's1',
      }],
    });
    expect((await door.as('desk')('GET', '/alerts')).body).toMatchObject({ me: 'desk', mayManage: true });
  });

  it('shows each what they may see: of widgets, of none, of one user', async () => {
    put(
      { id: 'stock' }, { id: 'open', widgetId: 'open' }, { id: 'outside', widgetId: '' }, { id: 'gone', widgetId: 'removed' },
      { id: 'adas', user: 'ada' }, { id: 'vics', user: 'vic' }, { id: 'globex', tenant: 'globex' },
    );
    expect((await list('ada')).sort()).toEqual(['adas', 'open', 'stock']);
    expect((await list('bea')).sort()).toEqual(['open', 'stock']);
    expect((await list('desk')).sort()).toEqual(['gone', 'open', 'outside']);
    // Whose alert it is and who may no longer see the widget gets none of its values either.
    expect(await list('vic')).toEqual(['open']);
    expect(await list('gus')).toEqual(['globex']);
  });

  it('goes on page by page without missing or doubling one, also where many may not be seen', async () => {
    const severities = ['info', 'warning', 'critical'] as const;
    put(...Array.from({ length: 250 }, (_, index) => ({
      id: `n${index}`, severity: severities[index % 3] ?? 'info', since: NOW - (index % 7), widgetId: index % 5 === 0 ? 'open' : 'stock',
    })));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = (await door.as('vic')('GET', `/alerts?limit=7${cursor === undefined ? '' : `&cursor=${cursor}`}`)).body as AlertPage;
      expect(page.items.length).toBeLessThanOrEqual(7);
      seen.push(...page.items.map(({ id }) => id));
      ({ cursor } = page);
    } while (cursor !== undefined);
    expect(seen).toHaveLength(50);
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen).toEqual((await list('vic', '?limit=200')));
  });

  it(`looks at ${LOOKED_AT} rows a page, and then says where it goes on`, async () => {
    put(...Array.from({ length: LOOKED_AT + 10 }, (_, index) => ({ id: `n${index}`, since: NOW - index })), { id: 'last', widgetId: 'open', since: NOW - 99_999 });
    const first = (await door.as('vic')('GET', '/alerts')).body as AlertPage;
    expect(first.items).toEqual([]);
    expect(await list('vic', `?cursor=${first.cursor ?? ''}`)).toEqual(['last']);
  });

  it.each(['?state=on', '?severity=bad', '?limit=0', '?limit=201', '?cursor=x', `?cursor=${Buffer.from('["critical",1,2]').toString('base64url')}`, '?other=1'])('%s is 400', async (query) => {
    expect(problemOf(await door.as('ada')('GET', `/alerts${query}`))).toMatchObject({ status: 400, code: 'bad_request' });
  });
});

describe('what is done with an alert', () => {
  it('is kept with it, in its history, in the trail, and told to pages', async () => {
    put({ id: 'a1' });
    const before = rows.get('acme', 'a1')?.updatedAt ?? 0;
    const acked = await post('ada', 'a1/ack', { comment: 'On it' });
    expect([acked.status, (acked.body as Alert).ack]).toEqual([200, { by: 'ada', at: '2026-01-02T03:04:05.000Z', comment: 'On it' }]);
    await clock.advance(1_000);
    expect((await post('bea', 'a1/assign', { assignee: 'bea' })).body).toMatchObject({ assignee: 'bea' });
    await clock.advance(1_000);
    expect((await post('ada', 'a1/comment', { text: XSS })).body).toMatchObject({ comments: 1, assignee: 'bea', ack: { by: 'ada' } });
    expect((await history('bea')).map(({ what, by, text }) => [what, by, text])).toEqual([['commented', 'ada', XSS], ['assigned', 'bea', 'bea'], ['acked', 'ada', 'On it']]);
    expect(trail.map(({ user, action, target }) => [user, action, target])).toEqual([
      ['ada', 'alert.ack', 'alert a1'], ['bea', 'alert.assign', 'alert a1'], ['ada', 'alert.comment', 'alert a1'],
    ]);
    expect(told.map(({ tenant, user, alert }) => [tenant, user, alert.comments])).toEqual([['acme', undefined, undefined], ['acme', undefined, undefined], ['acme', undefined, 1]]);
    expect(rows.get('acme', 'a1')?.updatedAt).toBeGreaterThan(before);
  });

  it('is seen by who evaluates, also where the clock stands still or goes back', async () => {
    put({ id: 'a1', updatedAt: NOW + 3_600_000 });
    await post('ada', 'a1/ack');
    await post('bea', 'a1/ack');
    expect(rows.get('acme', 'a1')).toMatchObject({ updatedAt: NOW + 3_600_002, ack: { by: 'bea' } });
  });

  it('twice the same is once', async () => {
    put({ id: 'a1' });
    for (const body of [undefined, {}]) expect((await post('ada', 'a1/ack', body)).status).toBe(200);
    await post('ada', 'a1/assign', { assignee: 'bea' });
    await post('ada', 'a1/assign', { assignee: 'bea' });
    await post('ada', 'a1/assign', { assignee: null });
    expect((await post('ada', 'a1/assign', { assignee: null })).body).not.toHaveProperty('assignee');
    expect(trail.map(({ action }) => action)).toEqual(['alert.ack', 'alert.assign', 'alert.assign']);
    expect(told).toHaveLength(3);
  });

  it.each(['pending', 'inactive', 'resolved'] as const)('of one that is %s there is nothing to acknowledge', async (state) => {
    put({ id: 'a1', state });
    expect(problemOf(await post('ada', 'a1/ack'))).toMatchObject({ status: 409, code: 'conflict' });
    expect((await post('ada', 'a1/comment', { text: 'It was the pump.' })).status).toBe(200);
    expect(trail.map(({ action }) => action)).toEqual(['alert.comment']);
  });

  it.each(['firing', 'recovering', 'noData', 'error'] as const)('of one that is %s there is', async (state) => {
    put({ id: 'a1', state });
    expect((await post('ada', 'a1/ack')).status).toBe(200);
  });

  it('by who may not see it is the same as by who names none, and changes nothing', async () => {
    put({ id: 'a1' }, { id: 'adas', user: 'ada', widgetId: 'open' }, { id: 'outside', widgetId: '' });
    for (const [user, id] of [['vic', 'a1'], ['gus', 'a1'], ['bea', 'adas'], ['desk', 'adas'], ['ada', 'outside'], ['ada', 'none']] as const) {
      for (const [deed, body] of [['ack', {}], ['assign', { assignee: 'x' }], ['comment', { text: 'x' }]] as const) {
        const answer = await post(user, `${id}/${deed}`, body);
        const { requestId: _, ...rest } = answer.body as { requestId: string };
        expect(rest, `${user} ${id} ${deed}`).toEqual({
          type: 'about:blank', title: expect.any(String) as string, status: 404, code: 'not_found', detail: 'There is nothing here that you may see.',
        });
      }
    }
    expect([trail, told]).toEqual([[], []]);
    expect(rows.get('acme', 'adas')).not.toHaveProperty('ack');
  });

  it('of a user\'s own alert is told to that user alone', async () => {
    put({ id: 'adas', user: 'ada' });
    await post('ada', 'adas/comment', { text: 'Mine' });
    expect(told.map(({ user }) => user)).toEqual(['ada']);
    expect(await history('bea')).toEqual([]);
    expect(await history('ada')).toHaveLength(1);
  });

  it('that cannot be written into the trail is not done', async () => {
    put({ id: 'a1' });
    trailBroken = true;
    expect((await post('ada', 'a1/ack')).status).toBe(500);
    expect(rows.get('acme', 'a1')).not.toHaveProperty('ack');
    expect([await history('ada'), told]).toEqual([[], []]);
  });

  it('is bounded text', async () => {
    put({ id: 'a1' });
    const bad = [
      ['comment', {}], ['comment', { text: '' }], ['comment', { text: 'x'.repeat(2_001) }], ['comment', { text: 'a\u0000b' }], ['comment', { text: 'a\u001b[31m' }], ['comment', { text: '\ud800' }],
      ['comment', { text: 7 }], ['comment', { text: 'x', more: 1 }], ['ack', { comment: 'x'.repeat(2_001) }], ['ack', { comment: null }], ['ack', []],
      ['assign', {}], ['assign', { assignee: '' }], ['assign', { assignee: 'a\nb' }], ['assign', { assignee: 'x'.repeat(257) }],
    ] as const;
    for (const [deed, body] of bad) expect(problemOf(await post('ada', `a1/${deed}`, body)), JSON.stringify([deed, body]).slice(0, 80)).toMatchObject({ status: 422, code: 'invalid' });
    expect(trail).toEqual([]);
    put({ id: 'full', comments: MOST_COMMENTS });
    expect(problemOf(await post('ada', 'full/comment', { text: 'x' }))).toMatchObject({ status: 409, code: 'conflict' });
  });
});

describe('the history', () => {
  it('is newest first, by its filters, page by page', async () => {
    put({ id: 'a1' }, { id: 'b1', severity: 'critical' }, { id: 'c1', widgetId: 'open' });
    for (const [index, id] of ['a1', 'b1', 'c1', 'a1', 'b1'].entries()) {
      await post('ada', `${id}/comment`, { text: String(index) });
      await clock.advance(1_000);
    }
    const texts = async (query: string) => (await history('ada', query)).map(({ text }) => text);
    expect(await texts('')).toEqual(['4', '3', '2', '1', '0']);
    expect(await texts('?alert=a1')).toEqual(['3', '0']);
    expect(await texts('?widget=open')).toEqual(['2']);
    expect(await texts('?severity=critical')).toEqual(['4', '1']);
    expect(await texts('?from=2026-01-02T03:04:06Z&to=2026-01-02T05:04:08%2B02:00')).toEqual(['3', '2', '1']);
    expect((await history('vic')).map(({ text }) => text)).toEqual(['2']);
    expect(await history('gus')).toEqual([]);
    const first = (await door.as('ada')('GET', '/alerts/history?limit=2')).body as ListPage<AlertEvent>;
    await post('ada', 'a1/comment', { text: 'meanwhile' });
    const second = (await door.as('ada')('GET', `/alerts/history?limit=2&cursor=${first.cursor ?? ''}`)).body as ListPage<AlertEvent>;
    expect([...first.items, ...second.items].map(({ text }) => text)).toEqual(['4', '3', '2', '1']);
    for (const query of ['?from=yesterday', '?cursor=x', '?limit=x']) expect((await door.as('ada')('GET', `/alerts/history${query}`)).status).toBe(400);
  });
});
