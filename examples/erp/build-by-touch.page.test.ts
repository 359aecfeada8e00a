/** A dashboard on a phone, by fingers: read, folded, pulled, arranged and set. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { arrangement, edit, itemIds, itemOf } from './test/arrangement.js';
import { dialogOf, exported, saved } from './test/board.js';
import { type Fingers, fingersOn, middleOf } from './test/fingers.js';
import { placeOf } from './test/pointer.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

const scrolled = (page: Page) => page.evaluate(() => Math.round(scrollY));

/** Nothing stands out of the window at the side. */
async function expectFits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

/** A swipe over the middle of the window, until the page has come to rest. */
async function swipeUp(page: Page, fingers: Fingers, x = 195): Promise<void> {
  await fingers.swipe({ x, y: 600 }, { x, y: 250 });
  await page.waitForTimeout(300);
}

it('is read: scrolled over its cards, folded and unfolded, pulled for news', async () => {
  const { page, sent, faults } = await visit.dashboard('Finance manager', { phone: true });
  const fingers = await fingersOn(page);
  await expectFits(page);
  await swipeUp(page, fingers);
  expect(await scrolled(page)).toBeGreaterThan(100);
  await page.evaluate(() => scrollTo(0, 0));

  const fold = itemOf(page, 'account-balance').getByRole('button', { name: 'Account Balance', exact: true });
  const high = (await placeOf(page, 'account-balance')).height;
  const below = (await placeOf(page, 'receivables')).top;
  await fold.tap();
  await expect.poll(async () => (await placeOf(page, 'account-balance')).height).toBeLessThan(60);
  // What is below comes up.
  await expect.poll(async () => (await placeOf(page, 'receivables')).top).toBeLessThan(below - 40);
  await fold.tap();
  await expect.poll(async () => (await placeOf(page, 'account-balance')).height).toBe(high);

  await page.locator('ccm-widget[widget=account-balance][live=ws]').waitFor();
  // A tap may have brought its button further into view.
  await page.evaluate(() => scrollTo(0, 0));
  await fingers.swipe({ x: 195, y: 300 }, { x: 195, y: 520 });
  await page.locator('ccm-dashboard').getByRole('status').getByText('Refreshed').waitFor();
  await expect.poll(() => sent.filter((frame) => frame.includes('"refresh"')).length).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});

it('is arranged: a card is dragged after a long press, where a swipe over it scrolls', async () => {
  const { page, faults } = await visit.dashboard('Sales manager', { phone: true });
  const fingers = await fingersOn(page);
  await edit(page);
  await expectFits(page);
  const before = await exported(page);

  const handle = page.getByRole('button', { name: 'Move Daily Sales Summary', exact: true });
  const places = await arrangement(page);
  const start = await middleOf(handle);
  await fingers.swipe(start, { x: start.x, y: start.y - 120 });
  await page.waitForTimeout(300);
  expect(await scrolled(page)).toBeGreaterThan(40);
  expect(await arrangement(page)).toEqual(places);

  await page.evaluate(() => scrollTo(0, 0));
  const from = await middleOf(handle);
  await fingers.dragAfterHold(from, { x: from.x, y: from.y + 330 });
  await expect.poll(async () => (await placeOf(page, 'sales-summary')).top).toBeGreaterThan((await placeOf(page, 'revenue-chart')).top);
  await saved(page);
  // The wide arrangement is another one, and stays.
  const after = await exported(page);
  const positions = (file: typeof after) => file.widgets.map(({ widgetId, position }) => [widgetId, position]);
  expect(positions(after)).toEqual(positions(before));
  expect(after.widgets.find(({ widgetId }) => widgetId === 'sales-summary')).toHaveProperty('positions.1');
  expect(faults).toEqual([]);
});

it('is filled and set: the list, a menu and a dialog of settings fit the screen', async () => {
  const { page, faults } = await visit.dashboard('Employee', { phone: true });
  await edit(page);
  const before = await itemIds(page);
  await page.getByRole('button', { name: 'Add widget' }).tap();
  const market = dialogOf(page, 'Add widget');
  await market.getByLabel('Search widgets').fill('stock lev');
  await market.getByRole('button', { name: /^Stock Levels/ }).tap();
  await market.locator('ccm-widget[widget=stock-levels][state=fresh]').waitFor();
  await expectFits(page);
  await market.getByRole('button', { name: 'Back to the list' }).tap();
  await market.getByRole('button', { name: 'Add Stock Levels', exact: true }).tap();
  await market.waitFor({ state: 'hidden' });
  await expect.poll(() => itemIds(page)).toHaveLength(before.length + 1);

  await page.getByRole('button', { name: 'Actions for Stock Levels' }).tap();
  const menu = page.getByRole('menu', { name: /Stock Levels/ });
  await menu.waitFor();
  await menu.getByRole('menuitem', { name: 'Settings …' }).tap();
  const dialog = dialogOf(page, 'Settings of Stock Levels');
  await dialog.getByLabel('Title', { exact: true }).fill('Pieces');
  await expectFits(page);
  const { width = 0 } = (await dialog.boundingBox()) ?? {};
  expect(width).toBeGreaterThan(330);
  expect(width).toBeLessThanOrEqual(390);
  await dialog.getByRole('button', { name: 'Apply' }).tap();
  await itemOf(page, 'stock-levels').getByText('Pieces', { exact: true }).waitFor();
  await saved(page);
  expect(faults).toEqual([]);
});
