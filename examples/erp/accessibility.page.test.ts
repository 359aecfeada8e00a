import { describe, expect, it } from 'vitest';
import { axe } from './test/axe.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

describe.each(['light', 'dark'] as const)('axe finds nothing (%s)', (theme) => {
  it('on the dashboard', async () => {
    const { page } = await visit.dashboard('Sales manager', { theme });
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Done' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it('on what opens from a widget: its menu, why it shows what it shows, its settings', async () => {
    const { page } = await visit.dashboard('Administrator', { theme });
    const openMenu = async () => {
      await page.locator('ccm-dashboard ccm-widget').first().hover();
      await page.locator('ccm-dashboard ccm-widget .menu-button').first().click();
      await page.getByRole('menu').waitFor();
    };
    await openMenu();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Why?' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Done' }).waitFor();
    await openMenu();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.locator('ccm-widget-settings ccm-schema-form').first().waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it('on the marketplace, and on what is done with layouts', async () => {
    const { page } = await visit.dashboard('Administrator', { theme });
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: /^Add/ }).first().click();
    await page.locator('ccm-marketplace .entry').first().waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    for (const entry of ['Rename …', 'Import JSON …', 'Start from a preset …']) {
      await page.locator('ccm-dashboard [aria-haspopup=menu]').first().click();
      expect(await axe(page)).toEqual([]);
      await page.getByRole('menuitem', { name: entry }).click();
      await page.getByRole('dialog').first().waitFor();
      expect(await axe(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });

  it('on the connections, and on the form of one', async () => {
    const { page } = await visit.dashboard('Administrator', { theme });
    await page.goto(`${visit.demo.url}/connections.html`);
    await page.getByRole('button', { name: 'Connect SendGrid' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Connect SendGrid' }).click();
    await page.getByLabel('Key').waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it.each(['sales', 'inventory'] as const)('on %s.html', async (name) => {
    const { page } = await visit.modulePage(name, { theme });
    expect(await axe(page)).toEqual([]);
  });
});
