/** A dashboard arranged without a pointer. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { arrangement, expectKept, itemIds, itemOf } from './test/arrangement.js';
import { drawn, expectFocus, focused, press, tabTo } from './test/keyboard.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

const dashboard = (page: Page) => page.locator('ccm-dashboard');
/** What the dashboard says to those who hear. */
const said = (page: Page, text: string | RegExp) => dashboard(page).getByRole('status').filter({ hasText: text }).waitFor({ state: 'attached' });
const placeOf = async (page: Page, widget: string) => (await arrangement(page))[(await itemOf(page, widget).getAttribute('data-item')) ?? ''];

/** Something has the focus: who presses Tab next goes on from there and not from the start of the page. */
async function expectSomeFocus(page: Page, after: string): Promise<void> {
  await drawn(page);
  expect.soft((await focused(page)).role, `what has the focus after ${after}`).not.toBe('body');
}

async function beginEditing(page: Page): Promise<void> {
  await tabTo(page, 'Edit');
  await press(page, 'Enter');
  await dashboard(page).locator('.ui-resizable-handle').first().waitFor();
}

describe('by keyboard alone, a dashboard', () => {
  it('has its widgets moved and resized by arrows', async () => {
    const { page } = await visit.dashboard('Finance manager');
    await beginEditing(page);
    for (const [title, widget, steps] of [
      ['Account Balance', 'account-balance', [
        ['ArrowRight', 'Column 2, row 1, 2 wide, 1 high'], ['Shift+ArrowRight', 'Column 2, row 1, 3 wide, 1 high'],
        ['Shift+ArrowDown', 'Column 2, row 1, 3 wide, 2 high'], ['Shift+ArrowLeft', 'Column 2, row 1, 2 wide, 2 high'],
        ['Shift+ArrowUp', 'Column 2, row 1, 2 wide, 1 high'], ['ArrowLeft', 'Column 1, row 1, 2 wide, 1 high'],
      ]],
      ['Cash Flow', 'cash-flow', [['ArrowUp', 'Column 1, row 1, 3 wide, 3 high']]],
    ] as const) {
      await tabTo(page, `Move ${title}`);
      for (const [key, words] of steps) {
        const before = await placeOf(page, widget);
        await press(page, key);
        await said(page, words);
        await expectFocus(page, `Move ${title}`);
        expect(await placeOf(page, widget), key).not.toBe(before);
      }
    }
    await expectKept(page);
  });

  // Below a low one, below a high one: the way down is past what stands there.
  it.each([['Account Balance', 'account-balance'], ['Cash Flow', 'cash-flow']])('has a widget moved down by an arrow (%s)', async (title, widget) => {
    const { page } = await visit.dashboard('Finance manager', { company: 'Borealis Bürobedarf' });
    await beginEditing(page);
    await tabTo(page, `Move ${title}`);
    const before = await placeOf(page, widget);
    await press(page, 'ArrowDown');
    await expect.poll(() => placeOf(page, widget)).not.toBe(before);
    await expectFocus(page, `Move ${title}`);
  });

  it('loses a widget by Delete and has it back by the undo', async () => {
    const { page } = await visit.dashboard('Inventory manager');
    const before = await arrangement(page);
    await beginEditing(page);
    await tabTo(page, 'Move Stock Levels');
    await press(page, 'Delete');
    await said(page, 'Stock Levels removed');
    expect(await itemIds(page)).toHaveLength(Object.keys(before).length - 1);
    await tabTo(page, 'Undo');
    await press(page, 'Enter');
    await expect.poll(() => arrangement(page)).toEqual(before);
    await expectKept(page);
  });

  it('keeps the focus, whatever its buttons do', async () => {
    const { page } = await visit.dashboard('Inventory manager', { company: 'Borealis Bürobedarf' });
    await beginEditing(page);
    await expectSomeFocus(page, 'Edit');
    await tabTo(page, 'Remove Stock Levels');
    await press(page, 'Enter');
    await said(page, 'Stock Levels removed');
    await expectSomeFocus(page, 'Remove');
    await tabTo(page, 'Move Warehouse Status');
    await press(page, 'Delete');
    await said(page, 'Warehouse Status removed');
    await expectSomeFocus(page, 'Delete');
    await tabTo(page, 'Undo');
    await press(page, 'Enter');
    await itemOf(page, 'warehouse-status').first().waitFor();
    await expectSomeFocus(page, 'Undo');
    await tabTo(page, 'Done');
    await press(page, 'Enter');
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    await expectSomeFocus(page, 'Done');
  });

  it('gets a widget from the list', async () => {
    const { page } = await visit.dashboard('Employee');
    const before = await itemIds(page);
    await beginEditing(page);
    await tabTo(page, 'Add widget');
    const dialog = page.getByRole('dialog', { name: 'Add widget' });

    await press(page, 'Enter');
    await dialog.getByRole('button', { name: /^Stock Levels/ }).waitFor();
    await press(page, 'Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expectFocus(page, 'Add widget');

    await press(page, 'Enter');
    await expectFocus(page, 'Search widgets');
    await page.keyboard.type('stock lev');
    await tabTo(page, /^Stock Levels/);
    await press(page, 'Enter');
    await dialog.waitFor({ state: 'hidden' });
    await expectFocus(page, 'Add widget');
    expect(await itemIds(page)).toHaveLength(before.length + 1);
    await said(page, 'Stock Levels added');
    await expectKept(page);
  });
});
