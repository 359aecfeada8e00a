/** A dashboard made from nothing by keys alone: no pointer, no focus that a key did not bring. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { arrangement, itemIds } from './test/arrangement.js';
import { drawn, expectFocus, focused, press, tabTo, titleOf } from './test/keyboard.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

/** What the dashboard says to those who hear. */
const said = (page: Page, text: string | RegExp) => page.locator('ccm-dashboard').getByRole('status').filter({ hasText: text }).first().waitFor({ state: 'attached' });

/** Keys, and after each the focus is somewhere, in view, with a ring around it. */
async function keys(page: Page, ...all: string[]): Promise<void> {
  for (const key of all) {
    await press(page, key);
    await drawn(page);
    const now = await focused(page);
    expect.soft(now.role, `what has the focus after ${key}`).not.toBe('body');
    expect.soft(now, `after ${key}: ${titleOf(now)}`).toMatchObject({ ring: true });
  }
}

/** To a place by Tab, which is then seen. */
async function goTo(page: Page, name: string | RegExp, way?: 'Shift+Tab'): Promise<void> {
  await tabTo(page, name, way);
  await expectFocus(page, name);
  expect.soft(await focused(page), `at ${String(name)}`).toMatchObject({ ring: true });
}

/** An entry of the dashboard's menu, found by its first letters. */
async function choose(page: Page, entry: string): Promise<void> {
  await goTo(page, 'More for this dashboard');
  await keys(page, 'Enter');
  await expectFocus(page, 'New dashboard …');
  for (let stop = 0; stop < 20 && (await focused(page)).name !== entry; stop += 1) await keys(page, 'ArrowDown');
  await expectFocus(page, entry);
  await press(page, 'Enter');
}

/** From the list: by its first hit, or by the arrows to one of them. */
async function add(page: Page, words: string, title: string, byArrows: boolean): Promise<void> {
  await press(page, 'Control+k');
  await expectFocus(page, 'Search widgets');
  await page.keyboard.type(words);
  if (byArrows) {
    await keys(page, 'ArrowDown');
    for (let stop = 0; stop < 20 && !(await focused(page)).name.startsWith(title); stop += 1) await keys(page, 'ArrowDown');
  }
  await press(page, 'Enter');
  await said(page, `${title} added`);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await drawn(page);
  expect.soft((await focused(page)).role, `what has the focus after ${title} was added`).not.toBe('body');
}

async function begin(page: Page, user: string): Promise<void> {
  await page.goto(visit.demo.url);
  await tabTo(page, 'Administrator');
  for (let stop = 0; stop < 6 && (await focused(page)).name !== user; stop += 1) await press(page, 'ArrowDown');
  await expectFocus(page, user);
  await tabTo(page, 'Log in');
  await press(page, 'Enter');
  await page.locator('ccm-dashboard ccm-widget[state=fresh]').first().waitFor();
}

