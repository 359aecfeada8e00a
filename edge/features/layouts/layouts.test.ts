import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DashboardLayout, DashboardPreset, WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { openStore, type Store } from '../../drivers/store/open-store.js';
import { crudScenario } from '../test/crud-scenario.js';
import { frontDoor, principal, problemOf, recordingBus, testClock, type FrontDoor } from '../test/front-door.js';
import { layoutRoutes } from './routes.js';
import { createLayouts, MAX_LAYOUTS, type LayoutService } from './service.js';
import { createLayoutStore } from './store.js';

const PATH = '/dashboards/layouts';
const users = {
  ann: principal('acme', 'ann', ['sales_manager']),
  bob: principal('acme', 'bob', ['sales_manager']),
  annElsewhere: principal('other', 'ann', ['sales_manager']),
  guest: principal('acme', 'gus', ['guest']),
};
const item = (widgetId: string, part: Partial<WidgetLayoutItem> = {}): WidgetLayoutItem => ({ widgetId, position: { x: 0, y: 0, w: 2, h: 1 }, ...part });
const presets = new Map<string, DashboardPreset>([['sales_manager', {
  role: 'sales_manager', name: 'Sales Overview', description: 'Sales', widgets: ['sales-summary', 'top-products'],
  layout: [item('sales-summary'), item('top-products', { position: { x: 2, y: 0, w: 2, h: 2 } })],
}]]);

let store: Store;
let layouts: LayoutService;
let door: FrontDoor;
let clock: ReturnType<typeof testClock>;
let bus: ReturnType<typeof recordingBus>;

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  clock = testClock();
  bus = recordingBus();
  layouts = createLayouts({ rows: createLayoutStore(store), bus, clock, presets });
  door = frontDoor(users, layoutRoutes({ layouts }));
});

afterEach(() => {
  layouts.close();
  store.close();
});

crudScenario('a layout', {
  path: PATH,
  owner: () => door.as('ann'),
  strangers: () => ({ 'another user': door.as('bob'), 'the same name in another tenant': door.as('annElsewhere') }),
  make: { name: 'Morning', columns: 12, widgets: [item('sales-summary', { itemId: 'one', config: { title: 'Mine' }, positions: { 4: { x: 0, y: 0, w: 4, h: 1 } } })] },
  wrong: { body: { name: 'x', widgets: [{ widgetId: 'sales-summary', position: { x: 0, y: 0, w: 'wide', h: 1 } }] }, path: 'widgets.0.position.w' },
  id: 'layoutId',
  change: { name: 'Evening', widgets: [item('top-products', { itemId: 'two' })] },
});

/** Makes a layout as ann. */
async function make(body: Record<string, unknown>, user = 'ann'): Promise<DashboardLayout & { etag: string }> {
  const made = await door.as(user)('POST', PATH, { name: 'L', widgets: [], ...body });
  expect(made.status).toBe(201);
  return { ...(made.body as DashboardLayout), etag: made.headers.get('etag')! };
}
async function read(id: string, user = 'ann'): Promise<DashboardLayout & { etag: string }> {
  const asked = await door.as(user)('GET', `${PATH}/${id}`);
  expect(asked.status).toBe(200);
  return { ...(asked.body as DashboardLayout), etag: asked.headers.get('etag')! };
}

