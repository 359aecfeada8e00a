import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AlertRule, AlertRuleInput, BacktestResult } from '../../../../sdk/contract/alert.js';
import type { CCMWidget } from '../../../../sdk/contract/widget.js';
import { openStore, type Store } from '../../../drivers/store/open-store.js';
import { createAccess } from '../../../gate/access.js';
import type { AuditEvent } from '../../../kernel/audit.js';
import type { CatalogueEntry } from '../../../kernel/catalogue.js';
import type { SamplePoint } from '../../../kernel/samples.js';
import { frontDoor, principal, problemOf, recordingBus, testClock, type FrontDoor } from '../../test/front-door.js';
import { widget } from '../../test/widgets.js';
import { alertRuleRoutes } from './routes.js';
import { createRules } from './rules.js';
import { MAX_OWN, RULE_CHANGES } from './service.js';
import { createRuleStore, type RuleStore } from './store.js';

const USERS = {
  ann: principal('acme', 'ann', ['user'], ['stock.view']),
  bob: principal('acme', 'bob', ['user'], ['stock.view']),
  boss: principal('acme', 'boss', ['admin'], ['stock.view', 'alerts.manage']),
  blind: principal('acme', 'blind', ['admin'], ['alerts.manage']),
  ann2: principal('globex', 'ann', ['admin'], ['*']),
};
const INPUT: AlertRuleInput = { widgetId: 'stock', field: 'total', operator: '<', value: 5, severity: 'warning', notifications: ['dashboard'] };
const WIDGETS: CCMWidget[] = [
  widget({ id: 'stock', title: 'Stock', permissions: ['stock.view'], alerts: { enabled: true, notifications: [], conditions: [{ field: 'total', operator: '>', value: 100, severity: 'info', name: 'much' }] } }),
  widget({ id: 'mine', scope: 'user' }),
  widget({ id: 'goods', type: 'table', statConfig: undefined, tableConfig: { columns: [{ key: 'stock_level', label: 'Stock' }] } }),
];
const PATH = '/alerts/rules';

let store: Store;
let rows: RuleStore;
let door: FrontDoor;
let points: SamplePoint[];
let trail: AuditEvent[];
let told: { tenant: string; id: string }[];
const clock = testClock();

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  rows = createRuleStore(store);
  [points, trail, told] = [[], [], []];
  const bus = recordingBus();
  bus.subscribe(RULE_CHANGES, (change) => void told.push(change));
  const entries = new Map(WIDGETS.map((one): [string, CatalogueEntry] => [one.id, { widget: one, version: '1', origin: 'tenant' }]));
  const { service } = createRules({
    rows, bus, clock, access: createAccess(), tenants: new Map(), settings: { rules: [{ ...INPUT, name: 'house' }], mostInstances: 100 },
    catalogue: { of: (tenant) => Promise.resolve(tenant === 'acme' ? entries : new Map()) },
    samples: { read: ({ tenant, name }, since) => points.filter(({ time }) => time >= since && tenant === 'acme' && name === 'widget:stock:total') },
    audit: { within: (event) => void trail.push(event) },
  });
  door = frontDoor(USERS, alertRuleRoutes({ rules: service }));
});
afterEach(() => store.close());

const make = async (user: keyof typeof USERS, more: Partial<AlertRuleInput> = {}): Promise<AlertRule> => {
  const { status, body } = await door.as(user)('POST', PATH, { ...INPUT, ...more });
  expect(status).toBe(201);
  return body;
};
const list = async (user: keyof typeof USERS, query = ''): Promise<string[]> =>
  ((await door.as(user)('GET', `${PATH}${query}`)).body as { items: AlertRule[] }).items.map(({ name, owner }) => [name, owner].filter(Boolean).join(' of '));