describe('by keyboard alone', () => {
  it('a dashboard is built from nothing, taken back, done again and saved', async () => {
    const { page, faults } = await visit.open();
    await begin(page, 'Administrator');
    await choose(page, 'New dashboard …');
    await expectFocus(page, 'Name');
    await press(page, 'Control+a');
    await page.keyboard.type('By keys');
    await press(page, 'Enter');
    await page.locator('ccm-dashboard').getByRole('button', { name: 'Done' }).waitFor();
    await drawn(page);
    expect.soft((await focused(page)).name, 'what has the focus beside the new dashboard').toBe('More for this dashboard');
    await page.locator('ccm-dashboard .grid.editing').waitFor();
    expect(await itemIds(page)).toEqual([]);

    await add(page, 'daily sum', 'Daily Sales Summary', false);
    await add(page, 'memory', 'Memory', true);
    await add(page, 'orders', 'Orders by Hour', true);
    await add(page, 'top prod', 'Top Products', false);
    expect(await itemIds(page)).toHaveLength(4);

    await goTo(page, 'Move Memory');
    await keys(page, 'ArrowRight');
    await said(page, /^Column \d, row \d, 1 wide, 1 high$/);
    await keys(page, 'Shift+ArrowRight', 'Shift+ArrowDown');
    await said(page, /^Column \d, row \d, 2 wide, 2 high$/);

    await press(page, 'e');
    await page.getByRole('dialog', { name: 'Settings of Memory' }).waitFor();
    await goTo(page, 'Shape');
    await keys(page, 'b', 'a', 'r');
    await goTo(page, 'Apply');
    await press(page, 'Enter');
    await said(page, 'Settings of Memory changed');
    await expectFocus(page, 'Move Memory');
    await page.locator('ccm-gauge .fill').waitFor();

    await choose(page, 'Dashboard settings …');
    await page.getByRole('dialog', { name: 'Dashboard settings' }).waitFor();
    if ((await focused(page)).name !== 'Density') await goTo(page, 'Density');
    await keys(page, 'c');
    await goTo(page, 'Show a time range above the widgets');
    await keys(page, 'Space');
    await goTo(page, 'Apply');
    await press(page, 'Enter');
    await said(page, 'Dashboard settings changed');
    await expectFocus(page, 'More for this dashboard');
    await expect.poll(() => page.locator('ccm-dashboard').getAttribute('data-density')).toBe('compact');

    await said(page, /^Saved$/);
    const places = await arrangement(page);
    await goTo(page, /^Undo last change/, 'Shift+Tab');
    let undone = 0;
    for (; undone < 50 && (await itemIds(page)).length > 0; undone += 1) {
      await press(page, 'Control+z');
      await said(page, /^Taken back: /);
      await drawn(page);
      expect.soft((await focused(page)).role, `what has the focus after ${undone + 1} times undo`).not.toBe('body');
    }
    for (; undone > 0; undone -= 1) await press(page, 'Control+Shift+z');
    await said(page, /^Done again: /);
    await expect.poll(() => arrangement(page)).toEqual(places);
    await said(page, /^Saved$/);
    expect(faults).toEqual([]);
  });

  it('a dashboard is duplicated, renamed, made the default, left for another and deleted', async () => {
    const { page, faults } = await visit.open();
    await begin(page, 'Finance manager');
    const choice = page.getByLabel('Dashboard', { exact: true });
    const names = () => choice.getByRole('option').allTextContents();
    // The first copy is of the role's preset, which is nobody's own.
    for (const count of [2, 3]) {
      await choose(page, 'Duplicate');
      await expect.poll(names).toHaveLength(count);
      await drawn(page);
      expect.soft((await focused(page)).role, 'what has the focus after Duplicate').not.toBe('body');
    }

    await choose(page, 'Rename …');
    await expectFocus(page, 'Name');
    await press(page, 'Control+a');
    await page.keyboard.type('Zebra');
    await press(page, 'Enter');
    await expect.poll(names).toContain('Zebra');
    await said(page, 'Renamed to Zebra');
    await drawn(page);
    await expectFocus(page, 'More for this dashboard');

    await choose(page, 'Make default');
    await expect.poll(names).toHaveLength(2);
    const [other = ''] = (await names()).filter((name) => name !== 'Zebra (default)');
    await press(page, 'Control+l');
    await expectFocus(page, 'Dashboard');
    await press(page, 'F', 'Enter');
    await expect.poll(() => choice.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text)).toBe(other);
    await expect.poll(async () => (await focused(page)).name).toBe('Dashboard');

    await choose(page, 'Delete …');
    await page.getByRole('dialog', { name: `Delete “${other}”?` }).waitFor();
    await expectFocus(page, 'Cancel');
    await goTo(page, 'Delete');
    await press(page, 'Enter');
    await page.getByRole('heading', { name: 'Zebra' }).waitFor();
    await drawn(page);
    expect.soft((await focused(page)).role, 'what has the focus after Delete').not.toBe('body');
    expect(faults).toEqual([]);
  });
});
