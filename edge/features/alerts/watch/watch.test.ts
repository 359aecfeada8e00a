import { afterEach, describe, expect, test } from 'vitest';
import { createMemoryLock } from '../../../drivers/memory/lock.js';
import { createFakeClock, settle } from '../../../feeds/test/fake-clock.js';
import { principal } from '../../../feeds/test/fixture.js';
import { specOf } from '../../../feeds/spec.js';
import { widgetSeries } from '../../../kernel/samples.js';
import { ProblemError } from '../../../kernel/problems.js';
import { MOST_OF_OWN } from '../rules/service.js';
import type { KnownUsers } from './viewers.js';
import { INTERVAL, LOW, openEdge, watched, type EdgeOptions, type TestEdge } from './test/rig.js';

let edges: TestEdge[] = [];
async function edge(options: EdgeOptions = {}): Promise<TestEdge> {
  const made = await openEdge({ reply: () => ({ value: 9 }), ...options });
  edges.push(made);
  return made;
}
afterEach(async () => {
  for (const one of edges.reverse()) await one.end();
  edges = [];
});

const low = () => ({ value: 2 });
const fine = () => ({ value: 9 });

describe('a rule', () => {
  test('is evaluated at each answer with nobody looking, and told at once', async () => {
    const one = await edge({ widgets: [watched()] });
    expect(one.calls).toHaveLength(1);
    expect(one.changes).toEqual([]);
    await one.next(low);
    expect(one.steps()).toEqual(['>firing']);
    expect(one.told()).toMatchObject([{ widgetId: 'stock', rule: 'low', ruleId: 'widget:stock:low', state: 'firing', severity: 'warning', value: 2, threshold: 5, key: '' }]);
    expect(one.wakes()).toBeGreaterThanOrEqual(2);
    await one.next(fine);
    expect(one.steps()).toEqual(['>firing', 'firing>resolved']);
    expect(one.alerts.events({ tenant: 'acme', from: 0, to: Number.MAX_SAFE_INTEGER, limit: 10 }).map(({ event }) => event.what)).toEqual(['resolved', 'fired']);
  });

  test('shares the feed of who looks: nothing is fetched twice', async () => {
    const widget = watched();
    const one = await edge({ widgets: [widget] });
    const entry = (await one.catalogue.of('acme')).get('stock')!;
    const leave = one.feeds.watch(specOf(entry, principal('acme', 'ann')), () => undefined);
    await one.clock.advance(10 * INTERVAL);
    expect(one.calls.length).toBeLessThanOrEqual(11);
    leave();
  });

  test('waits for as long as it says, also where no other answer comes', async () => {
    const one = await edge({ widgets: [watched([{ ...LOW, for: 45 }], { refreshInterval: 3_600, dataSource: { type: 'push', channel: 'stock' } })] });
    one.feeds.supply('acme', { widgets: ['stock'] }, { value: 2 });
    await one.clock.advance(0);
    expect(one.steps()).toEqual(['>pending']);
    await one.clock.advance(44_000);
    expect(one.steps()).toEqual(['>pending']);
    await one.clock.advance(1_100);
    expect(one.steps()).toEqual(['>pending', 'pending>firing']);
  });

  test('on rows has an instance a row, and one that is gone is over after two answers', async () => {
    const one = await edge({ widgets: [watched([LOW], { listConfig: { itemKey: 'sku' } as never })], reply: () => [{ sku: 'a', value: 1 }, { sku: 'b', value: 9 }, { sku: 'c', value: 2 }] });
    expect(one.steps()).toEqual(['>firing a', '>firing c']);
    await one.next(() => [{ sku: 'b', value: 9 }, { sku: 'c', value: 2 }]);
    expect(one.steps()).toHaveLength(2);
    await one.next(() => [{ sku: 'b', value: 9 }, { sku: 'c', value: 2 }]);
    expect(one.steps().slice(2)).toEqual(['firing>resolved a']);
  });

  test('of which rows are too many is capped, and says so', async () => {
    const one = await edge({ widgets: [watched()], reply: () => Array.from({ length: 10_000 }, (_, id) => ({ id: `r${id}`, value: 1 })), settings: { mostInstances: 100 } });
    expect(one.alerts.inStates('acme', ['firing'])).toHaveLength(101);
    expect(one.told().filter(({ reason }) => reason === 'tooMany')).toMatchObject([{ key: '', value: 9_900 }]);
  });

  test('of a user without any right cannot fill the store by many rows: few of them are followed', async () => {
    const one = await edge({ widgets: [watched([])], reply: () => Array.from({ length: 1_000 }, (_, id) => ({ id: `r${id}`, value: 1 })) });
    await one.rules.service.create(principal('acme', 'ann', { permissions: [] }), { ...LOW, widgetId: 'stock', notifications: [] });
    await one.clock.advance(100);
    expect(one.alerts.inStates('acme', ['firing'])).toHaveLength(MOST_OF_OWN + 1);
    expect(one.told().filter(({ reason }) => reason === 'tooMany')).toMatchObject([{ key: '', value: 1_000 - MOST_OF_OWN }]);
  });

  test('without data is neither firing nor in order', async () => {
    const one = await edge({ widgets: [watched()], reply: () => ({ value: null }) });
    expect(one.stored()).toEqual(['noData']);
    await one.next(low);
    await one.next(() => ({ value: '' }));
    expect(one.stored()).toEqual(['firing']);
    await one.next(fine);
    expect(one.stored()).toEqual(['resolved']);
  });

  test('keeps firing while its feed fails, and one in order is an error until it mends', async () => {
    const high = { ...LOW, operator: '>' as const, value: 100, name: 'high' };
    const one = await edge({ widgets: [watched([LOW, high])], reply: low });
    await one.next(() => {
      throw new ProblemError('upstream_unreachable', 'It is away.');
    });
    expect(one.stored()).toEqual(['error', 'firing']);
    one.answer(low);
    await one.clock.advance(10 * INTERVAL);
    expect(one.stored()).toEqual(['firing']);
    expect(one.steps()).toEqual(['>firing', '>error', 'error>inactive']);
  });

  test('tells another value of what fires once a second at most, and the last of them', async () => {
    const one = await edge({ widgets: [watched([LOW], { refreshInterval: 3_600, dataSource: { type: 'push', channel: 'stock' } })] });
    for (const value of [4, 3, 2, 1]) one.feeds.supply('acme', { widgets: ['stock'] }, { value });
    await settle();
    expect(one.told().map(({ value }) => value)).toEqual([4, 3]);
    await one.clock.advance(1_000);
    expect(one.told().map(({ value }) => value)).toEqual([4, 3, 1]);
  });

  test('looks at the samples of a field that nobody shows', async () => {
    const one = await edge({ widgets: [watched([{ field: 'count', operator: '>', value: 5, severity: 'info', reduce: { by: 'change', over: '10m' } }])], reply: () => ({ value: 1, count: 10 }) });
    await one.next(() => ({ value: 1, count: 12 }));
    expect(one.steps()).toEqual(['>noData', 'noData>inactive']);
    await one.next(() => ({ value: 1, count: 16 }));
    expect(one.told().at(-1)).toMatchObject({ state: 'firing', value: 6 });
  });
});

