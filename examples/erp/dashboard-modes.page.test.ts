/** A dashboard on a screen on the wall, on paper, and saved only when its user says so. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { edit, itemIds } from './test/arrangement.js';
import { choose, dialogOf, saved } from './test/board.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

const bar = (page: Page) => page.locator('ccm-dashboard .bar');

/** What of the cards is not whole on the paper: it is cut off by its neighbour or by the edge of the page. */
const cut = (page: Page) => page.locator('ccm-dashboard').evaluate((dashboard) => {
  const boxes = [...(dashboard.shadowRoot?.querySelectorAll('.item') ?? [])].map((item) => item.getBoundingClientRect());
  const over = (a: DOMRect, b: DOMRect) => a !== b && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.filter((a) => a.left < 0 || a.right > document.documentElement.clientWidth + 1 || a.height < 40 || boxes.some((b) => over(a, b))).length;
});

it('fills the screen without its toolbar until Escape', async () => {
  const { page, faults } = await visit.dashboard('Sales manager');
  const full = () => page.evaluate(() => document.fullscreenElement?.localName ?? '');
  await choose(page, 'Full screen');
  await expect.poll(full).toBe('ccm-dashboard');
  await bar(page).waitFor({ state: 'hidden' });
  // Escape is the browser's own here, and without a window of it nobody hears the key.
  await page.evaluate(() => document.exitFullscreen());
  await expect.poll(full).toBe('');
  await bar(page).waitFor();
  expect(faults).toEqual([]);
});

describe('on paper', () => {
  it('has all its cards, in light, and nothing that can be pressed', async () => {
    const { page, faults } = await visit.dashboard('Inventory manager', { theme: 'dark' });
    const widgets = page.locator('ccm-dashboard ccm-widget');
    const unseen = widgets.and(page.locator(':not([state=fresh])'));
    expect(await page.locator('ccm-dashboard').getAttribute('data-theme')).toBe('dark');
    // On a screen, those far below are not asked for.
    await page.setViewportSize({ width: 1280, height: 300 });
    await page.reload();
    await widgets.and(page.locator('[state=fresh]')).first().waitFor();
    expect(await unseen.count()).toBeGreaterThan(0);

    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    // Its code comes a little after the dashboard.
    await page.waitForFunction(() => dispatchEvent(new Event('beforeprint')) && document.querySelector('ccm-dashboard')!.shadowRoot!.querySelector('.sheet') !== null);
    expect(await page.locator('ccm-dashboard .sheet').innerText()).toMatch(/^Inventory Overview\s+Printed /);
    await expect.poll(() => unseen.count()).toBe(0);
    expect(await bar(page).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: /^Actions for/ }).filter({ visible: true }).count()).toBe(0);
    for (const widget of await widgets.all()) expect(await widget.getAttribute('data-theme')).toBe('light');
    expect(await cut(page)).toBe(0);
    expect(faults).toEqual([]);
  });
});

describe('saved by hand', () => {
  it('is kept by Save, by Ctrl+S, and given up by discarding', async () => {
    const { page, faults } = await visit.dashboard('Finance manager');
    const writes: string[] = [];
    page.on('request', (request) => request.method() === 'PATCH' && writes.push(request.url()));
    await edit(page);
    const all = await itemIds(page);
    await choose(page, 'Dashboard settings …');
    const dialog = dialogOf(page, 'Dashboard settings');
    await dialog.getByLabel('Save changes').selectOption('When I press Save');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await saved(page);
    expect(writes).toHaveLength(1);

    await page.getByRole('button', { name: 'Remove Cash Flow' }).click();
    await page.getByRole('status').getByText('Not saved yet').waitFor();
    await page.waitForTimeout(1500);
    expect(writes).toHaveLength(1);
    await page.keyboard.press('Control+s');
    await saved(page);
    expect(writes).toHaveLength(2);

    const kept = await itemIds(page);
    expect(kept).toHaveLength(all.length - 1);
    await page.getByRole('button', { name: 'Remove Receivables' }).click();
    await expect.poll(() => itemIds(page)).toHaveLength(kept.length - 1);
    await choose(page, 'Discard changes …');
    await dialogOf(page, 'Discard changes?').getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => itemIds(page)).toEqual(kept);
    expect(writes).toHaveLength(2);
    await page.reload();
    await expect.poll(() => itemIds(page)).toEqual(kept);
    expect(faults).toEqual([]);
  });
});
