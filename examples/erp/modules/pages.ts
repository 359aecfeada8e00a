import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createAssets, pageHeaders } from '../assets.js';
import type { Order } from '../ledger/orders.js';
import { type Calendar, createCalendar } from '../data/calendar.js';
import { ownPagesOnly, smallBodies } from '../own-pages.js';
import { orderAnswer, readOrder } from '../platform/order.js';
import { type LoginRequest, readLogin } from '../platform/login.js';
import { problem } from '../problem.js';
import { type DemoTenant, demoTenant } from '../tenants.js';
import { loginPage } from './login-page.js';
import type { ModuleService } from './service.js';

const ASSETS = ['module.css', 'sales.css', 'inventory.css', 'theme.js', 'sales.js', 'logo.svg'];
const TOKEN_ENDPOINT = '/session/ccm-token';
/** People logged in at one module; of more the oldest has to log in again. */
export const MAX_SESSIONS = 1_000;

/** Everything that a module's page is made from: its own rows, and where the edge is. */
export interface PageContext {
  tenant: DemoTenant;
  calendar: Calendar;
  user: string;
  now: number;
  edge: URL;
  /** Of the page's address. */
  query: Record<string, string>;
}

export type ModulePage = (page: PageContext) => string;

export interface ModulePagesParts {
  /** The page itself, of somebody who is logged in. */
  page: ModulePage;
  /** Undefined until the edge listens. */
  edgeUrl: () => URL | undefined;
  /** Places an order of a visitor; only the module that owns orders has it. */
  place?: (tenant: string, sku: string, quantity: number) => Order | undefined;
  /** Books goods that came; only the module that owns stock has it. False where the tenant does not keep the product. */
  receive?: (tenant: string, sku: string, quantity: number) => boolean;
}

/**
 * The module's page as any ERP would serve it: own origin, own login, own session cookie. All that it has of CCM is a
 * script tag, the widget tags, and `POST /session/ccm-token`, which turns the cookie into a token of the platform.
 */
export async function addModulePages(service: ModuleService, { page, edgeUrl, place, receive }: ModulePagesParts): Promise<void> {
  const { app, name } = service;
  const sessions = new Map<string, LoginRequest>();
  // Cookies know no ports: every module on this machine needs a name of its own.
  const cookie = `erp_${name}_session`;
  const path = `/${name}.html`;
  const sessionOf = (c: Context): LoginRequest | undefined => sessions.get(getCookie(c, cookie) ?? '');

  app.get('/', (c) => c.redirect(path));
  app.get('/assets/:file', await createAssets(ASSETS));

  app.get(path, (c) => {
    const edge = edgeUrl();
    if (edge === undefined) return problem(c, 503, 'The platform is still starting.');
    const session = sessionOf(c);
    const tenant = demoTenant(session?.tenant ?? '');
    const html = session === undefined || tenant === undefined
      ? loginPage(name)
      : page({ tenant, calendar: createCalendar(tenant.timeZone), user: session.user, now: Date.now(), edge, query: c.req.query() });
    return c.body(html, 200, pageHeaders(edge));
  });

  const guarded = new Hono();
  guarded.use(ownPagesOnly, smallBodies);

  guarded.post('/session', async (c) => {
    const request = readLogin(await c.req.parseBody());
    if (Array.isArray(request)) return problem(c, 422, 'This is no login of the demo.', request);
    const id = randomUUID();
    // Logging in costs nothing: without an end to them, sessions would fill the memory.
    const [oldest] = sessions.keys();
    if (sessions.size >= MAX_SESSIONS && oldest !== undefined) sessions.delete(oldest);
    sessions.set(id, request);
    setCookie(c, cookie, id, { httpOnly: true, sameSite: 'Lax', path: '/' });
    return c.redirect(path, 303);
  });
  guarded.post('/session/end', (c) => {
    sessions.delete(deleteCookie(c, cookie, { path: '/' }) ?? '');
    return c.redirect(path, 303);
  });
  guarded.post(TOKEN_ENDPOINT, async (c) => {
    const session = sessionOf(c);
    const edge = edgeUrl();
    if (session === undefined || edge === undefined) return problem(c, 401, 'Nobody is logged in here.');
    const answer = await fetch(new URL('/demo/login', edge), {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(session), signal: AbortSignal.timeout(5000),
    });
    if (!answer.ok) return problem(c, 502, 'The platform gave no token.');
    return c.body(await answer.text(), 200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  });
  if (place !== undefined) {
    guarded.post('/orders', async (c) => {
      const session = sessionOf(c);
      if (session === undefined) return problem(c, 401, 'Nobody is logged in here.');
      const form = await c.req.parseBody();
      const request = readOrder({ sku: form['sku'], quantity: Number(form['quantity']), tenant: session.tenant });
      if (Array.isArray(request)) return problem(c, 422, 'The order is wrong.', request);
      const order = place(request.tenant, request.sku, request.quantity);
      if (order === undefined) return problem(c, 422, 'The order is wrong.', [{ path: 'sku', message: 'is no product of this company' }]);
      // The page's script asks for JSON and adds a row; a browser without scripts gets the page anew.
      return c.req.header('accept') === 'application/json' ? c.json(orderAnswer(order), 201) : c.redirect(path, 303);
    });
  }
  if (receive !== undefined) {
    guarded.post('/deliveries', async (c) => {
      const session = sessionOf(c);
      if (session === undefined) return problem(c, 401, 'Nobody is logged in here.');
      const form = await c.req.parseBody();
      const request = readOrder({ sku: form['sku'], quantity: Number(form['quantity']), tenant: session.tenant });
      if (Array.isArray(request)) return problem(c, 422, 'The delivery is wrong.', request);
      if (!receive(request.tenant, request.sku, request.quantity)) return problem(c, 422, 'The delivery is wrong.', [{ path: 'sku', message: 'is no product of this company' }]);
      return c.redirect(path, 303);
    });
  }
  app.route('/', guarded);
}