describe('rules that change', () => {
  const input = { ...LOW, widgetId: 'stock', notifications: ['dashboard' as const] };
  const ann = principal('acme', 'ann', { permissions: [] });
  const boss = principal('acme', 'boss', { permissions: ['alerts.manage'] });

  test('a user\'s own tells that user alone; with alerts.manage it tells all', async () => {
    const one = await edge({ widgets: [watched([], {})], reply: low });
    await one.rules.service.create(ann, { ...input, name: 'mine' });
    await one.rules.service.create(boss, { ...input, name: 'all' });
    await one.clock.advance(INTERVAL);
    expect(one.news.map(({ user, alert }) => `${user ?? ''} ${alert.rule}`).sort()).toEqual([' all', 'ann mine']);
    expect(one.calls.length).toBeLessThanOrEqual(2);
  });

  test('what a removed rule fired is over, and says why', async () => {
    const one = await edge({ widgets: [watched([])], reply: low });
    const { id } = await one.rules.service.create(boss, input);
    await one.clock.advance(INTERVAL);
    await one.rules.service.remove(boss, id);
    await one.clock.advance(100);
    expect(one.told().at(-1)).toMatchObject({ state: 'resolved', reason: 'ruleGone' });
    expect(one.steps()).toEqual(['>firing', 'firing>resolved']);
    expect(one.feeds.facts(specOf((await one.catalogue.of('acme')).get('stock')!, boss)).nextAt).toBeUndefined();
  });

  test('a changed one is looked at at once, and goes on as the same alert', async () => {
    const one = await edge({ widgets: [watched([])], reply: low });
    const { id } = await one.rules.service.create(boss, input);
    await one.clock.advance(INTERVAL);
    await one.rules.service.patch(boss, id, { value: 1 });
    await one.clock.advance(100);
    expect(one.steps()).toEqual(['>firing', 'firing>resolved']);
    expect(new Set(one.told().map((alert) => alert.id)).size).toBe(1);
  });

  test('a definition that changes goes on with its alerts; a widget that goes ends them', async () => {
    const one = await edge({ widgets: [watched()], reply: low });
    await one.define(watched([LOW], { title: 'Other', refreshInterval: 60 }));
    await one.clock.advance(60_000);
    expect(one.steps()).toEqual(['>firing']);
    await one.undefine('stock');
    expect(one.steps()).toEqual(['>firing', 'firing>resolved']);
    expect(one.told().at(-1)).toMatchObject({ state: 'resolved', reason: 'ruleGone' });
    const calls = one.calls.length;
    await one.clock.advance(600_000);
    expect(one.calls).toHaveLength(calls);
  });

  test('those of the settings are evaluated for their tenants', async () => {
    const one = await edge({ widgets: [watched([])], reply: low, settings: { rules: [{ ...input, tenants: ['acme'] }, { ...input, tenants: ['globex'] }] } });
    expect(one.told().map(({ ruleId }) => ruleId)).toEqual(['settings:stock:low']);
  });

  test('their fields are sampled from then on', async () => {
    const one = await edge({ widgets: [watched([])], reply: () => ({ value: 9, open: 3 }) });
    await one.rules.service.create(boss, { ...input, field: 'open' });
    await one.clock.advance(3 * INTERVAL);
    expect(one.samples.read({ tenant: 'acme', name: widgetSeries('stock', 'open') }, 0).length).toBeGreaterThanOrEqual(2);
  });
});

