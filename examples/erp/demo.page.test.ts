/** The demo as its visitors have it: the built package, real pages in Chromium, nothing stubbed. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, ensureChromium } from '../../scripts/chromium.js';
import type { Demo, startDemo as StartDemo } from './index.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const BUILT = '@a64core/ccm/demo';

let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  const { startDemo } = (await import(BUILT)) as { startDemo: typeof StartDemo };
  demo = await startDemo({ port: 0, open: false, orderSeconds: 0, dataDir: ':memory:', logLevel: 'error' });
  browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

interface Watched {
  page: Page;
  /** Batch requests and live connections that the page made. */
  batches: string[];
  sockets: string[];
  faults: string[];
}

async function open(theme: 'light' | 'dark' = 'light', width = 1280): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  const watched: Watched = { page, batches: [], sockets: [], faults: [] };
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/widgets/data')) watched.batches.push(request.url());
  });
  page.on('websocket', (socket) => watched.sockets.push(socket.url()));
  page.on('pageerror', (error) => watched.faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') watched.faults.push(message.text());
  });
  return watched;
}

async function dashboard(user: string, theme: 'light' | 'dark' = 'light'): Promise<Watched> {
  const watched = await open(theme);
  await watched.page.goto(demo.url);
  await watched.page.getByLabel(user, { exact: true }).check();
  await watched.page.getByRole('button', { name: 'Log in' }).click();
  await watched.page.locator('ccm-dashboard ccm-widget[state=fresh]').first().waitFor();
  return watched;
}

/** A module's own page, entered through its own login form. */
async function modulePage(name: 'sales' | 'inventory', theme: 'light' | 'dark' = 'light'): Promise<Watched> {
  const watched = await open(theme);
  await watched.page.goto(`${demo.modules[name]}/${name}.html`);
  await watched.page.getByRole('button', { name: /log in/i }).click();
  await watched.page.locator('ccm-widget[state=fresh]').first().waitFor();
  return watched;
}

async function axe(page: Page): Promise<string[]> {
  // By the protocol: the pages' own policy lets no foreign script in.
  await page.evaluate(AXE);
  return page.evaluate(`axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`);
}

const itemIds = (page: Page) => page.locator('ccm-dashboard [data-item]').evaluateAll((items) => items.map((item) => item.getAttribute('data-item') ?? ''));

describe('a module page', () => {
  it('shows each new order without a reload, pushed', async () => {
    const { page, batches, faults } = await modulePage('sales');
    const orders = page.locator('ccm-widget[widget=sales-summary]');
    const painted = () => orders.evaluate((widget) => {
      const text = (node: Element | ShadowRoot): string => [...node.children].map((child) => `${child.shadowRoot ? text(child.shadowRoot) : ''}${child.children.length ? text(child) : (child.textContent ?? '')}`).join(' ');
      return widget.shadowRoot ? text(widget.shadowRoot) : '';
    });
    const token = (await demo.login({ user: 'sales_manager', tenant: 'atlas' })).token;
    const asked = batches.length;
    for (let order = 0; order < 5; order += 1) {
      const response = await fetch(`${demo.url}/demo/orders`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ sku: await anySku(page), quantity: 1 + order }) });
      expect(response.status).toBe(201);
      const answer = (await (await fetch(`${demo.url}/api/v1/modules/sales/widget-data?endpoint=/api/metrics/daily-summary`, { headers: { authorization: `Bearer ${token}` } })).json()) as { data: { order_count: number } };
      await expect.poll(painted, { timeout: 5000 }).toContain(answer.data.order_count.toLocaleString('en-US'));
    }
    expect(batches.length).toBe(asked);
    expect(faults).toEqual([]);
  });

  it('asks once for all its tags and holds one connection', async () => {
    const { page, batches, sockets, faults } = await modulePage('sales');
    await expect.poll(() => page.locator('ccm-widget[live=ws]').count()).toBe(await page.locator('ccm-widget').count());
    expect(batches).toHaveLength(1);
    expect(sockets).toHaveLength(1);
    expect(sockets[0]).not.toContain('token=');
    expect(faults).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('keeps what was removed, after a reload too', async () => {
    const { page } = await dashboard('Inventory manager');
    const before = await itemIds(page);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: /^Remove / }).first().click();
    await expect.poll(async () => (await itemIds(page)).length).toBe(before.length - 1);
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await page.locator('ccm-dashboard [data-item]').first().waitFor();
    expect(await itemIds(page)).toHaveLength(before.length - 1);
  });

  it('moves a widget by keyboard and has it there after a reload', async () => {
    const { page } = await dashboard('Finance manager');
    await page.getByRole('button', { name: 'Edit' }).click();
    const handle = page.getByRole('button', { name: /^Move / }).first();
    const item = page.locator('ccm-dashboard .item').first();
    const width = (await item.boundingBox())?.width ?? 0;
    await handle.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await page.locator('ccm-dashboard [data-item]').first().waitFor();
    await expect.poll(async () => (await item.boundingBox())?.width ?? 0).toBeGreaterThan(width * 1.2);
  });

  it('lets the second of two windows choose', async () => {
    const [first, second] = [await dashboard('Administrator'), await dashboard('Administrator')];
    for (const { page } of [first, second]) await page.getByRole('button', { name: 'Edit' }).click();
    const count = (await itemIds(first.page)).length;
    // Both change before either has heard of the other.
    await Promise.all([first, second].map(({ page }) => page.getByRole('button', { name: /^Remove / }).first().click()));
    await expect.poll(async () => (await Promise.all([first, second].map(({ page }) => page.getByRole('button', { name: 'Keep mine' }).count()))).reduce((a, b) => a + b)).toBe(1);
    const loser = (await first.page.getByRole('button', { name: 'Keep mine' }).count()) === 1 ? first : second;
    await loser.page.getByRole('button', { name: 'Keep mine' }).click();
    await loser.page.getByText('Saved', { exact: true }).waitFor();
    expect(await itemIds(loser.page)).toHaveLength(count - 1);
  });
});

describe.each(['light', 'dark'] as const)('axe finds nothing (%s)', (theme) => {
  it('on the dashboard', async () => {
    const { page } = await dashboard('Sales manager', theme);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Done' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it.each(['sales', 'inventory'] as const)('on %s.html', async (name) => {
    const { page } = await modulePage(name, theme);
    expect(await axe(page)).toEqual([]);
  });
});

/** A product that the page offers. */
async function anySku(page: Page): Promise<string> {
  return page.locator('select[name=sku] option').first().getAttribute('value').then((value) => value ?? '');
}
