import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Edge } from './compose.js';
import { tokenOf, wholeEdge } from './test/whole-edge.js';

const made = {
  id: 'made', title: 'Made', type: 'stat', size: 'small', dataSource: { type: 'static', data: { v: 'the-content' } }, statConfig: { primaryValue: 'v' }, permissions: [], roles: [],
};
const layout = { name: 'the-name', widgets: [{ widgetId: 'sales', position: { x: 0, y: 0, w: 1, h: 1 } }] };

interface SqliteClient {
  exec(sql: string): void;
}

let edge: Edge;
beforeEach(async () => {
  edge = await wholeEdge({ module: 'http://127.0.0.1:9' });
});
afterEach(() => edge.close());

async function ask(method: string, path: string, body?: unknown, claims: Parameters<typeof tokenOf>[0] = {}, headers: Record<string, string> = {}): Promise<Response> {
  return edge.app.request(`/api/v1${path}`, {
    method,
    headers: { 'authorization': `Bearer ${await tokenOf(claims)}`, 'x-request-id': 'request-1', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
const items = async () => (await (await ask('GET', '/audit')).json() as { items: Record<string, unknown>[] }).items;
const client = () => (edge.store.db as Edge['store']['db'] & { $client: SqliteClient }).$client;

describe('Audit hole', () => {
  test('changes of widgets and layouts leave a row each, with who and from which request, and without what they hold', async () => {
    expect((await ask('POST', '/widgets', made)).status).toBe(201);
    expect((await ask('PATCH', '/widgets/made', { title: 'Other' }, {}, { 'content-type': 'application/merge-patch+json' })).status).toBe(200);
    expect((await ask('DELETE', '/widgets/made')).status).toBe(204);
    const { layoutId } = await (await ask('POST', '/dashboards/layouts', layout)).json() as { layoutId: string };
    expect((await ask('PATCH', `/dashboards/layouts/${layoutId}`, { name: 'another' })).status).toBe(200);
    expect((await ask('PATCH', `/dashboards/layouts/${layoutId}`, { name: 'another' })).status).toBe(200);
    expect((await ask('DELETE', `/dashboards/layouts/${layoutId}`)).status).toBe(204);
    const rows = (await items()).reverse();
    expect(rows.map(({ action, target, detail }) => [action, target, detail])).toEqual([
      ['widget.set', 'widget made', 'made'], ['widget.set', 'widget made', 'changed'], ['widget.remove', 'widget made', undefined],
      ['layout.set', `layout ${layoutId}`, 'made'], ['layout.set', `layout ${layoutId}`, 'changed'], ['layout.remove', `layout ${layoutId}`, undefined],
    ]);
    for (const row of rows) expect(row).toMatchObject({ user: 'ada', outcome: 'ok', requestId: 'request-1' });
    expect(JSON.stringify(rows)).not.toMatch(/the-content|the-name|another|Other/);
  });

  test('while the trail cannot be written nothing is changed, reads go on, and the metric rises', async () => {
    const { layoutId } = await (await ask('POST', '/dashboards/layouts', layout)).json() as { layoutId: string };
    client().exec('CREATE TRIGGER fault BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, \'the disk says no\'); END');
    const before = await (await ask('GET', '/dashboards/layouts')).text();
    for (const [method, path, body] of [
      ['POST', '/widgets', made], ['POST', '/dashboards/layouts', layout], ['PATCH', `/dashboards/layouts/${layoutId}`, { name: 'x' }],
      ['DELETE', `/dashboards/layouts/${layoutId}`], ['POST', `/dashboards/layouts/${layoutId}/duplicate`],
    ] as [string, string, unknown?][]) {
      const answer = await ask(method, path, body);
      expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(500);
      expect(await answer.text()).not.toContain('the disk says no');
    }
    expect(await (await ask('GET', '/dashboards/layouts')).text()).toBe(before);
    expect((await ask('GET', '/widgets/made')).status).toBe(404);
    expect(await (await edge.app.request('/metrics')).text()).toMatch(/^ccm_audit_failures_total 5$/m);
    client().exec('DROP TRIGGER fault');
    expect((await ask('POST', '/widgets', made)).status).toBe(201);
  });
});

test('refused access is in the trail: what may not be done, and what may not even be seen', async () => {
  const guest = { sub: 'guest', roles: ['guest'], permissions: [] };
  expect((await ask('POST', '/widgets', made, guest)).status).toBe(403);
  expect((await ask('GET', '/widgets/sales', undefined, guest)).status).toBe(404);
  expect((await ask('GET', '/widgets/sales/data', undefined, guest)).status).toBe(404);
  expect((await ask('GET', '/widgets/never-was', undefined, guest)).status).toBe(404);
  expect((await edge.app.request('/api/v1/widgets')).status).toBe(401);
  await vi.waitFor(async () => expect((await items()).reverse()).toMatchObject([
    { user: 'guest', action: 'access.refused', target: 'POST /api/v1/widgets', outcome: 'refused', code: 'forbidden', requestId: 'request-1' },
    { user: 'guest', action: 'access.refused', target: 'GET /api/v1/widgets/:id', code: 'not_found', detail: 'widget sales' },
    { user: 'guest', action: 'access.refused', target: 'GET /api/v1/widgets/:id/data', code: 'not_found', detail: 'widget sales' },
  ]));
  expect(await items()).toHaveLength(3);
});
