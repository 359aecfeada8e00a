/** An alert's whole way: it begins in the stock, is seen and taken on one page, and others see by whom, until it is over. */
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { expectFocus, press, tabTo } from './test/keyboard.js';
import { axe } from './test/axe.js';
import { loneEdge, type LoneEdge } from './test/lone-edge.js';
import { visitors } from './test/visitor.js';

/** Milliseconds from the sale to the alert on the screen. */
const LATEST = 2000;
/** Below so many pieces the demo's rule is met; the list that it looks at goes up to 9. */
const SCARCE = 5;
const TENANT = 'atlas';
/** Of a page of somebody else's, on which nothing listens: the test answers. */
const ERP = 'http://127.0.0.1:9';

const visit = visitors();

interface Product {
  sku: string;
  /** What its alert is called. */
  product_name: string;
  stock_level: number;
}

/** A product of which there is enough, and which nobody else in this file has taken. */
const taken = new Set<string>();
async function plentiful(): Promise<Product> {
  const { token } = await visit.demo.login({ user: 'admin', tenant: TENANT });
  const answer = await fetch(`${visit.demo.url}/api/v1/modules/inventory/widget-data?endpoint=/api/stock/products&limit=5000`, { headers: { authorization: `Bearer ${token}` } });
  const { items } = ((await answer.json()) as { data: { items: Product[] } }).data;
  const found = items.find(({ sku, product_name: name, stock_level: level }) => level >= 20 && level < 900 && !taken.has(sku) && /^[\w ]+$/.test(name) && items.filter((item) => item.product_name.includes(name)).length === 1);
  if (found === undefined) throw new Error('No product is there in plenty.');
  taken.add(found.sku);
  return found;
}

async function sell({ sku }: Product, quantity: number): Promise<void> {
  const answer = await fetch(`${visit.demo.url}/demo/orders`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ sku, quantity, tenant: TENANT }),
  });
  expect(answer.status).toBe(201);
}

const bell = (page: Page) => page.locator('ccm-alerts[compact]').getByRole('button', { name: /^Alerts/ });
/** The alert of a product, in the panel or the list. */
const line = (page: Page, { product_name: name }: Product) => page.locator('ccm-alerts li.alert').filter({ hasText: name });
const toast = (page: Page, { product_name: name }: Product) => page.locator('ccm-alerts .toast').filter({ hasText: name });

async function openPanel(page: Page): Promise<void> {
  await bell(page).click();
  await page.locator('ccm-alerts [popover].panel').waitFor();
}

/** Until it is told of news as they happen. */
async function isLive(page: Page): Promise<void> {
  await bell(page).and(page.getByRole('button', { name: /:/ })).waitFor({ timeout: 15_000 });
  await page.locator('ccm-widget[live=ws]').first().waitFor();
}

describe('an alert of an item', () => {
  it('shows in the module within two seconds, is acknowledged there, the others see by whom, and it ends with the delivery', async () => {
    const keeper = await visit.modulePage('inventory');
    const seller = await visit.dashboard('Sales manager');
    for (const { page } of [keeper, seller]) await isLive(page);
    const product = await plentiful();

    const sold = Date.now();
    await sell(product, product.stock_level - 2);
    await toast(keeper.page, product).waitFor({ timeout: 10_000 });
    expect(Date.now() - sold).toBeLessThanOrEqual(LATEST);
    await toast(seller.page, product).waitFor({ timeout: LATEST });
    await openPanel(seller.page);
    expect(await line(seller.page, product).getByText(/^Acknowledged by/).count()).toBe(0);

    await toast(keeper.page, product).getByRole('button', { name: /^Acknowledge / }).click();
    await line(seller.page, product).getByText(/^Acknowledged by inventory_manager/).waitFor({ timeout: LATEST });
    await toast(keeper.page, product).waitFor({ state: 'detached' });
    await toast(seller.page, product).waitFor({ state: 'detached' });

    await keeper.page.getByLabel('Delivery of').fill(product.sku);
    await keeper.page.getByLabel('Pieces').fill('6');
    await keeper.page.getByRole('button', { name: 'Book' }).click();
    await line(seller.page, product).waitFor({ state: 'detached', timeout: 5_000 });
    await isLive(keeper.page);
    await openPanel(keeper.page);
    expect(await line(keeper.page, product).count()).toBe(0);
    for (const [{ page }, events] of [[keeper, ['Resolved', 'Acknowledged by inventory_manager', 'Began to fire']], [seller, ['Resolved']]] as const) {
      await page.locator('ccm-alerts').getByRole('tab', { name: 'History' }).click();
      for (const what of events) await page.locator('ccm-alerts li').filter({ hasText: product.product_name }).filter({ hasText: what }).first().waitFor();
    }
    expect([...keeper.faults, ...seller.faults]).toEqual([]);
  });

  it('is acknowledged by keyboard alone', async () => {
    const { page, faults } = await visit.modulePage('inventory');
    await isLive(page);
    const product = await plentiful();
    await sell(product, product.stock_level - (SCARCE - 1));
    await toast(page, product).waitFor({ timeout: 10_000 });
    await tabTo(page, /^Alerts/);
    await press(page, 'Enter');
    await page.locator('ccm-alerts [popover].panel').waitFor();
    await tabTo(page, new RegExp(`^Acknowledge .*${product.product_name}`));
    await press(page, 'Enter');
    await line(page, product).getByText(/^Acknowledged by inventory_manager/).waitFor();
    await press(page, 'Escape');
    await page.locator('ccm-alerts [popover].panel').waitFor({ state: 'hidden' });
    await expectFocus(page, /^Alerts/);
    expect(faults).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has a panel, a toast and a page in which axe finds nothing (%s)', async (theme) => {
    const { page } = await visit.modulePage('inventory', { theme });
    await isLive(page);
    const product = await plentiful();
    await sell(product, product.stock_level - 1);
    await toast(page, product).waitFor({ timeout: 10_000 });
    expect(await axe(page)).toEqual([]);
    await openPanel(page);
    await line(page, product).waitFor();
    expect(await axe(page)).toEqual([]);
    await line(page, product).locator('button.what').click();
    await page.getByRole('button', { name: 'Assign to me' }).waitFor();
    expect(await axe(page)).toEqual([]);

    const { page: dashboard } = await visit.dashboard('Administrator', { theme });
    await dashboard.goto(`${visit.demo.url}/alerts.html`);
    await line(dashboard, product).waitFor();
    expect(await axe(dashboard)).toEqual([]);
  });
});