describe('users', () => {
  const external = { scope: 'user' as const, dataSource: { type: 'external_api' as const, apiName: 'shop', endpoint: '/orders' } };

  test('with data of their own are each alone', async () => {
    const one = await edge({ reply: ({ credential }) => ({ value: credential?.owner === 'ann' ? 1 : 9 }) });
    for (const owner of ['ann', 'bob']) one.credentials.set({ tenant: 'acme', owner, apiName: 'shop' }, { authType: 'bearer', apiKey: owner });
    one.owned.set('shop', ['ann', 'bob']);
    await one.define(watched([LOW], external));
    expect(one.calls).toHaveLength(2);
    expect(one.news).toMatchObject([{ user: 'ann', alert: { state: 'firing' } }]);
    one.answer(() => ({ value: 1 }));
    await one.clock.advance(INTERVAL);
    expect(one.stored()).toEqual(['firing ann', 'firing bob']);
    expect(one.samples.read({ tenant: 'acme', name: widgetSeries('stock', 'value') }, 0)).toEqual([]);
  });

  test('whose credential is gone have no alerts by it any more', async () => {
    const one = await edge({ reply: low });
    const ref = one.credentials.set({ tenant: 'acme', owner: 'ann', apiName: 'shop' }, { authType: 'bearer', apiKey: 'x' });
    one.owned.set('shop', ['ann']);
    await one.define(watched([LOW], external));
    expect(one.stored()).toEqual(['firing ann']);
    one.owned.set('shop', []);
    one.credentials.remove(ref);
    await one.clock.advance(100);
    expect(one.stored()).toEqual(['resolved ann']);
  });
});

