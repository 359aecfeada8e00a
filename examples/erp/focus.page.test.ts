/** Wherever the keyboard comes to, a ring can be seen around it, and it is in view. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { edit } from './test/arrangement.js';
import { type Focused, focused, press, tabThrough, tabTo, titleOf } from './test/keyboard.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

const unseen = (stops: readonly Focused[]) =>
  stops.flatMap((stop) => (stop.ring && stop.inView ? [] : [`${titleOf(stop)}:${stop.ring ? '' : ' no ring'}${stop.inView ? '' : ' not in view'}`]));

/** The page is walked through by Tab, and so many stops at least are on the way. */
async function expectSeen(page: Page, least: number): Promise<void> {
  const stops = await tabThrough(page);
  expect(stops.length, stops.map(titleOf).join(', ')).toBeGreaterThanOrEqual(least);
  expect.soft(unseen(stops)).toEqual([]);
}

it('on the platform\'s login', async () => {
  const { page } = await visit.open();
  await page.goto(visit.demo.url);
  await page.getByRole('button', { name: 'Log in' }).waitFor();
  await expectSeen(page, 8);
});

it('on a module\'s login', async () => {
  const { page } = await visit.open();
  await page.goto(`${visit.demo.modules.sales}/sales.html`);
  await expectSeen(page, 3);
});

it.each(['sales', 'inventory'] as const)('on %s.html', async (name) => {
  const { page } = await visit.modulePage(name);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await expectSeen(page, 12);
});

it.each([
  'Administrator', 'Sales manager', 'Inventory manager', 'Finance manager', 'Employee',
])('on the dashboard of the %s, as it is and while it is edited', async (user) => {
  const { page } = await visit.dashboard(user);
  // Logging in put the focus behind the start of the page.
  await tabThrough(page);
  await expectSeen(page, 15);
  await edit(page);
  await tabThrough(page);
  await expectSeen(page, 25);
});

it('in the list of widgets to add', async () => {
  const { page } = await visit.dashboard('Administrator');
  await edit(page);
  await page.getByRole('button', { name: 'Add widget' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Stock Levels/ }).waitFor();
  await expectSeen(page, 25);
});

it('in a widget\'s menu and its panel', async () => {
  const { page } = await visit.modulePage('sales');
  await tabTo(page, 'Actions for Daily Sales Summary');
  await press(page, 'Enter');
  const stops: Focused[] = [];
  for (const name of ['Refresh', 'Full screen', 'Export CSV', 'Export PNG', 'Why?']) {
    await expect.poll(async () => (await focused(page)).name).toBe(name);
    stops.push(await focused(page));
    await press(page, 'ArrowDown');
  }
  await press(page, 'End', 'Enter');
  await expect.poll(async () => (await focused(page)).name).toBe('Close');
  stops.push(await focused(page));
  expect(unseen(stops)).toEqual([]);
});
