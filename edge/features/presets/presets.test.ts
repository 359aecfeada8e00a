import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DashboardLayout, DashboardPreset } from '../../../sdk/contract/layout.js';
import { openStore, type Store } from '../../drivers/store/open-store.js';
import { layoutRoutes } from '../layouts/routes.js';
import { createLayouts, type LayoutService } from '../layouts/service.js';
import { createLayoutStore } from '../layouts/store.js';
import { frontDoor, principal, problemOf, recordingBus, testClock, type FrontDoor } from '../test/front-door.js';
import { presetRoutes } from './routes.js';
import { createPresets } from './service.js';

const preset = (role: string, ...widgets: string[]): DashboardPreset => ({
  role, name: `${role} overview`, description: `What a ${role} starts with`, widgets,
  layout: widgets.map((widgetId, x) => ({ widgetId, position: { x, y: 0, w: 1, h: 1 } })),
});
const presets = new Map([preset('admin', 'system-health'), preset('sales_manager', 'sales-summary', 'revenue-chart'), preset('user', 'hello')].map((it) => [it.role, it]));
const users = {
  sam: principal('acme', 'sam', ['sales_manager']),
  ann: principal('acme', 'ann', ['user', 'admin']),
  gus: principal('acme', 'gus', ['guest']),
};

let store: Store;
let layouts: LayoutService;
let door: FrontDoor;
let bus: ReturnType<typeof recordingBus>;

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  bus = recordingBus();
  layouts = createLayouts({ rows: createLayoutStore(store), bus, clock: testClock(), presets });
  door = frontDoor(users, layoutRoutes({ layouts }), presetRoutes({ presets: createPresets({ presets, layouts }) }));
});

afterEach(() => {
  layouts.close();
  store.close();
});

describe('GET /dashboards/presets', () => {
  test.each([['sam', ['sales_manager', 'user']], ['ann', ['user', 'admin']], ['gus', []]])('%s sees %j', async (who, roles) => {
    const { status, body } = await door.as(who)('GET', '/dashboards/presets');
    expect(status).toBe(200);
    expect(body).toEqual({ items: (roles as string[]).map((role) => presets.get(role)) });
  });
});

describe('POST /dashboards/presets/:role/apply', () => {
  test('makes the caller\'s default layout', async () => {
    const applied = await door.as('sam')('POST', '/dashboards/presets/sales_manager/apply');
    expect(applied.status).toBe(201);
    const layout = applied.body as DashboardLayout;
    expect(layout).toMatchObject({ userId: 'sam', isDefault: true, name: 'sales_manager overview', widgets: presets.get('sales_manager')!.layout });
    expect(applied.headers.get('location')).toBe(`/api/v1/dashboards/layouts/${layout.layoutId}`);
    expect((await door.as('sam')('GET', '/dashboards/layouts/default')).text).toBe(applied.text);
    expect(bus.changes.at(-1)).toEqual({ tenant: 'acme', user: 'sam', layouts: [layout.layoutId, 'default'] });
  });

  test('takes the place of what is in the default layout; the others stay', async () => {
    const mine = (await door.as('sam')('POST', '/dashboards/layouts', { name: 'Mine', isDefault: true, columns: 12, widgets: [] })).body as DashboardLayout;
    const kept = (await door.as('sam')('POST', '/dashboards/layouts', { name: 'Kept', widgets: [] })).body as DashboardLayout;
    const layout = (await door.as('sam')('POST', '/dashboards/presets/user/apply')).body as DashboardLayout;
    expect(layout).toMatchObject({ layoutId: mine.layoutId, name: 'user overview', isDefault: true });
    expect(layout).not.toHaveProperty('columns');
    const { items } = (await door.as('sam')('GET', '/dashboards/layouts')).body as { items: DashboardLayout[] };
    expect(items).toEqual([layout, kept]);
  });

  test.each([['sam', 'admin'], ['sam', 'no-such-role'], ['gus', 'user'], ['sam', '__proto__'], ['sam', ':role']])('%s has no preset %s', async (who, role) => {
    const missing = problemOf(await door.as(who)('GET', '/dashboards/layouts/never-was'));
    expect(problemOf(await door.as(who)('POST', `/dashboards/presets/${role}/apply`))).toEqual(missing);
    expect((await door.as(who)('GET', '/dashboards/layouts')).body).toEqual({ items: [] });
  });
});

test('without a token there is nothing', async () => {
  for (const [method, path] of [['GET', '/dashboards/presets'], ['POST', '/dashboards/presets/user/apply'], ['GET', '/dashboards/layouts'], ['GET', '/dashboards/layouts/default']] as const) {
    expect(problemOf(await door.as('nobody')(method, path))).toMatchObject({ status: 401, code: 'unauthenticated' });
  }
});
