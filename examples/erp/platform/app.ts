import { type Context, Hono } from 'hono';
import { createAssets, pageHeaders } from '../assets.js';
import type { Order } from '../ledger/orders.js';
import { jsonOnly, ownPagesOnly, smallBodies } from '../own-pages.js';
import { problem } from '../problem.js';
import { DEMO_TENANTS, demoTenant } from '../tenants.js';
import { type Login, readLogin } from './login.js';
import { orderAnswer, readOrder } from './order.js';
import { readPages } from './pages.js';
import { DEMO_USERS } from './users.js';

const ASSETS = ['platform.css', 'platform.js', 'gallery.js', 'theme.js', 'logo.svg'];
const MODULE_PAGES = ['sales', 'inventory'] as const;

export interface PlatformParts {
  login: Login;
  /** Places an order and lets everybody know. Undefined where the tenant does not sell the product. */
  place: (tenant: string, sku: string, quantity: number) => Order | undefined;
  moduleUrls: Readonly<Record<string, URL>>;
}

/** What the demo adds around the edge: its pages, a login without passwords, and orders. */
export async function createPlatform({ login, place, moduleUrls }: PlatformParts): Promise<Hono> {
  const app = new Hono();
  const assets = await createAssets(ASSETS);

  for (const [path, html] of await readPages()) app.get(path, (c) => c.body(html, 200, pageHeaders(new URL(c.req.url))));
  app.get('/assets/:file', assets);
  for (const name of MODULE_PAGES) {
    const url = moduleUrls[name];
    if (url !== undefined) app.get(`/modules/${name}.html`, (c) => c.redirect(new URL(`/${name}.html`, url).href, 302));
  }

  app.get('/demo/tenants', (c) => c.json(DEMO_TENANTS.map(({ id, name }) => ({ id, name }))));
  app.get('/demo/users', (c) => c.json(DEMO_USERS.map(({ id, label }) => ({ id, label }))));
  app.post('/demo/login', ownPagesOnly, jsonOnly, smallBodies, async (c) => {
    const request = readLogin(await bodyOf(c));
    if (Array.isArray(request)) return problem(c, 422, 'This is no login of the demo.', request);
    return c.json(await login(request), 200, { 'cache-control': 'no-store' });
  });
  app.post('/demo/orders', ownPagesOnly, jsonOnly, smallBodies, async (c) => {
    const request = readOrder(await bodyOf(c));
    if (Array.isArray(request)) return problem(c, 422, 'The order is wrong.', request);
    const order = place(request.tenant, request.sku, request.quantity);
    if (order === undefined) {
      const company = demoTenant(request.tenant)?.name ?? request.tenant;
      return problem(c, 422, 'The order is wrong.', [{ path: 'sku', message: `${company} sells no product "${request.sku}"` }]);
    }
    return c.json(orderAnswer(order), 201);
  });
  return app;
}

/** Undefined for what is no JSON, which then is a fault of every field. */
async function bodyOf(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return undefined;
  }
}