describe('an edge that is killed while an alert fires', () => {
  let edge: LoneEdge | undefined;
  afterEach(async () => edge?.close());

  it('has it still when it is back, and tells nobody a second time', async () => {
    edge = await loneEdge(ERP);
    const { page } = await visit.open();
    const token = await edge.token('ada');
    await page.context().grantPermissions(['local-network-access']);
    // To the browser an answer that comes from the test is one from outside, and what is outside must ask for this machine.
    await page.route(`${ERP}/**`, (route) => route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="en"><title>Plain</title><script type="module" src="${edge?.url}/ccm.js" data-token="${token}"></script>
        <ccm-alerts compact></ccm-alerts><ccm-widget widget="tank"></ccm-widget></html>`,
    }));
    await page.goto(`${ERP}/`);
    await edge.push({ level: 40 });
    await isLive(page);
    // What screen readers are told, each thing once.
    await page.locator('ccm-alerts').evaluate((alerts) => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      const note = () => {
        for (const region of alerts.shadowRoot?.querySelectorAll('[role=alert]') ?? []) {
          const text = region.textContent?.trim() ?? '';
          if (text !== '' && said.at(-1) !== text) said.push(text);
          if (text === '' && said.length > 0 && said.at(-1) !== '') said.push('');
        }
      };
      new MutationObserver(note).observe(alerts.shadowRoot as ShadowRoot, { subtree: true, childList: true, characterData: true });
    });
    const said = async () => (await page.evaluate(() => (globalThis as unknown as { said: string[] }).said)).filter((text) => text !== '');

    await edge.push({ level: 2 });
    await page.locator('ccm-alerts .toast').getByText('The tank is nearly empty').waitFor();
    await page.locator('ccm-alerts .toast').getByRole('button', { name: /^Dismiss/ }).click();
    await page.locator('ccm-alerts .toast').waitFor({ state: 'detached' });
    expect(await said()).toEqual([expect.stringContaining('The tank is nearly empty')]);

    await edge.kill();
    await page.locator('ccm-widget:not([live=ws])').waitFor();
    await edge.start();
    await page.locator('ccm-widget[live=ws]').waitFor({ timeout: 40_000 });
    // Still low: the edge looks at it again, and has nothing new to say.
    await edge.push({ level: 1 });
    await page.locator('ccm-widget').getByText('1', { exact: true }).first().waitFor();
    await page.waitForTimeout(2000);
    expect(await page.locator('ccm-alerts .toast').count()).toBe(0);
    expect(await said()).toHaveLength(1);
    await openPanel(page);
    await page.locator('ccm-alerts li.alert').getByText('The tank is nearly empty').waitFor();
    await edge.push({ level: 30 });
    await page.locator('ccm-alerts li.alert').waitFor({ state: 'detached' });
  });
});
