/** What a page or its viewer asks of the looks: a direction, a language, more contrast, the system's own colours. All of them change while the page is there. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { itemOf } from './test/arrangement.js';
import { expectFocus, press, tabTo } from './test/keyboard.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

const dashboard = (page: Page) => page.locator('ccm-dashboard');
const styleOf = (one: Locator, name: string) => one.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);
/** The left and the right edge of a widget's card. */
const edges = async (page: Page, widget: string) => {
  const box = (await itemOf(page, widget).locator('.content').boundingBox())!;
  return [Math.round(box.x), Math.round(box.x + box.width)] as const;
};

async function readFromTheRight(page: Page, locale?: string): Promise<void> {
  await page.evaluate((language) => {
    document.documentElement.dir = 'rtl';
    if (language) document.querySelector('ccm-dashboard')?.setAttribute('locale', language);
  }, locale);
}

describe('in a page that is read from the right', () => {
  it('arrows move and resize a widget to where they point', async () => {
    const { page } = await visit.dashboard('Finance manager');
    await readFromTheRight(page);
    await dashboard(page).getByRole('button', { name: 'Edit' }).click();
    const handle = dashboard(page).locator('.ui-resizable-handle').first();
    await handle.waitFor();
    await tabTo(page, 'Move Account Balance');
    const [left, right] = await edges(page, 'account-balance');

    // The first one is at the right, and is resized by its left corner.
    const board = (await dashboard(page).boundingBox())!;
    expect(right).toBe(Math.round(board.x + board.width));
    const corner = (await itemOf(page, 'account-balance').locator('.ui-resizable-handle').boundingBox())!;
    expect(Math.abs(corner.x - left)).toBeLessThan(24);

    await press(page, 'ArrowLeft');
    await expect.poll(async () => (await edges(page, 'account-balance'))[1]).toBeLessThan(right);
    await dashboard(page).getByRole('status').filter({ hasText: 'Column 2, row 1, 2 wide, 1 high' }).waitFor({ state: 'attached' });
    const [from, to] = await edges(page, 'account-balance');
    await press(page, 'Shift+ArrowLeft');
    await expect.poll(async () => (await edges(page, 'account-balance'))[0]).toBeLessThan(from);
    expect((await edges(page, 'account-balance'))[1]).toBe(to);
    await press(page, 'Shift+ArrowRight', 'ArrowRight');
    await expect.poll(() => edges(page, 'account-balance')).toEqual([left, right]);
    await expectFocus(page, 'Move Account Balance');
  });

  it('is in Arabic as soon as it is asked for, and names in it are written as they are', async () => {
    const { page } = await visit.dashboard('Finance manager');
    await readFromTheRight(page, 'ar');
    await dashboard(page).getByRole('button', { name: 'تحرير' }).waitFor();
    const title = itemOf(page, 'account-balance').getByRole('heading', { name: 'Account Balance' });
    await expect.poll(() => styleOf(title, 'unicode-bidi')).toBe('plaintext');
    // The button of the menu is where a line ends.
    const card = (await itemOf(page, 'account-balance').boundingBox())!;
    const button = (await itemOf(page, 'account-balance').locator('.menu-button').boundingBox())!;
    expect(button.x - card.x).toBeLessThan(24);
    // Time runs to the right all the same, so its values stand at the left.
    const plot = itemOf(page, 'cash-flow').locator('.u-over');
    await plot.waitFor();
    const [over, around] = await Promise.all([plot.boundingBox(), itemOf(page, 'cash-flow').boundingBox()]);
    expect(over!.x - around!.x).toBeGreaterThan(around!.x + around!.width - over!.x - over!.width);
  });

  it('has nothing beside the window at 390 px', async () => {
    const { page } = await visit.dashboard('Finance manager');
    await readFromTheRight(page, 'ar');
    await page.setViewportSize({ width: 390, height: 850 });
    await dashboard(page).getByRole('button', { name: 'تحرير' }).click();
    await dashboard(page).locator('.ui-resizable-handle').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

describe('who needs more contrast', () => {
  it.each([['light', 'rgb(20, 26, 38)', 'rgb(0, 0, 0)'], ['dark', 'rgb(231, 234, 241)', 'rgb(255, 255, 255)']] as const)(
    'gets it in a page that is open, and no longer than it is asked for (%s)', async (theme, usual, more) => {
      const { page } = await visit.dashboard('Finance manager', { theme });
      const frame = itemOf(page, 'account-balance').locator('.frame');
      const border = await styleOf(frame, 'border-top-color');
      expect(await styleOf(frame, 'color')).toBe(usual);
      await page.emulateMedia({ contrast: 'more' });
      await expect.poll(() => styleOf(frame, 'color')).toBe(more);
      expect(await styleOf(frame, 'border-top-color')).not.toBe(border);
      await page.emulateMedia({ contrast: 'no-preference' });
      await expect.poll(() => styleOf(frame, 'color')).toBe(usual);
    },
  );
});

describe('with the system’s own colours', () => {
  it('what is told by colour beside a word keeps it, and the rest is the system’s', async () => {
    const { page } = await visit.dashboard('Finance manager');
    const swatches = itemOf(page, 'cash-flow').locator('.legend .swatch');
    await swatches.nth(1).waitFor();
    const colors = () => swatches.evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    const usual = await colors();
    expect(new Set(usual).size).toBe(2);
    await page.emulateMedia({ forcedColors: 'active' });
    // The system's text is black here, its links are not.
    await expect.poll(() => styleOf(itemOf(page, 'account-balance').locator('.frame'), 'border-top-color')).toBe('rgb(0, 0, 0)');
    expect(await colors()).toEqual(usual);
    // A triangle, not a block.
    const arrow = itemOf(page, 'account-balance').locator('.direction');
    expect(await arrow.evaluate((one) => getComputedStyle(one).forcedColorAdjust)).toBe('none');
    // Three dots that can be seen.
    const card = itemOf(page, 'account-balance');
    await card.hover();
    const [dots, below] = await card.locator('.menu-button').evaluate((one) => [getComputedStyle(one, '::before').backgroundColor, getComputedStyle(one).backgroundColor]);
    expect(dots).not.toBe(below);
  });

  it('what is to be done first can be read', async () => {
    const { page } = await visit.dashboard('Finance manager');
    await page.emulateMedia({ forcedColors: 'active' });
    await dashboard(page).getByRole('button', { name: 'Edit' }).click();
    await dashboard(page).locator('.ui-resizable-handle').first().waitFor();
    await dashboard(page).getByRole('button', { name: 'Add widget' }).click();
    const add = page.getByRole('dialog').locator('button.primary');
    await add.waitFor();
    expect(await styleOf(add, 'forced-color-adjust')).toBe('none');
    expect(await styleOf(add, 'color')).not.toBe(await styleOf(add, 'background-color'));
    // Which of the list is looked at is told by a ring.
    expect(await styleOf(page.getByRole('dialog').locator('.entry.chosen'), 'outline-style')).toBe('solid');
  });
});
