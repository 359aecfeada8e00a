/** A widget's table and chart without a pointer. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { drawn, expectFocus, focused, press, tabTo } from './test/keyboard.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

/** A page with these widgets of the demo and nothing else. */
async function pageOf(...widgets: string[]) {
  const { token } = await visit.demo.login({ user: 'admin', tenant: 'atlas' });
  const opened = await visit.plainPage(widgets, token);
  await expect.poll(() => opened.page.locator('ccm-widget[state=fresh][live=ws]').count(), { timeout: 10_000 }).toBe(widgets.length);
  return opened;
}

/** Text of a column, as far as its rows are in the window. */
const column = (page: Page, at: number) =>
  page.locator('ccm-widget').first().locator('.row:not([hidden])').evaluateAll((rows, index) => rows
    .sort((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex)).map((row) => row.children[index]?.textContent ?? ''), at);

describe('by keyboard alone, a table', () => {
  it('is sorted by a press on a head', async () => {
    const { page } = await pageOf('top-products');
    await tabTo(page, 'Units');
    await press(page, 'Enter');
    const head = page.getByRole('columnheader', { name: 'Units' });
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    const units = async () => (await column(page, 1)).map(Number);
    expect(await units()).toEqual((await units()).sort((a, b) => a - b));
    await press(page, ' ');
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect(await units()).toEqual((await units()).sort((a, b) => b - a));
    await expectFocus(page, 'Units');
  });

  it('is walked through by arrows, and what is chosen is in view', async () => {
    const { page } = await pageOf('top-products');
    await tabTo(page, 'Top Products');
    const active = () => page.locator('ccm-widget').evaluate((widget) => {
      const table = widget.shadowRoot?.querySelector('ccm-table')?.shadowRoot;
      const grid = table?.querySelector('[role=grid]');
      const row = table?.getElementById(grid?.getAttribute('aria-activedescendant') ?? '');
      if (!row || !grid) return undefined;
      const [box, room] = [row.getBoundingClientRect(), grid.getBoundingClientRect()];
      return { row: Number(row.ariaRowIndex), marked: row.classList.contains('active'), inView: box.top >= room.top && box.bottom <= room.bottom + 1 };
    });
    for (const [key, row] of [['ArrowDown', 2], ['ArrowDown', 3], ['ArrowUp', 2], ['End', 26], ['ArrowDown', 26], ['ArrowUp', 25], ['Home', 2]] as const) {
      await press(page, key);
      await expect.poll(active).toEqual({ row, marked: true, inView: true });
    }
    await expectFocus(page, 'Top Products');
  });

  it('is searched', async () => {
    const { page } = await pageOf('stock-list');
    await tabTo(page, 'Search');
    const first = (await column(page, 0))[0] ?? '';
    await page.keyboard.type(first);
    await expect.poll(async () => new Set(await column(page, 0))).toEqual(new Set([first]));
    await page.keyboard.type(' no such product');
    await page.getByText('Nothing matches').first().waitFor();
    await expectFocus(page, 'Search');
    await press(page, 'Control+a', 'Delete');
    await expect.poll(async () => (await column(page, 0)).length).toBeGreaterThan(1);
  });

  it('is turned page by page, and the focus stays at hand', async () => {
    const { token } = await visit.demo.login({ user: 'admin', tenant: 'atlas' });
    const made = await fetch(`${visit.demo.url}/api/v1/widgets`, {
      method: 'POST', headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        id: 'paged-products', title: 'Products', type: 'table', size: 'large', permissions: [], roles: [],
        dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/products/top', params: { days: 30, limit: 25 } },
        tableConfig: { columns: [{ key: 'product_name', label: 'Product' }], pagination: { enabled: true, pageSize: 10 }, rowKey: 'sku' },
      }),
    });
    expect(made.status).toBe(201);
    const { page } = await pageOf('paged-products');
    await tabTo(page, 'Next page');
    for (const rows of ['11–20 of 25', '21–25 of 25']) {
      await press(page, 'Enter');
      await page.getByText(rows, { exact: true }).waitFor();
    }
    // There is no next page any more: the way back is one key away.
    await drawn(page);
    expect((await focused(page)).role).not.toBe('body');
    await tabTo(page, 'Previous page', 'Shift+Tab');
    await press(page, 'Enter');
    await page.getByText('11–20 of 25', { exact: true }).waitFor();
  });
});

describe('by keyboard alone, a chart', () => {
  it('says its points', async () => {
    const { page } = await pageOf('sales-by-hour');
    await tabTo(page, /^Orders by Hour, /);
    const said = () => page.locator('ccm-chart').getByRole('status').textContent();
    const spoken: string[] = [];
    for (const key of ['Home', 'ArrowRight', 'End', 'ArrowLeft']) {
      await press(page, key);
      // An hour without orders is said as a gap.
      await expect.poll(said).toMatch(/.+: (\d+|–)/);
      await expect.poll(said).not.toBe(spoken.at(-1));
      spoken.push((await said()) ?? '');
    }
    expect(new Set(spoken).size).toBe(4);
    await press(page, 'Escape');
    await expect.poll(said).toBe('');
  });

  it('of shares is a list', async () => {
    const { page } = await pageOf('sales-by-category');
    await tabTo(page, 'Sales by Category');
    const list = page.getByRole('listbox', { name: 'Sales by Category' });
    const options = list.getByRole('option');
    const chosen = () => options.evaluateAll((all) => all.findIndex((option) => option.getAttribute('aria-selected') === 'true'));
    const last = (await options.count()) - 1;
    expect(last).toBeGreaterThan(1);
    for (const [key, at] of [['ArrowDown', 0], ['ArrowDown', 1], ['ArrowUp', 0], ['End', last], ['Home', 0]] as const) {
      await press(page, key);
      await expect.poll(chosen).toBe(at);
      expect(await list.getAttribute('aria-activedescendant')).toBe(await options.nth(at).getAttribute('id'));
    }
    await press(page, 'Escape');
    await expect.poll(chosen).toBe(-1);
    await expectFocus(page, 'Sales by Category');
  });
});
