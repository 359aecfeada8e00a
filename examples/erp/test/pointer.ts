/** A dashboard arranged with a mouse. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { arrangement, itemOf } from './arrangement.js';

const COLUMNS = 6;
/** Pixels between two cards. */
const GAP = 12;

/** Where something is in the window. */
export async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('It is not on the screen.');
  return box;
}

/** Where a widget is on the dashboard, however far that is scrolled. */
export async function placeOf(page: Page, widget: string) {
  const id = (await itemOf(page, widget).getAttribute('data-item')) ?? '';
  const [left = 0, top = 0, width = 0, height = 0] = (await arrangement(page))[id]?.split(' ').map(Number) ?? [];
  return { left, top, width, height };
}

/** Takes hold in the middle of something and lets go so many pixels further. */
export async function drag(page: Page, what: Locator, dx: number, dy: number): Promise<void> {
  await what.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await boxOf(what);
  const [left, top] = [x + width / 2, y + height / 2];
  await page.mouse.move(left, top);
  await page.mouse.down();
  await page.mouse.move(left + dx, top + dy, { steps: 12 });
  await page.mouse.up();
}

/** By its header to the place that another widget has. */
export async function moveTo(page: Page, title: string, widget: string, other: string): Promise<void> {
  const [from, to] = [await placeOf(page, widget), await placeOf(page, other)];
  await drag(page, page.getByRole('button', { name: `Move ${title}`, exact: true }), to.left - from.left, to.top - from.top);
  await expect.poll(() => placeOf(page, widget)).toEqual({ ...from, left: to.left, top: to.top });
}

/** By its corner, one column wider and one row higher; it is so many columns wide and rows high. */
export async function grow(page: Page, widget: string, columns = 2, rows = 1): Promise<void> {
  const before = await placeOf(page, widget);
  const column = ((await boxOf(page.locator('ccm-dashboard'))).width + GAP) / COLUMNS;
  const row = (before.height + GAP) / rows;
  await drag(page, itemOf(page, widget).locator('.ui-resizable-handle'), column, row);
  await expect.poll(() => placeOf(page, widget)).toEqual({ ...before, width: Math.round((columns + 1) * column - GAP), height: Math.round(before.height + row) });
}