describe('who may see the widget no more', () => {
  const seeing = { ...principal('acme', 'ann', { permissions: ['stock.view'] }) };
  const users = (known: () => ReturnType<KnownUsers['find']>) => {
    const listeners = new Set<(tenant: string) => void>();
    return { find: (_tenant: string, subject: string) => (subject === 'ann' ? known() : undefined), onChange: (one: (tenant: string) => void) => (listeners.add(one), () => undefined), tell: () => listeners.forEach((one) => one('acme')) };
  };

  test.each([['has fewer rights', { ...seeing, permissions: [] }], ['has no token that counts', null]])('%s: no rule of theirs is evaluated, and no data is asked for in their name', async (_how, after) => {
    let known: ReturnType<KnownUsers['find']> = seeing;
    const register = users(() => known);
    const one = await edge({ users: register, reply: low });
    one.credentials.set({ tenant: 'acme', owner: 'ann', apiName: 'shop' }, { authType: 'bearer', apiKey: 'x' });
    one.owned.set('shop', ['ann']);
    await one.define(
      watched([], { permissions: ['stock.view'] }),
      watched([LOW], { id: 'own', permissions: ['stock.view'], scope: 'user', dataSource: { type: 'external_api', apiName: 'shop', endpoint: '/orders' } }),
    );
    await one.rules.service.create(seeing, { ...LOW, widgetId: 'stock', notifications: [], name: 'mine' });
    await one.clock.advance(100);
    expect(one.stored()).toEqual(['firing ann', 'firing ann']);
    known = after;
    register.tell();
    await one.clock.advance(100);
    expect(one.stored()).toEqual(['resolved ann', 'resolved ann']);
    const calls = one.calls.length;
    await one.clock.advance(10 * INTERVAL);
    expect(one.calls).toHaveLength(calls);
    known = seeing;
    register.tell();
    await one.clock.advance(100);
    expect(one.stored()).toEqual(['firing ann', 'firing ann']);
  });
});

describe('a restart', () => {
  test('fires nothing anew and forgets nothing', async () => {
    const one = await edge({ widgets: [watched([LOW, { ...LOW, name: 'slow', for: 120 }])], reply: low });
    await one.clock.advance(60_000);
    await one.watch.close();
    const two = await edge({ store: one.store, clock: one.clock, widgets: [watched([LOW, { ...LOW, name: 'slow', for: 120 }])], reply: low });
    expect(two.changes).toEqual([]);
    await two.clock.advance(61_000);
    expect(two.steps()).toEqual(['pending>firing']);
    await two.next(fine);
    expect(two.steps()).toEqual(['pending>firing', 'firing>resolved', 'firing>resolved']);
  });

  test('waits for a module that brings its widget later', async () => {
    const one = await edge({ widgets: [watched()], reply: low });
    await one.watch.close();
    const two = await edge({ store: one.store, clock: one.clock, reply: low });
    await two.clock.advance(600_000);
    expect(two.changes).toEqual([]);
    await two.define(watched());
    expect(two.changes).toEqual([]);
    await two.next(fine);
    expect(two.steps()).toEqual(['firing>resolved']);
  });

  test('ends what was of rules that are gone', async () => {
    const one = await edge({ widgets: [watched()], reply: low });
    await one.watch.close();
    const two = await edge({ store: one.store, clock: one.clock, widgets: [watched([])] });
    expect(two.steps()).toEqual(['firing>resolved']);
  });
});