describe('a layout', () => {
  test('says whose it is and when it was made and changed', async () => {
    const made = await make({});
    expect(made).toMatchObject({ userId: 'ann', isDefault: false, createdAt: '2026-01-02T03:04:05.000Z', updatedAt: '2026-01-02T03:04:05.000Z' });
    expect(made).not.toHaveProperty('columns');
    clock.move(60_000);
    const changed = (await door.as('ann')('PATCH', `${PATH}/${made.layoutId}`, { name: 'M' })).body;
    expect(changed).toMatchObject({ createdAt: '2026-01-02T03:04:05.000Z', updatedAt: '2026-01-02T03:05:05.000Z' });
  });

  test('does not keep what a file says to its editor', async () => {
    const made = await make({ $schema: './layout.schema.json' });
    expect(made).not.toHaveProperty('$schema');
    const changed = await door.as('ann')('PATCH', `${PATH}/${made.layoutId}`, { $schema: './layout.schema.json', name: 'M' });
    expect([changed.status, changed.body]).toEqual([200, expect.not.objectContaining({ $schema: expect.anything() })]);
  });

  test('gets an id for each item that has none, and keeps those that are there', async () => {
    const { widgets } = await make({ widgets: [item('a'), item('a'), item('a', { itemId: 'mine' })] });
    const ids = widgets.map((kept) => kept.itemId);
    expect(new Set(ids).size).toBe(3);
    expect(ids[2]).toBe('mine');
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('keeps items of widgets that its user may not see or that are not there', async () => {
    const made = await make({ widgets: [item('no-such-widget', { itemId: 'x' })] });
    expect((await read(made.layoutId)).widgets).toEqual([item('no-such-widget', { itemId: 'x' })]);
  });

  test('a change that changes nothing makes no new version and tells nobody', async () => {
    const made = await make({ name: 'Same', widgets: [item('a', { itemId: 'x' })] });
    bus.changes.length = 0;
    const same = await door.as('ann')('PATCH', `${PATH}/${made.layoutId}`, { name: 'Same', widgets: made.widgets });
    expect(same.headers.get('etag')).toBe(made.etag);
    expect((await door.as('ann')('PATCH', `${PATH}/${made.layoutId}`, {})).status).toBe(200);
    expect(bus.changes).toEqual([]);
  });

  test('the list has the caller\'s own, oldest first', async () => {
    const ids: string[] = [];
    for (const name of ['one', 'two', 'three']) {
      ids.push((await make({ name })).layoutId);
      clock.move(5);
    }
    await make({ name: 'of bob' }, 'bob');
    const { items } = (await door.as('ann')('GET', PATH)).body as { items: DashboardLayout[] };
    expect(items.map((layout) => layout.layoutId)).toEqual(ids);
  });

  test('a copy has the items and another name, and is never the default', async () => {
    const made = await make({ name: 'x'.repeat(79), isDefault: true, columns: 12, widgets: [item('a', { itemId: 'x' })] });
    const copy = await door.as('ann')('POST', `${PATH}/${made.layoutId}/duplicate`);
    expect(copy.status).toBe(201);
    const body = copy.body as DashboardLayout;
    expect(copy.headers.get('location')).toBe(`/api/v1${PATH}/${body.layoutId}`);
    expect(body).toMatchObject({ name: `${'x'.repeat(73)} (copy)`, isDefault: false, columns: 12, widgets: made.widgets });
    expect(body.layoutId).not.toBe(made.layoutId);
    expect((await door.as('ann')('PATCH', `${PATH}/${body.layoutId}`, { name: body.name })).status).toBe(200);
    expect((await door.as('bob')('POST', `${PATH}/${made.layoutId}/duplicate`)).status).toBe(404);
  });

  test('there are so many a user and no more; another user still can', async () => {
    for (let made = 0; made < MAX_LAYOUTS; made += 1) await make({});
    const more = await door.as('ann')('POST', PATH, { name: 'more', widgets: [] });
    expect(problemOf(more)).toMatchObject({ status: 409, detail: expect.stringContaining(String(MAX_LAYOUTS)) });
    await make({}, 'bob');
  });
});

describe('variables, time range and settings', () => {
  const extras = {
    variables: [{ name: 'region', label: 'Region', type: 'string', default: 'north', options: ['north', 'south'] }],
    timeRange: { from: '-7d', to: 'now', timeZone: 'Europe/Madrid' },
    settings: { density: 'compact', autoSave: 0, refreshInterval: 30 },
  } as const;

  test('are kept, read, listed and copied with their layout, as is what is collapsed', async () => {
    const made = await make({ ...extras, widgets: [item('a', { itemId: 'x', collapsed: true })] });
    expect(await read(made.layoutId)).toMatchObject({ ...extras, widgets: [{ itemId: 'x', collapsed: true }] });
    const { items } = (await door.as('ann')('GET', PATH)).body as { items: DashboardLayout[] };
    expect(items[0]).toMatchObject(extras);
    expect((await door.as('ann')('POST', `${PATH}/${made.layoutId}/duplicate`)).body).toMatchObject({ ...extras, name: 'L (copy)' });
  });

  test('stay where a change does not name them; nothing in them, or null for the time, takes them away', async () => {
    const made = await make({ ...extras });
    const change = async (body: object) => (await door.as('ann')('PATCH', `${PATH}/${made.layoutId}`, body)).body as DashboardLayout;
    expect(await change({ name: 'N' })).toMatchObject({ ...extras, name: 'N' });
    expect(await change({ settings: { density: 'spacious' } })).toMatchObject({ ...extras, settings: { density: 'spacious' } });
    const without = await change({ variables: [], timeRange: null, settings: {} });
    for (const name of Object.keys(extras)) expect(without).not.toHaveProperty(name);
    expect(await change({ variables: extras.variables })).toMatchObject({ variables: extras.variables });
  });

  test('count as a change where they differ, and not where they are the same', async () => {
    const made = await make({ ...extras });
    const change = (body: object) => door.as('ann')('PATCH', `${PATH}/${made.layoutId}`, body, { 'if-match': made.etag });
    expect((await change({ ...extras })).headers.get('etag')).toBe(made.etag);
    expect((await change({ timeRange: { from: 'today', to: 'now' } })).headers.get('etag')).not.toBe(made.etag);
    expect((await change({ timeRange: { from: '-1y', to: 'now' } })).status).toBe(412);
  });

  test('go into the copy of a preset that the first change makes', async () => {
    expect((await door.as('ann')('PATCH', `${PATH}/default`, { settings: { density: 'compact' } })).status).toBe(201);
    expect(await read('default')).toMatchObject({ name: 'Sales Overview', settings: { density: 'compact' } });
  });

  test('are gone once a preset stands in their layout\'s place', async () => {
    await make({ ...extras, isDefault: true });
    layouts.replaceDefault(users.ann, { name: 'Fresh', widgets: [] });
    const fresh = await read('default');
    for (const name of Object.keys(extras)) expect(fresh).not.toHaveProperty(name);
  });

  test('may not be without end', async () => {
    const options = Array.from({ length: 100 }, (_, at) => `${'x'.repeat(95)}${at}`);
    const variables = Array.from({ length: 20 }, (_, at) => ({ name: `v${at}`, type: 'string', options }));
    expect(problemOf(await door.as('ann')('POST', PATH, { name: 'x', widgets: [], variables }))).toMatchObject({ status: 413, code: 'too_large' });
    expect(problemOf(await door.as('ann')('POST', PATH, { name: 'x', widgets: [], timeRange: null }))).toMatchObject({ status: 422 });
  });
});

describe('the default', () => {
  test('is one: setting another moves it, and neither loses a pending change', async () => {
    const first = await make({ isDefault: true });
    const second = await make({ isDefault: true });
    expect([(await read(first.layoutId)).isDefault, (await read(second.layoutId)).isDefault]).toEqual([false, true]);
    const moved = await door.as('ann')('PATCH', `${PATH}/${first.layoutId}`, { isDefault: true });
    expect(moved.status).toBe(200);
    expect([(await read(first.layoutId)).isDefault, (await read(second.layoutId)).isDefault]).toEqual([true, false]);
    expect((await read('default')).layoutId).toBe(first.layoutId);
    // The body differs, so a copy of it is refreshed; but a save that began before the move takes nothing away.
    expect((await read(second.layoutId)).etag).not.toBe(second.etag);
    expect((await door.as('ann')('PATCH', `${PATH}/${second.layoutId}`, { name: 'saved' }, { 'if-match': second.etag })).status).toBe(200);
  });

  test('cannot be deleted, by its id or as `default`, until another one is it', async () => {
    const made = await make({ isDefault: true });
    for (const id of [made.layoutId, 'default']) {
      expect(problemOf(await door.as('ann')('DELETE', `${PATH}/${id}`))).toMatchObject({ status: 409, code: 'conflict' });
    }
    await make({ isDefault: true });
    expect((await door.as('ann')('DELETE', `${PATH}/${made.layoutId}`)).status).toBe(204);
  });

  test('of one tenant is not that of the same name in another', async () => {
    await make({ name: 'here', isDefault: true });
    await make({ name: 'there', isDefault: true }, 'annElsewhere');
    expect([(await read('default')).name, (await read('default', 'annElsewhere')).name]).toEqual(['here', 'there']);
  });
});

describe('before there is a default', () => {
  test('`default` is the role\'s preset in the form of a layout, the same on every read', async () => {
    const first = await read('default');
    expect(first).toMatchObject({ userId: 'ann', layoutId: 'default', name: 'Sales Overview', isDefault: true, preset: 'sales_manager' });
    expect(first.widgets.map((kept) => kept.widgetId)).toEqual(['sales-summary', 'top-products']);
    expect(first.widgets.every((kept) => kept.itemId)).toBe(true);
    clock.move(1_000);
    expect(await read('default')).toEqual(first);
    expect((await door.as('ann')('GET', `${PATH}/default`, undefined, { 'if-none-match': first.etag })).status).toBe(304);
    expect(((await door.as('ann')('GET', PATH)).body as { items: unknown[] }).items).toEqual([]);
  });

  test('another user\'s answer has another tag: a browser keeps answers by address and tag', async () => {
    expect((await read('default', 'bob')).etag).not.toBe((await read('default')).etag);
    await make({ isDefault: true });
    await make({ isDefault: true }, 'bob');
    expect((await read('default', 'bob')).etag).not.toBe((await read('default')).etag);
  });

  test('the ids of its items are each their own', () => {
    const given: DashboardPreset = {
      role: 'r', name: 'n', description: '', widgets: ['a', 'b'], layout: [item('a', { itemId: 'preset-1' }), item('b')],
    };
    const made = createLayouts({ rows: createLayoutStore(store), bus, clock, presets: new Map([['r', given]]) });
    const { json } = made.read(principal('acme', 'rob', ['r']), 'default');
    expect((JSON.parse(json) as DashboardLayout).widgets.map((kept) => kept.itemId)).toEqual(['preset-1', 'preset-1-']);
    made.close();
  });

  test('a role without a preset begins with an empty layout', async () => {
    const start = await read('default', 'guest');
    expect(start).toMatchObject({ layoutId: 'default', name: 'My dashboard', widgets: [] });
    expect(start).not.toHaveProperty('preset');
  });

  test('the first change makes the user\'s copy: 201, with the preset\'s items where the change has none', async () => {
    const start = await read('default');
    const copied = await door.as('ann')('PATCH', `${PATH}/default`, { name: 'Mine' }, { 'if-match': start.etag });
    expect(copied.status).toBe(201);
    const body = copied.body as DashboardLayout;
    expect(copied.headers.get('location')).toBe(`/api/v1${PATH}/${body.layoutId}`);
    expect(body).toMatchObject({ name: 'Mine', isDefault: true, widgets: start.widgets });
    expect(body).not.toHaveProperty('preset');
    expect((await read('default')).layoutId).toBe(body.layoutId);
    // The other tab, which still shows the preset, loses the race.
    expect((await door.as('ann')('PATCH', `${PATH}/default`, { name: 'Late' }, { 'if-match': start.etag })).status).toBe(412);
    const again = await door.as('ann')('PATCH', `${PATH}/default`, { name: 'Again' });
    expect([again.status, (again.body as DashboardLayout).layoutId]).toEqual([200, body.layoutId]);
  });

  test('a preset that changed since is a lost race too', async () => {
    expect((await door.as('ann')('PATCH', `${PATH}/default`, { name: 'Mine' }, { 'if-match': '"older"' })).status).toBe(412);
  });

  test('`default` can be copied and cannot be deleted', async () => {
    const copy = await door.as('ann')('POST', `${PATH}/default/duplicate`);
    expect(copy.status).toBe(201);
    expect(copy.body).toMatchObject({ name: 'Sales Overview (copy)', isDefault: false });
    expect((await read('default')).preset).toBe('sales_manager');
    expect((await door.as('ann')('DELETE', `${PATH}/default`)).status).toBe(409);
  });
});

describe('who hears of it', () => {
  test('the user\'s other pages hear which layouts changed, and when `default` means another one', async () => {
    const first = await make({ isDefault: true });
    expect(bus.changes).toEqual([{ tenant: 'acme', user: 'ann', layouts: [first.layoutId, 'default'] }]);
    const second = await make({ isDefault: true });
    expect(bus.changes.at(-1)).toEqual({ tenant: 'acme', user: 'ann', layouts: [second.layoutId, first.layoutId, 'default'] });
    await door.as('ann')('PATCH', `${PATH}/${second.layoutId}`, { name: 'N' });
    expect(bus.changes.at(-1)).toEqual({ tenant: 'acme', user: 'ann', layouts: [second.layoutId] });
    await door.as('ann')('DELETE', `${PATH}/${first.layoutId}`);
    expect(bus.changes.at(-1)).toEqual({ tenant: 'acme', user: 'ann', layouts: [first.layoutId] });
  });

  test('what another process wrote is seen once the bus tells, and without it after a minute', async () => {
    const elsewhere = createLayouts({ rows: createLayoutStore(store), bus: recordingBus(), clock, presets });
    const made = await make({ name: 'before' });
    await read(made.layoutId);
    elsewhere.update(users.ann, made.layoutId, { name: 'after' });
    expect((await read(made.layoutId)).name).toBe('before');
    bus.publish({ name: 'changes' }, { tenant: 'acme', user: 'ann', layouts: [made.layoutId] });
    expect((await read(made.layoutId)).name).toBe('after');
    elsewhere.update(users.ann, made.layoutId, { name: 'unheard' });
    clock.move(60_000);
    expect((await read(made.layoutId)).name).toBe('unheard');
    elsewhere.update(users.ann, made.layoutId, { name: 'lost on the way' });
    expect((await read(made.layoutId)).name).toBe('unheard');
    bus.gap();
    expect((await read(made.layoutId)).name).toBe('lost on the way');
    elsewhere.close();
  });

  test('a race with another process is lost by its version, not by what is in memory', async () => {
    const elsewhere = createLayouts({ rows: createLayoutStore(store), bus: recordingBus(), clock, presets });
    const made = await make({ name: 'before' });
    elsewhere.update(users.ann, made.layoutId, { name: 'after' });
    expect((await door.as('ann')('PATCH', `${PATH}/${made.layoutId}`, { name: 'mine' }, { 'if-match': made.etag })).status).toBe(412);
    elsewhere.close();
  });
});
