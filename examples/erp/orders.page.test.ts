import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { visitors } from './test/visitor.js';

const ORDERS = 20;
/** Milliseconds from the sending of an order to its number on the screen, for 19 of 20. */
const LATEST = 1000;
/** Days; widgets ask for fewer. */
const UNASKED = 31;

const visit = visitors();

interface Painted {
  text: string;
  at: number;
}
type Witness = typeof globalThis & { painted: Painted[] };

/** From now on the page writes down each number of orders that it shows, and when. */
async function watchCount(page: Page): Promise<void> {
  const count = page.locator('ccm-widget[widget=sales-summary] dl div').filter({ has: page.getByText('Orders', { exact: true }) }).locator('dd');
  await count.evaluate((cell) => {
    const painted: Painted[] = [];
    (globalThis as Witness).painted = painted;
    // The cell may be made anew, its place in the list stays.
    const root = cell.getRootNode() as ShadowRoot;
    const at = [...root.querySelectorAll('dd')].indexOf(cell as HTMLElement);
    const note = () => {
      const text = root.querySelectorAll('dd')[at]?.textContent ?? '';
      if (text !== painted.at(-1)?.text) painted.push({ text, at: Date.now() });
    };
    note();
    // What changed is on the screen with the next frame.
    new MutationObserver(() => requestAnimationFrame(note)).observe(root, { subtree: true, childList: true, characterData: true });
  });
}

const painted = (page: Page) => page.evaluate(() => (globalThis as Witness).painted);

/**
 * What the module itself says of today: the last of this many days. Asked with a number of days that no widget has, and that
 * nobody asked before, so that no answer is at hand and the module is called.
 */
async function ownCount(days: number): Promise<number | undefined> {
  const { token } = await visit.demo.login({ user: 'sales_manager', tenant: 'atlas' });
  const asked = `/modules/sales/widget-data?endpoint=/api/metrics/revenue&days=${days}`;
  const answer = await fetch(`${visit.demo.url}/api/v1${asked}`, { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { data: { items: { orders: number }[] } }).data.items.at(-1)?.orders;
}

/** Numbers of orders that were pushed. */
function pushed(received: readonly string[]): string[] {
  const frames = received.map((text) => JSON.parse(text) as { widget_id?: string; data?: { order_count: number } });
  return frames.filter(({ widget_id: id, data }) => id === 'sales-summary' && data !== undefined).map(({ data }) => written(data?.order_count));
}

const written = (count: number | undefined) => count?.toLocaleString('en-US') ?? 'nothing';
/** The value that this share of them does not exceed. */
const quantile = (values: readonly number[], share: number) => [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN;

it('a module page shows the number of each of 20 orders within a second, pushed', async () => {
  const { page, batches, sockets, received, loads, faults } = await visit.modulePage('sales');
  await page.locator('ccm-widget[widget=sales-summary][live=ws]').waitFor();
  const sku = await page.getByLabel('Product', { exact: true }).inputValue();
  await watchCount(page);
  expect((await painted(page)).map(({ text }) => text)).toEqual([written(await ownCount(UNASKED))]);
  const before = { batches: batches.length, loads: loads.length };

  const times: number[] = [];
  for (let order = 1; order <= ORDERS; order += 1) {
    const sent = Date.now();
    const answer = await fetch(`${visit.demo.url}/demo/orders`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ sku, quantity: order, tenant: 'atlas' }),
    });
    expect(answer.status).toBe(201);
    await expect.poll(async () => (await painted(page)).length, { timeout: 10_000, message: `order ${order} is not on the page` }).toBe(order + 1);
    const shown = (await painted(page)).at(-1);
    expect(shown?.text).toBe(written(await ownCount(UNASKED + order)));
    times.push((shown?.at ?? Number.NaN) - sent);
  }

  expect(pushed(received)).toEqual(expect.arrayContaining((await painted(page)).slice(1).map(({ text }) => text)));
  expect(sockets).toHaveLength(1);
  expect({ batches: batches.length, loads: loads.length }).toEqual(before);
  await page.locator('ccm-widget[widget=sales-summary][live=ws]').waitFor();
  expect(faults).toEqual([]);

  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => quantile(times, share));
  expect(p95, `p50 ${p50} ms, p95 ${p95} ms, max ${max} ms`).toBeLessThanOrEqual(LATEST);
});