describe('rules by HTTP', () => {
  test('the whole life of one', async () => {
    const ask = door.as('ann');
    const made = await ask('POST', PATH, { ...INPUT, name: 'low' });
    expect([made.status, made.body]).toEqual([201, expect.objectContaining({ ...INPUT, name: 'low', origin: 'user', owner: 'ann', enabled: true })]);
    const { id } = made.body as AlertRule;
    expect(made.headers.get('location')).toBe(`/api/v1${PATH}/${id}`);
    clock.move(1_000);
    const changed = await ask('PATCH', `${PATH}/${id}`, { value: 7, for: 60, name: null });
    expect([changed.status, changed.body]).toEqual([200, expect.objectContaining({ value: 7, for: 60, name: 'total < 7', id })]);
    expect((await ask('PATCH', `${PATH}/${id}`, { for: null, enabled: false }, { 'content-type': 'application/merge-patch+json' })).body).toMatchObject({ enabled: false, value: 7 });
    expect(rows.get('acme', id)?.body).not.toContain('"for"');
    expect((await ask('DELETE', `${PATH}/${id}`)).status).toBe(204);
    expect(problemOf(await ask('DELETE', `${PATH}/${id}`)).code).toBe('not_found');
    expect(trail.map(({ action, user, detail }) => [action, user, detail])).toEqual([
      ['rule.set', 'ann', 'made'], ['rule.set', 'ann', 'changed'], ['rule.set', 'ann', 'changed'], ['rule.remove', 'ann', 'total < 7'],
    ]);
    expect(told).toEqual(Array.from({ length: 4 }, () => ({ tenant: 'acme', id })));
  });

  test('what is wrong is told by its path', async () => {
    const { id } = await make('ann');
    for (const [method, path, body] of [['POST', PATH, { ...INPUT, operator: '~', value: {} }], ['PATCH', `${PATH}/${id}`, { operator: '~', value: {} }]] as const) {
      const problem = problemOf(await door.as('ann')(method, path, body));
      expect([problem.code, problem.errors?.map((fault) => fault.path)]).toEqual(['invalid', ['operator', 'value']]);
    }
    for (const patch of ['null', '[]', '"x"', '{"__proto__":{"a":1}}', '{"owner":"bob"}', '{"id":"x"}']) {
      expect((await door.as('ann')('PATCH', `${PATH}/${id}`, patch)).status, patch).toBe(422);
    }
    expect([rows.get('acme', id)?.owner, JSON.parse(rows.get('acme', id)?.body ?? '')]).toEqual(['ann', INPUT]);
  });

  test('who may not see the widget gets what is not there', async () => {
    const { id } = await make('boss');
    const unseen = [
      await door.as('blind')('POST', PATH, INPUT), await door.as('ann2')('POST', PATH, INPUT), await door.as('ann')('POST', PATH, { ...INPUT, widgetId: 'none' }),
      await door.as('blind')('PATCH', `${PATH}/${id}`, { value: 1 }), await door.as('blind')('DELETE', `${PATH}/${id}`), await door.as('ann2')('DELETE', `${PATH}/${id}`),
      await door.as('blind')('POST', `${PATH}/backtest`, { rule: INPUT }),
    ].map(problemOf);
    expect(new Set(unseen.map((problem) => JSON.stringify(problem))).size).toBe(1);
    expect(unseen[0]?.code).toBe('not_found');
    expect(await list('blind')).toEqual([]);
    expect(await list('ann2')).toEqual([]);
  });

  test('of who holds alerts.manage it is for all, else its owner\'s alone', async () => {
    const [mine, ours] = [await make('ann', { name: 'mine' }), await make('boss', { name: 'ours' })];
    expect([rows.get('acme', mine.id)?.shared, rows.get('acme', ours.id)?.shared]).toEqual([false, true]);
    expect(await list('ann')).toEqual(['much', 'house', 'mine of ann']);
    expect(await list('bob')).toEqual(['much', 'house']);
    expect((await list('boss')).sort()).toEqual(['house', 'mine of ann', 'much', 'ours of boss']);
    expect(await list('boss', '?widget=mine')).toEqual([]);
    for (const id of [mine.id, ours.id]) expect((await door.as('bob')('PATCH', `${PATH}/${id}`, { value: 1 })).status).toBe(404);
    expect((await door.as('boss')('PATCH', `${PATH}/${mine.id}`, { value: 1 })).status).toBe(200);
    expect(rows.get('acme', mine.id)).toMatchObject({ shared: false, owner: 'ann' });
  });

  test('one for all needs the right also of its owner', async () => {
    const { id } = await make('boss');
    rows.save({ ...rows.get('acme', id)!, id: 'anns', owner: 'ann' });
    expect((await door.as('ann')('DELETE', `${PATH}/anns`)).status).toBe(403);
  });

  test('those of definitions and settings are changed where they stand', async () => {
    for (const id of ['widget:stock:much', 'settings:stock:house']) {
      const path = `${PATH}/${encodeURIComponent(id)}`;
      expect([(await door.as('boss')('PATCH', path, { value: 1 })).status, (await door.as('boss')('DELETE', path)).status]).toEqual([409, 409]);
      expect([(await door.as('ann')('DELETE', path)).status, (await door.as('blind')('DELETE', path)).status]).toEqual([409, 404]);
    }
  });

  test('who may see a widget may see the rules that it carries, as they are', async () => {
    const { items } = (await door.as('bob')('GET', `${PATH}?widget=stock`)).body as { items: AlertRule[] };
    expect(items).toEqual([
      { id: 'widget:stock:much', name: 'much', origin: 'widget', enabled: true, widgetId: 'stock', field: 'total', operator: '>', value: 100, severity: 'info', notifications: [] },
      { ...INPUT, id: 'settings:stock:house', name: 'house', origin: 'settings', enabled: true },
    ]);
    expect(await list('blind', '?widget=stock')).toEqual([]);
  });

  test('a list comes in pages', async () => {
    for (const name of ['a', 'b', 'c']) await make('ann', { name });
    const first = (await door.as('ann')('GET', `${PATH}?limit=4`)).body as { items: AlertRule[]; cursor: string };
    expect(first.items.map(({ name }) => name)).toEqual(['much', 'house', 'a', 'b']);
    expect(await list('ann', `?limit=4&cursor=${first.cursor}`)).toEqual(['c of ann']);
  });

  test('a user has so many', async () => {
    for (let count = 0; count < MAX_OWN; count += 1) rows.save({ tenant: 'acme', id: `r${count}`, widgetId: 'stock', owner: 'ann', shared: false, body: JSON.stringify(INPUT), createdAt: count, updatedAt: count });
    expect(problemOf(await door.as('ann')('POST', PATH, INPUT))).toMatchObject({ code: 'conflict' });
    expect((await door.as('bob')('POST', PATH, INPUT)).status).toBe(201);
  });

  test('one on a widget that is gone can still be seen and removed by its owner', async () => {
    rows.save({ tenant: 'acme', id: 'old', widgetId: 'gone', owner: 'ann', shared: false, body: JSON.stringify({ ...INPUT, widgetId: 'gone' }), createdAt: 1, updatedAt: 1 });
    expect(await list('ann')).toEqual(['much', 'house', 'total < 5 of ann']);
    expect((await door.as('ann')('PATCH', `${PATH}/old`, { value: 1 })).status).toBe(404);
    expect((await door.as('ann')('DELETE', `${PATH}/old`)).status).toBe(204);
  });
});

