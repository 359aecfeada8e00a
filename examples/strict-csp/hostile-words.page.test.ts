/** Hostile strings where an edge has the word: states, faults, the panel that says why, files, the marketplace, layouts and settings. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { strictPages, type StrictPage } from './strict-page.js';
import { foreignOnPage, showFromEdge } from './test/hostile-edge.js';
import { HOSTILE_STRINGS } from './test/hostile-strings.js';

const strict = strictPages();

/** One line, and something to see. */
const STRINGS = HOSTILE_STRINGS.filter((text) => text.trim() !== '' && !text.includes('\n') && text.length < 300);

async function from(tags: string): Promise<StrictPage & { quiet(): Promise<void> }> {
  const opened = await strict.open('');
  await opened.page.evaluate(showFromEdge, { tags, strings: STRINGS });
  return {
    ...opened,
    async quiet() {
      expect(await opened.page.evaluate(foreignOnPage)).toEqual([]);
      expect(await opened.violations()).toEqual([]);
      expect(opened.errors).toEqual([]);
    },
  };
}

const openMenu = async (page: Page, widget: string) => {
  await page.locator(`ccm-widget[widget=${widget}]`).hover();
  await page.locator(`ccm-widget[widget=${widget}] .menu-button`).click();
};

describe.skipIf(HOSTILE_STRINGS.length === 0)('stored XSS: what an edge says (the strings of CCM_TESTDATA)', () => {
  it('of states and faults, for every string', async () => {
    const count = Math.ceil(STRINGS.length / 2);
    const { page, quiet } = await from(Array.from({ length: count }, (_, index) => `ccm-widget#widget-${index}`).join(' '));
    await page.locator('ccm-widget[state=refused]').last().waitFor();
    expect(await page.locator('ccm-widget[state]').count()).toBe(count);
    await quiet();
  });

  it('why a widget shows what it shows', async () => {
    const { page, quiet } = await from('ccm-widget#widget-0 ccm-widget#widget-1 ccm-widget#widget-2');
    for (const widget of ['widget-0', 'widget-1', 'widget-2']) {
      await openMenu(page, widget);
      await page.getByRole('menuitem', { name: 'Why?' }).click();
      await page.getByRole('dialog').waitFor();
      await quiet();
      expect(await page.getByRole('dialog').textContent()).not.toMatch(/undefined|NaN|Invalid Date|\[object/);
      await page.keyboard.press('Escape');
    }
  });

  it('in files', async () => {
    const { page, quiet } = await from('ccm-widget#widget-0');
    for (const entry of ['Export CSV', 'Export PNG']) {
      await openMenu(page, 'widget-0');
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: entry }).click()]);
      expect((await readFile(await download.path())).length).toBeGreaterThan(3);
      expect(download.suggestedFilename()).toMatch(/^[^\\/:*?"<>|]+\.(?:csv|png)$/);
    }
    await quiet();
  });

  it('in the marketplace', async () => {
    const { page, quiet } = await from('ccm-marketplace');
    await page.locator('ccm-marketplace .entry').first().waitFor();
    expect(await page.locator('ccm-marketplace .entry').count()).toBe(60);
    for (let entry = 0; entry < 60; entry += 4) {
      await page.locator('ccm-marketplace .entry .what').nth(entry).focus();
      await page.waitForTimeout(30);
    }
    for (const words of STRINGS.slice(0, 20)) await page.locator('ccm-marketplace .search').fill(words);
    await quiet();
  });

  it('of layouts, in what changes them, and in the settings of a widget', async () => {
    const { page, quiet } = await from('ccm-dashboard');
    await page.locator('ccm-dashboard ccm-widget').first().waitFor();
    await quiet();
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Done' }).waitFor();
    await quiet();
    await openMenu(page, 'widget-0');
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.locator('ccm-widget-settings #field-primaryLabel').waitFor();
    await quiet();
    const inputs = await page.locator('ccm-schema-form input:not([type=checkbox]):not([type=number]):not([type=color]):visible').all();
    expect(inputs.length).toBeGreaterThan(3);
    for (const [index, input] of inputs.entries()) await input.fill(STRINGS[index * 17] ?? '');
    await quiet();
  });
});
