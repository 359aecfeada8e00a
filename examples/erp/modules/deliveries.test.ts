/** Booking goods that came, on the inventory module's own page. */
import { Hono } from 'hono';
import { beforeEach, expect, it } from 'vitest';
import { addModulePages } from './pages.js';

let app: Hono;
let received: [string, string, number][];
beforeEach(async () => {
  app = new Hono();
  received = [];
  await addModulePages({ app, name: 'inventory', widgets: [], changed: () => Promise.resolve() }, {
    page: () => 'stock', edgeUrl: () => new URL('http://edge.example'),
    receive: (tenant, sku, quantity) => sku !== 'NOPE' && received.push([tenant, sku, quantity]) > 0,
  });
});

const login = async (): Promise<string> =>
  (await app.request('/session', { method: 'POST', body: new URLSearchParams({ user: 'inventory_manager', tenant: 'borealis' }) })).headers.get('set-cookie')?.split(';')[0] ?? '';
const book = async (body: Record<string, string>, headers: Record<string, string> = {}) =>
  app.request('/deliveries', { method: 'POST', body: new URLSearchParams(body), headers });

it('books it for the company of who is logged in, and leads back to the page', async () => {
  const answer = await book({ sku: 'TEC-1', quantity: '40', tenant: 'atlas' }, { cookie: await login() });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/inventory.html']);
  expect(received).toEqual([['borealis', 'TEC-1', 40]]);
});

it('refuses what is none, and who is nobody', async () => {
  const cookie = await login();
  for (const [body, status] of [[{ sku: 'NOPE', quantity: '1' }, 422], [{ sku: 'TEC-1', quantity: '0' }, 422], [{ sku: 'TEC-1', quantity: '1.5' }, 422], [{ quantity: '1' }, 422]] as const) {
    expect((await book(body, { cookie })).status, JSON.stringify(body)).toBe(status);
  }
  expect((await book({ sku: 'TEC-1', quantity: '1' })).status).toBe(401);
  expect(received).toEqual([]);
});