describe('a back-test', () => {
  const MINUTE = 60_000;
  /** A sample a minute, the last one now. */
  const sampled = (values: number[]): void => {
    points = values.map((value, index) => ({ time: clock.now() - (values.length - 1 - index) * MINUTE, value }));
  };
  const run = async (more: Partial<AlertRuleInput> = {}, hours?: number): Promise<BacktestResult> => {
    const { status, body } = await door.as('ann')('POST', `${PATH}/backtest`, { rule: { ...INPUT, ...more }, hours });
    expect(status).toBe(200);
    return body;
  };
  /** Minutes before now. */
  const ago = (time: number | undefined): number | undefined => (time === undefined ? undefined : (clock.now() - time) / MINUTE);

  test('tells when the rule would have fired, and saves nothing', async () => {
    sampled([9, 9, 3, 2, 9, 9, 4, 4]);
    const { points: shown, firings } = await run();
    expect(shown).toHaveLength(8);
    expect(firings.map(({ from, until, value }) => [ago(from), ago(until), value])).toEqual([[5, 3, 3], [1, undefined, 4]]);
    expect(rows.count('acme')).toBe(0);
  });

  test('waits as the rule does, to the moment', async () => {
    sampled([9, 3, 3, 3, 9, 9, 9]);
    const { firings } = await run({ for: 90, keepFiring: 90 });
    expect(firings.map(({ from, until }) => [ago(from), ago(until)])).toEqual([[3.5, 0.5]]);
  });

  test('recovers where the rule does', async () => {
    sampled([9, 3, 6, 6, 9, 9]);
    expect((await run({ recover: 8 })).firings.map(({ from, until }) => [ago(from), ago(until)])).toEqual([[4, 1]]);
  });

  test('reduces a window of samples', async () => {
    sampled([0, 1, 2, 3, 14, 15, 16, 17]);
    const { firings } = await run({ operator: '>', value: 10, reduce: { by: 'change', over: '3m' } });
    expect(firings.map(({ from, until, value }) => [ago(from), ago(until), value])).toEqual([[3, 0, 13]]);
  });

  test('says how much there is to see, and where there is nothing', async () => {
    sampled(Array.from({ length: 60 }, () => 9));
    expect((await run({}, 1)).note).toBeUndefined();
    expect((await run()).note).toBe('There is a history of 59 minutes of the last 24 hours only.');
    points = [];
    expect((await run()).note).toMatch(/no history of this field yet/);
    expect((await run({ field: 'stock_level', widgetId: 'goods' })).note).toMatch(/single rows/);
    expect((await run({ field: 'sum', widgetId: 'goods' })).note).toMatch(/no history of this field yet.*single rows/);
    expect((await run({ rows: true })).note).toMatch(/single rows/);
    expect((await run({ reduce: { by: 'sum' } })).note).toMatch(/single rows/);
    expect((await run({ operator: '=', value: 'down' })).note).toMatch(/numbers only/);
    expect((await run({ widgetId: 'mine' })).note).toMatch(/each user/);
  });

  test('of a day of samples every ten seconds takes a moment, also with a long window', async () => {
    points = Array.from({ length: 8_640 }, (_, index) => ({ time: clock.now() - index * 10_000, value: index % 7 })).reverse();
    const before = process.cpuUsage();
    expect((await run({ value: 1 })).firings.length).toBeGreaterThan(1_000);
    const plain = process.cpuUsage(before).user / 1_000;
    await run({ reduce: { by: 'mean', over: '12h' } });
    expect(plain).toBeLessThan(2_000);
    expect(process.cpuUsage(before).user / 1_000 - plain).toBeLessThan(6_000);
  });

  test('asks for nobody to tell', async () => {
    sampled([9, 3]);
    const { notifications: _notifications, ...rule } = INPUT;
    const { status, body } = await door.as('ann')('POST', `${PATH}/backtest`, { rule });
    expect([status, (body as BacktestResult).firings.length]).toEqual([200, 1]);
    expect((await door.as('ann')('POST', PATH, rule)).status).toBe(422);
    expect(problemOf(await door.as('ann')('POST', `${PATH}/backtest`, { rule: { ...rule, operator: '~' } })).errors?.map(({ path }) => path)).toEqual(['rule.operator']);
  });

  test('refuses hours that nothing is kept of', async () => {
    for (const hours of [0, 25, 1.5]) expect((await door.as('ann')('POST', `${PATH}/backtest`, { rule: INPUT, hours })).status).toBe(422);
  });
});
