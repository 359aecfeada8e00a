/** A dashboard arranged with the pointer, and what is left of it after a reload. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { edit, expectKept, itemIds, itemOf } from './test/arrangement.js';
import { boxOf, grow, moveTo } from './test/pointer.js';
import { visitors } from './test/visitor.js';

const HEIGHT = 900;

const visit = visitors();

async function add(page: Page, title: string, widget: string): Promise<void> {
  const before = await itemIds(page);
  await page.getByRole('button', { name: 'Add widget' }).click();
  await page.getByRole('dialog').getByRole('button', { name: `Add ${title}`, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await itemOf(page, widget).waitFor();
  expect(await itemIds(page)).toEqual(expect.arrayContaining(before));
  expect(await itemIds(page)).toHaveLength(before.length + 1);
  // It is shown to who added it, and its handle says what it is.
  await page.getByRole('button', { name: `Move ${title}`, exact: true }).waitFor({ timeout: 5000 });
  await expect.poll(async () => {
    const { y, height } = await boxOf(itemOf(page, widget).locator('ccm-widget'));
    return y >= 0 && Math.round(y + height) <= HEIGHT;
  }).toBe(true);
}

async function remove(page: Page, title: string, widget: string): Promise<void> {
  const before = await itemIds(page);
  const gone = await itemOf(page, widget).getAttribute('data-item');
  await page.getByRole('button', { name: `Remove ${title}`, exact: true }).click();
  await expect.poll(() => itemIds(page)).toEqual(before.filter((id) => id !== gone));
}

// Each with another dashboard, as it is at the first visit.
describe('with the pointer', () => {
  it('a widget is dragged by its header to another place and stays there', async () => {
    const { page, faults } = await visit.dashboard('Sales manager');
    await edit(page);
    await moveTo(page, 'Sales Pipeline', 'sales-pipeline', 'customer-acquisition');
    await expectKept(page);
    expect(faults).toEqual([]);
  });

  it('a widget is made larger at its corner and stays so', async () => {
    const { page, faults } = await visit.dashboard('Finance manager');
    await edit(page);
    await grow(page, 'account-balance');
    await expectKept(page);
    expect(faults).toEqual([]);
  });

  it('a widget is added from the list and stays', async () => {
    const { page, faults } = await visit.dashboard('Employee');
    await edit(page);
    await add(page, 'Stock Levels', 'stock-levels');
    await expectKept(page);
    await itemOf(page, 'stock-levels').locator('ccm-widget[state=fresh]').waitFor();
    expect(faults).toEqual([]);
  });

  it('a widget is removed and stays away', async () => {
    const { page, faults } = await visit.dashboard('Inventory manager');
    await edit(page);
    await remove(page, 'Stock Levels', 'stock-levels');
    await expectKept(page);
    expect(faults).toEqual([]);
  });

  it('all of it, one after the other, stays as it was left', async () => {
    const { page, faults } = await visit.dashboard('Sales manager', { company: 'Borealis Bürobedarf' });
    await edit(page);
    await add(page, 'Recent Orders', 'recent-orders');
    await moveTo(page, 'Sales Pipeline', 'sales-pipeline', 'customer-acquisition');
    await grow(page, 'conversion-rate');
    await remove(page, 'Top Products', 'top-products');
    await remove(page, 'Sales Pipeline', 'sales-pipeline');
    await expectKept(page);
    expect(faults).toEqual([]);
  });
});