describe('several edges', () => {
  test('on one lock: one evaluates, and the other takes over when it ends', async () => {
    const clock = createFakeClock();
    const lock = createMemoryLock({ clock });
    const one = await edge({ clock, lock, widgets: [watched()], reply: low });
    const two = await edge({ store: one.store, clock, lock, widgets: [watched()], reply: low });
    await clock.advance(INTERVAL);
    expect([one.steps(), two.steps()]).toEqual([['>firing'], []]);
    expect(two.calls).toHaveLength(0);
    await one.watch.close();
    two.answer(fine);
    await clock.advance(20_000);
    expect(two.steps()).toEqual(['firing>resolved']);
  });

  test('that cannot agree: each alert is there once, and told of once', async () => {
    const one = await edge({ widgets: [watched()], reply: fine });
    const two = await edge({ store: one.store, clock: one.clock, lock: createMemoryLock({ clock: one.clock }), widgets: [watched()], reply: fine });
    two.answer(low);
    await one.next(low);
    expect([...one.steps(), ...two.steps()]).toEqual(['>firing']);
    expect(one.stored()).toEqual(['firing']);
    two.answer(fine);
    await one.next(fine);
    expect([...one.steps(), ...two.steps()]).toEqual(['>firing', 'firing>resolved']);
    two.answer(low);
    await one.next(low);
    expect(one.stored()).toEqual(['firing']);
    expect([...one.steps(), ...two.steps()].sort()).toEqual(['>firing', 'firing>resolved', 'resolved>firing']);
  });
});

describe('what people do', () => {
  test('stays when the rule is evaluated again', async () => {
    const one = await edge({ widgets: [watched()], reply: low });
    const [fired] = one.alerts.inStates('acme', ['firing']);
    one.alerts.save({ ...fired!, ack: { by: 'ann', at: '2026-01-02T03:05:00Z' }, comments: 2, updatedAt: fired!.updatedAt + 1 });
    await one.next(() => ({ value: 1 }));
    expect(one.alerts.get('acme', fired!.id)).toMatchObject({ value: 1, ack: { by: 'ann' }, comments: 2 });
    expect(one.told().at(-1)).toMatchObject({ ack: { by: 'ann' }, value: 1 });
  });
});

describe('a store that fails', () => {
  test('loses nothing: it is written with the next answer, or a moment later', async () => {
    let broken = false;
    const one = await edge({
      widgets: [watched()],
      spoil: (store) => ({ ...store, write(work) {
        if (broken) throw new Error('database or disk is full');
        return store.write(work);
      } }),
    });
    broken = true;
    await one.next(low);
    expect([one.changes, one.news, one.stored()]).toEqual([[], [], []]);
    broken = false;
    await one.clock.advance(5_000);
    expect(one.steps()).toEqual(['>firing']);
    expect(one.stored()).toEqual(['firing']);
  });

  test('in the middle of a write leaves nothing half', async () => {
    let broken = true;
    const one = await edge({
      widgets: [watched([LOW, { ...LOW, name: 'too' }])], reply: low,
      spoil: (store) => ({ ...store, note(event) {
        if (broken && event.event.rule === 'too') throw new Error('disk I/O error');
        store.note(event);
      } }),
    });
    expect(one.stored()).toEqual([]);
    broken = false;
    await one.clock.advance(5_000);
    expect(one.stored()).toEqual(['firing', 'firing']);
    expect(one.steps()).toEqual(['>firing', '>firing']);
  });
});

test.each([3_600_000, -3_600_000])('a clock that jumps by %d ms makes no storm and cuts no waiting short', async (jump) => {
  const clock = createFakeClock();
  let off = 0;
  const one = await edge({ clock, now: () => clock.now() + off, widgets: [watched([LOW, { ...LOW, name: 'slow', for: 120 }])], reply: low });
  expect(one.steps()).toEqual(['>firing', '>pending']);
  off = jump;
  await clock.advance(60_000);
  expect(one.steps()).toEqual(['>firing', '>pending']);
  await clock.advance(61_000);
  expect(one.steps()).toEqual(['>firing', '>pending', 'pending>firing']);
});
