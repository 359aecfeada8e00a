/** A widget's menu without a pointer. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectFocus, focused, press, tabTo } from './test/keyboard.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

const MENU = 'Actions for Daily Sales Summary';

/** Opens the menu whose button has the focus, which comes to its first entry. */
async function openMenu(page: Page): Promise<void> {
  await press(page, 'Enter');
  await expect.poll(async () => (await focused(page)).name).toBe('Refresh');
}

describe('by keyboard alone, a widget\'s menu', () => {
  it('opens by the key for menus too', async () => {
    const { page } = await visit.modulePage('sales');
    await tabTo(page, MENU);
    await press(page, 'Shift+F10');
    await expectFocus(page, 'Refresh');
    await press(page, 'Escape');
    await expectFocus(page, MENU);
  });

  it('opens at its button, is walked through by arrows, and gives the focus back', async () => {
    const { page } = await visit.modulePage('sales');
    await tabTo(page, MENU);
    await press(page, 'Enter');
    await expectFocus(page, 'Refresh');
    // The code of its view may still be on the way; what can be saved is offered once it is drawn.
    await page.getByRole('menuitem', { name: 'Export PNG' }).waitFor();
    await press(page, 'ArrowDown');
    await expectFocus(page, 'Full screen');
    for (const entry of ['Export CSV', 'Export PNG', 'Why?', 'Refresh']) {
      await press(page, 'ArrowDown');
      await expectFocus(page, entry);
    }
    await press(page, 'ArrowUp');
    await expectFocus(page, 'Why?');
    await press(page, 'Home');
    await expectFocus(page, 'Refresh');
    await press(page, 'Escape');
    await expectFocus(page, MENU);
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('refreshes', async () => {
    const { page, sent } = await visit.modulePage('sales');
    await page.locator('ccm-widget[widget=sales-summary][live=ws]').waitFor();
    await tabTo(page, MENU);
    await openMenu(page);
    await press(page, 'Enter');
    await expectFocus(page, MENU);
    await expect.poll(() => sent.filter((frame) => frame.includes('"refresh"'))).toEqual([expect.stringContaining('sales-summary')]);
  });

  it('says where the data is from, and gives the focus back', async () => {
    const { page } = await visit.modulePage('sales');
    await tabTo(page, MENU);
    for (const close of ['Enter', 'Escape']) {
      await openMenu(page);
      await press(page, 'End', 'Enter');
      await expectFocus(page, 'Close');
      const panel = page.getByRole('dialog', { name: 'Daily Sales Summary' });
      await panel.getByText('Live connection (WebSocket)').waitFor();
      await press(page, close);
      await panel.waitFor({ state: 'hidden' });
      await expectFocus(page, MENU);
    }
  });

  it('goes to full screen and back', async () => {
    const { page } = await visit.modulePage('sales');
    const full = () => page.evaluate(() => document.fullscreenElement?.getAttribute('widget') ?? '');
    await tabTo(page, MENU);
    await openMenu(page);
    await press(page, 'ArrowDown', 'Enter');
    await expect.poll(full).toBe('sales-summary');
    await expectFocus(page, MENU);
    await openMenu(page);
    await press(page, 'ArrowDown');
    expect((await focused(page)).name).toBe('Leave full screen');
    await press(page, 'Enter');
    await expect.poll(full).toBe('');
    await expectFocus(page, MENU);
  });
});
