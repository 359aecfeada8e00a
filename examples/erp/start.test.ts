import type { CCMWidget } from '@a64core/ccm/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogin } from './platform/login.js';
import { DEMO_PRESETS } from './platform/presets.js';
import { DEMO_USERS } from './platform/users.js';
import { type Demo, startDemo } from './start.js';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ port: 0, dataDir: ':memory:', orderSeconds: 0, logLevel: 'silent' });
}, 30_000);
afterAll(() => demo.close());

const post = (path: string, body: unknown) =>
  fetch(`${demo.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const api = async (path: string, user = 'admin', tenant = 'atlas') =>
  fetch(`${demo.url}/api/v1${path}`, { headers: { authorization: `Bearer ${(await demo.login({ user, tenant })).token}` } });
const moduleData = async (module: string, endpoint: string, tenant = 'atlas', params: Record<string, unknown> = {}) => {
  const query = new URLSearchParams({ endpoint, ...Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])) });
  return (await (await api(`/modules/${module}/widget-data?${query}`, 'admin', tenant)).json()) as { data: Record<string, unknown> };
};

describe('logging in', () => {
  it('gives a token that the edge takes, with its end', async () => {
    const answer = await post('/demo/login', { user: 'sales_manager', tenant: 'borealis' });
    const { token, expiresAt } = (await answer.json()) as { token: string; expiresAt: string };
    expect(answer.status).toBe(200);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(14 * 60_000);
    expect((await fetch(`${demo.url}/api/v1/widgets`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  });

  it.each([
    [{ user: 'root' }, 'user'], [{}, 'user'], [{ user: 'admin', tenant: 'nobody' }, 'tenant'], ['admin', 'user'], [{ user: 'admin', tenant: 5 }, 'tenant'],
  ])('with %j is 422 naming %s', async (body, path) => {
    const answer = await post('/demo/login', body);
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { errors: { path: string }[] }).errors[0]?.path).toBe(path);
  });

  it('lists the companies', async () => {
    expect(await (await fetch(`${demo.url}/demo/tenants`)).json()).toEqual([
      { id: 'atlas', name: 'Atlas Office Supply' }, { id: 'borealis', name: 'Borealis Bürobedarf' },
    ]);
  });
});

describe('placing an order', () => {
  it('changes the module\'s own answer of that tenant at once, and no other', async () => {
    const total = async (tenant: string) => Number((await moduleData('sales', '/api/metrics/daily-summary', tenant)).data['total_sales']);
    const before = [await total('atlas'), await total('borealis')];
    const answer = await post('/demo/orders', { sku: 'TEC-CO-10004722', quantity: 2, tenant: 'borealis' });
    const order = (await answer.json()) as { id: string; total: number };
    expect([answer.status, order.total]).toEqual([201, 6999.98]);
    await expect.poll(() => total('borealis')).toBeCloseTo(before[1]! + order.total, 2);
    expect(await total('atlas')).toBe(before[0]);
  });

  it('is told to the edge by every module whose numbers change', async () => {
    await post('/demo/orders', { sku: 'TEC-CO-10004722', quantity: 1 });
    for (const url of Object.values(demo.modules)) {
      await expect.poll(async () => (await fetch(`${url}/metrics`)).text()).toMatch(/events_total\{tenant="atlas",outcome="taken"\} [1-9]/);
    }
  });

  it.each([
    [{ sku: 'NOPE', quantity: 1 }, 'sku'], [{ sku: '', quantity: 1 }, 'sku'], [{ sku: 'TEC-CO-10004722', quantity: 0 }, 'quantity'],
    [{ sku: 'TEC-CO-10004722', quantity: 1.5 }, 'quantity'], [{ sku: 'TEC-CO-10004722', quantity: '1' }, 'quantity'],
    [{ sku: 'TEC-CO-10004722', quantity: 1001 }, 'quantity'], [{ sku: 'TEC-CO-10004722', quantity: 1, tenant: 'x' }, 'tenant'], [[], 'sku'],
  ])('%j is 422 naming %s', async (body, path) => {
    const answer = await post('/demo/orders', body);
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { errors: { path: string }[] }).errors[0]?.path).toBe(path);
  });
});

/** Where a definition's fields are looked up, and in how many rows. */
function fieldsOf(widget: CCMWidget): { whole: string[]; row: string[] } {
  const { statConfig: stat, gaugeConfig: gauge, chartConfig: chart, tableConfig: table, listConfig: list, mapConfig: map } = widget;
  return {
    whole: [stat?.primaryValue, ...(stat?.secondaryMetrics ?? []).map((metric) => metric.value), gauge?.value].filter((path) => path !== undefined),
    row: [
      chart?.xAxis, ...(chart?.series ?? []).map((series) => series.dataKey), ...(table?.columns ?? []).map((column) => column.key), table?.rowKey,
      list?.itemTemplate.title, list?.itemTemplate.subtitle, list?.itemTemplate.badge, list?.itemKey, map?.region, map?.value,
    ].filter((path) => path !== undefined),
  };
}

describe('every widget', () => {
  it('that the requirement names is there', async () => {
    const { items } = (await (await api('/widgets?limit=100')).json()) as { items: CCMWidget[] };
    expect(items.map((widget) => widget.id)).toEqual(expect.arrayContaining([
      'sales-summary', 'stripe-payments', 'system-health', 'low-stock-alert',
      'user-activity', 'module-status', 'api-performance', 'database-stats', 'error-logs',
      'revenue-chart', 'sales-pipeline', 'top-products', 'customer-acquisition', 'conversion-rate',
      'stock-levels', 'warehouse-status', 'inventory-turnover', 'reorder-recommendations', 'inventory-alerts',
      'account-balance', 'receivables', 'payables', 'cash-flow', 'pnl-summary', 'payment-activity',
      'temperature', 'humidity', 'equipment-status',
    ]));
  });

  it('of a module has an answer with every field that it shows, for both tenants', async () => {
    const { SALES_WIDGETS } = await import('./modules/sales/widgets.js');
    const { INVENTORY_WIDGETS } = await import('./modules/inventory/widgets.js');
    const { CRM_WIDGETS } = await import('./modules/crm/widgets.js');
    const { ACCOUNTING_WIDGETS } = await import('./modules/accounting/widgets.js');
    for (const widget of [...SALES_WIDGETS, ...INVENTORY_WIDGETS, ...CRM_WIDGETS, ...ACCOUNTING_WIDGETS]) {
      const { dataSource } = widget;
      if (dataSource.type !== 'module') throw new Error(`${widget.id} asks no module.`);
      for (const tenant of ['atlas', 'borealis']) {
        const { data } = await moduleData(dataSource.moduleName, dataSource.endpoint, tenant, dataSource.params);
        const { whole, row } = fieldsOf(widget);
        for (const path of whole) expect(data, `${widget.id}: ${path}`).toHaveProperty(path);
        const items = data['items'];
        if (row.length > 0) expect(items, widget.id).toBeInstanceOf(Array);
        for (const item of Array.isArray(items) ? items : []) for (const path of row) expect(item, `${widget.id}: ${path}`).toHaveProperty(path);
      }
    }
  });

  it('that a module brings along is in the list to add from, with data as the module promised it', async () => {
    for (const [id, module, user] of [
      ['sales-average-order', 'sales', 'user'], ['inventory-stock-value', 'inventory', 'inventory_manager'],
      ['crm-won-today', 'crm', 'sales_manager'], ['accounting-net-profit', 'accounting', 'finance_manager'],
    ] as const) {
      await expect.poll(async () => (await api(`/widgets/${id}`)).status, { timeout: 5_000 }).toBe(200);
      expect(await (await api(`/widgets/${id}`)).json()).toMatchObject({ origin: 'module', module });
      for (const tenant of ['atlas', 'borealis']) {
        const { items } = (await (await api('/widgets?limit=100', user, tenant)).json()) as { items: CCMWidget[] };
        const widget = items.find((one) => one.id === id);
        expect(widget, `${user} ${id}`).toBeDefined();
        const { data } = (await (await api(`/widgets/${id}/data`, user, tenant)).json()) as { data: Record<string, unknown> };
        for (const path of fieldsOf(widget as CCMWidget).whole) expect(data, `${id}: ${path}`).toHaveProperty(path, expect.any(Number));
      }
      expect((await api(`/widgets/${id}`, 'guest')).status).toBe(404);
    }
  });

  it('and every answer is what the module promised', async () => {
    const { items } = (await (await api('/modules')).json()) as { items: { name: string; status: string; manifest: { widgets: number; schemas: number; faults: unknown[] } }[] };
    expect(items.map(({ name, status, manifest }) => [name, status, manifest.widgets, manifest.faults])).toEqual(
      ['accounting', 'crm', 'inventory', 'sales'].map((name) => [name, 'running', 1, []]));
    for (const { manifest } of items) expect(manifest.schemas).toBeGreaterThan(3);
  });

  it('of Stripe shows the tenant\'s own charges in its own currency', async () => {
    for (const [tenant, currency] of [['atlas', 'usd'], ['borealis', 'eur']] as const) {
      const { token } = await demo.login({ user: 'finance_manager', tenant });
      const answer = await fetch(`${demo.url}/api/v1/external-api/proxy`, {
        method: 'POST',
        headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
        // Exactly the widget's own call: that is all that its viewers may ask.
        body: JSON.stringify({ apiName: 'stripe', endpoint: '/v1/charges', params: { limit: 100, created: { gte: 'today' } }, credentials: 'stripe_api_key' }),
      });
      expect(answer.status).toBe(200);
      const { data } = (await answer.json()) as { data: { object: string; data: { currency: string; livemode: boolean }[] } };
      expect(data.object).toBe('list');
      expect(data.data.every((charge) => charge.currency === currency && !charge.livemode)).toBe(true);
    }
  });
});

describe('a preset', () => {
  it.each(Object.entries(DEMO_PRESETS))('of %s fills the grid without holes or overlaps', (_, preset) => {
    const cells = new Map<string, number>();
    for (const { position: { x, y, w, h } } of preset.layout) {
      for (let row = y; row < y + h; row += 1) for (let column = x; column < x + w; column += 1) cells.set(`${column},${row}`, (cells.get(`${column},${row}`) ?? 0) + 1);
    }
    const height = Math.max(...preset.layout.map(({ position }) => position.y + position.h));
    expect(cells.size).toBe(6 * height);
    expect([...cells.values()].every((count) => count === 1)).toBe(true);
    expect(Math.max(...[...cells.keys()].map((cell) => Number(cell.split(',')[0])))).toBe(5);
  });

  it('shows its role only widgets that the role may see', async () => {
    for (const { id } of DEMO_USERS) {
      const preset = Object.hasOwn(DEMO_PRESETS, id) ? DEMO_PRESETS[id] : undefined;
      const { items } = (await (await api('/widgets?limit=100', id)).json()) as { items: CCMWidget[] };
      const seen = items.map((widget) => widget.id);
      expect(seen).toEqual(expect.arrayContaining((preset?.layout ?? []).map((item) => item.widgetId)));
    }
    expect(((await (await api('/widgets', 'guest')).json()) as { items: unknown[] }).items).toEqual([]);
  });
});

describe('the pages', () => {
  it('lead to the module\'s own origin', async () => {
    const answer = await fetch(`${demo.url}/modules/sales.html`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${demo.modules.sales}/sales.html`]);
  });

  it('have one header, which says where one is', async () => {
    const headers = await Promise.all(['/', '/alerts.html', '/connections.html', '/gallery.html', '/about.html'].map(async (path) => {
      const html = await (await fetch(`${demo.url}${path}`)).text();
      expect(html).not.toContain('<!--');
      const [header = ''] = /<header class="top">.*?<\/header>/s.exec(html) ?? [];
      expect([...header.matchAll(/<a href="([^"]+)" aria-current="page">/g)].map(([, link]) => link), path).toEqual([path]);
      return header.replace(' aria-current="page"', '');
    }));
    expect(new Set(headers).size).toBe(1);
    expect((await fetch(`${demo.url}/header.html`)).status).toBe(404);
  });

  it('come with a policy that allows no inline script or style, and hold none', async () => {
    const cookie = await logIn('sales', 'atlas');
    for (const [url, headers] of [[`${demo.url}/`, {}], [`${demo.url}/about.html`, {}], [`${demo.url}/connections.html`, {}], [`${demo.modules.sales}/sales.html`, { cookie }]] as const) {
      const answer = await fetch(url, { headers });
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain('default-src \'none\'');
      expect(policy).toContain(`connect-src 'self' ${demo.url} ${demo.url.replace('http', 'ws')}`);
      expect(policy).toContain('require-trusted-types-for \'script\'');
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(await answer.text()).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=/);
    }
  });

  async function logIn(module: 'sales' | 'inventory', tenant: string): Promise<string> {
    const answer = await fetch(`${demo.modules[module]}/session`, {
      method: 'POST', body: new URLSearchParams({ user: `${module}_manager`, tenant }), redirect: 'manual',
    });
    expect(answer.status).toBe(303);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    return cookie.split(';')[0] ?? '';
  }

  it.each(['sales', 'inventory'] as const)('of %s ask for a login first, then show the module\'s rows and the tags', async (module) => {
    const url = `${demo.modules[module]}/${module}.html`;
    const before = await (await fetch(url)).text();
    expect(before).toContain('action="/session"');
    expect(before).not.toContain('ccm-widget');
    const page = await (await fetch(url, { headers: { cookie: await logIn(module, 'borealis') } })).text();
    expect(page.match(/<ccm-widget widget="/g)).toHaveLength(3);
    expect(page).toContain(`<script type="module" src="${demo.url}/ccm.js" data-token-endpoint="/session/ccm-token"></script>`);
    expect(page.match(/<tr>/g)!.length).toBeGreaterThan(30);
    expect(page).toContain('€');
  });

  it('turn their cookie into a token of the platform, and nothing else', async () => {
    const endpoint = `${demo.modules.sales}/session/ccm-token`;
    const cookie = await logIn('sales', 'borealis');
    const answer = await fetch(endpoint, { method: 'POST', headers: { cookie } });
    const { token } = (await answer.json()) as { token: string };
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ sub: 'sales_manager', tenant: 'borealis', roles: ['sales_manager'] });
    expect((await fetch(endpoint, { method: 'POST' })).status).toBe(401);
    expect((await fetch(endpoint, { method: 'POST', headers: { cookie: 'erp_sales_session=guess' } })).status).toBe(401);
    expect((await fetch(endpoint, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await fetch(endpoint, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-site' } })).status).toBe(403);
    const out = await fetch(`${demo.modules.sales}/session/end`, { method: 'POST', headers: { cookie }, redirect: 'manual' });
    expect(out.status).toBe(303);
    expect((await fetch(endpoint, { method: 'POST', headers: { cookie } })).status).toBe(401);
  });

  it('take orders, by form and by script', async () => {
    const cookie = await logIn('sales', 'atlas');
    const order = (fields: Record<string, string>, accept: string) => fetch(`${demo.modules.sales}/orders`, {
      method: 'POST', body: new URLSearchParams(fields), headers: { cookie, accept }, redirect: 'manual',
    });
    expect((await order({ sku: 'TEC-CO-10004722', quantity: '1' }, 'text/html')).status).toBe(303);
    const placed = await order({ sku: 'TEC-CO-10004722', quantity: '1' }, 'application/json');
    expect([placed.status, await placed.json()]).toEqual([201, expect.objectContaining({ tenant: 'atlas', id: expect.stringMatching(/^WEB-/) })]);
    expect((await order({ sku: 'NOPE', quantity: '1' }, 'application/json')).status).toBe(422);
    expect((await order({ sku: 'TEC-CO-10004722', quantity: 'many' }, 'application/json')).status).toBe(422);
  });

  it('write what is searched for as text', async () => {
    const cookie = await logIn('inventory', 'atlas');
    const page = await (await fetch(`${demo.modules.inventory}/inventory.html?q=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`, { headers: { cookie } })).text();
    expect(page).not.toContain('<img');
  });

  it('give away nothing else of the disk', async () => {
    for (const path of ['/assets/..%2findex.ts', '/assets/%2e%2e/index.ts', '/assets/index.html', '/assets/nothing.css']) {
      expect((await fetch(`${demo.url}${path}`)).status).toBe(404);
    }
  });
});

describe('starting', () => {
  it('with a secret and an origin of one\'s own takes tokens and pages from outside', async () => {
    const jwtSecret = 'f7Kq2-wZs9_Lr4Tn8Xb1Vd6Hc3Jm5Pg0Qy';
    const own = await startDemo({ port: 0, dataDir: ':memory:', orderSeconds: 0, logLevel: 'silent', jwtSecret, allowedOrigins: 'http://localhost:3000' });
    try {
      const { token } = await createLogin(jwtSecret, Date.now)({ user: 'sales_manager', tenant: 'atlas' });
      const ask = (origin: string) => fetch(`${own.url}/api/v1/widgets/sales-summary`, { headers: { authorization: `Bearer ${token}`, origin } });
      const answer = await ask('http://localhost:3000');
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, 'http://localhost:3000']);
      expect((await ask('http://localhost:4000')).headers.get('access-control-allow-origin')).toBeNull();
      expect((await fetch(`${demo.url}/api/v1/widgets`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    } finally {
      await own.close();
    }
  });

  it('with a weak secret says which variable is wrong', async () => {
    await expect(startDemo({ port: 0, dataDir: ':memory:', orderSeconds: 0, jwtSecret: 'short' })).rejects.toThrow('CCM_JWT_SECRET');
  });

  it('on a port that is taken says so and leaves nothing running', async () => {
    await expect(startDemo({ port: Number(new URL(demo.url).port), dataDir: ':memory:', orderSeconds: 0, logLevel: 'silent' })).rejects.toThrow(/is taken/);
  });

  it.each([-1, Number.NaN])('with a pace of %s says which setting is wrong', async (orderSeconds) => {
    await expect(startDemo({ port: 0, dataDir: ':memory:', orderSeconds })).rejects.toThrow('CCM_DEMO_ORDER_SECONDS');
  });
});
