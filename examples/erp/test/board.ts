/** A dashboard managed with a pointer: its menu, its dialogs, what is on it. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { itemOf } from './arrangement.js';

/** What an exported file says. */
export interface LayoutFile {
  name: string;
  widgets: { itemId?: string; widgetId: string; position: object; config?: Record<string, unknown> }[];
  [field: string]: unknown;
}

/** Chooses an entry of the dashboard's menu. */
export async function choose(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'More for this dashboard' }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

/** Chooses an entry of a widget's menu, by the widget's title. */
export async function chooseOf(page: Page, title: string, entry: string): Promise<void> {
  await page.locator('ccm-dashboard').getByRole('button', { name: `Actions for ${title}`, exact: true }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

/** The dialog of this name that is open; its form, where the dashboard's menu opened it. */
export const dialogOf = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });

/** Makes an empty dashboard, which is then edited. */
export async function makeDashboard(page: Page, name: string): Promise<void> {
  await choose(page, 'New dashboard …');
  const dialog = dialogOf(page, 'New dashboard');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'Done' }).waitFor();
  await page.locator('ccm-dashboard').getByText(name).first().waitFor({ state: 'attached' });
}

/** Waits until the last change is at the edge. */
export async function saved(page: Page): Promise<void> {
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
}

/** The dashboard as the file that the browser was given. */
export async function exported(page: Page): Promise<LayoutFile & { file: string }> {
  const download = page.waitForEvent('download');
  await choose(page, 'Export as JSON');
  const file = await (await download).path();
  return { ...(JSON.parse(await readFile(file, 'utf8')) as LayoutFile), file };
}

/** Without what is another's on each dashboard: ids of items, and their file. */
export function comparable({ file: _file, name: _name, widgets, ...rest }: LayoutFile & { file?: string }): object {
  return { ...rest, widgets: widgets.map(({ itemId: _id, ...item }) => item) };
}

/** A widget's element on the dashboard, once it shows an answer. */
export async function shown(page: Page, widget: string): Promise<Locator> {
  const element = itemOf(page, widget).locator('ccm-widget');
  await itemOf(page, widget).scrollIntoViewIfNeeded();
  await element.and(page.locator('[state=fresh]')).waitFor();
  return element;
}
