import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Where each item's card stands on the dashboard, in pixels from its corner: `id` → `left top width height`. */
export async function arrangement(page: Page): Promise<Record<string, string>> {
  const boxes = await page.locator('ccm-dashboard').evaluate((dashboard) => {
    const from = dashboard.getBoundingClientRect();
    return [...(dashboard.shadowRoot?.querySelectorAll<HTMLElement>('[data-item]') ?? [])].map((item) => {
      const { left, top, width, height } = (item.querySelector('.content') ?? item).getBoundingClientRect();
      const box = [left - from.left, top - from.top, width, height].map(Math.round).join(' ');
      return [item.dataset['item'] ?? '', box] as const;
    });
  });
  return Object.fromEntries(boxes);
}

/** Ids of what is on the dashboard, in no order. */
export const itemIds = async (page: Page) => Object.keys(await arrangement(page)).sort();

/** The box of an item on the dashboard, by the id of its widget. */
export const itemOf = (page: Page, widget: string): Locator => page.locator('ccm-dashboard .item').filter({ has: page.locator(`ccm-widget[widget=${widget}]`) });

/** Opens editing and waits for the handles. */
export async function edit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.locator('ccm-dashboard .grid.editing .ui-resizable-handle').first().waitFor();
}

/** Waits until the last change is at the edge, loads the page anew, and expects everything where it was. */
export async function expectKept(page: Page): Promise<void> {
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
  const left = await arrangement(page);
  await page.reload();
  await page.locator('ccm-dashboard [data-item]').first().waitFor();
  expect(await arrangement(page)).toEqual(left);
}
