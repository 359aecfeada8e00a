/** A dashboard made from nothing with the mouse, changed in every way, taken back, and taken elsewhere. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { arrangement, itemIds, itemOf } from './test/arrangement.js';
import { choose, chooseOf, comparable, dialogOf, exported, makeDashboard, saved, shown } from './test/board.js';
import { grow, moveTo } from './test/pointer.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

/** A widget of each type that the demo has, and how it is found. */
const FOUND = [
  ['sales-summary', 'Daily Sales Summary', 'daily sum', undefined],
  ['sales-by-hour', 'Orders by Hour', undefined, 'Sales'],
  ['top-products', 'Top Products', 'top prod', 'Sales'],
  ['memory-usage', 'Memory', 'memory', undefined],
  ['open-deals', 'Largest Open Deals', undefined, 'CRM'],
  ['sales-by-state', 'Sales by State', 'state', 'Sales'],
] as const;

/** From the marketplace: searched, narrowed down, seen with its data, added by one click. */
async function add(page: Page, [widget, title, words, category]: (typeof FOUND)[number]): Promise<void> {
  await page.getByRole('button', { name: 'Add widget' }).click();
  const dialog = dialogOf(page, 'Add widget');
  if (words !== undefined) await dialog.getByLabel('Search widgets').fill(words);
  if (category !== undefined) await dialog.getByRole('group', { name: 'Category' }).getByRole('button', { name: new RegExp(`^${category}`) }).click();
  await dialog.getByRole('button', { name: new RegExp(`^${title}`) }).first().click();
  await dialog.getByRole('group', { name: 'Preview' }).locator(`ccm-widget[widget=${widget}][state=fresh]`).waitFor();
  await dialog.getByRole('button', { name: `Add ${title}`, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await shown(page, widget);
}

/** In the definition editor, as the administrator: what the demo has no widget of. */
async function define(page: Page, { id, title, type, fill }: { id: string; title: string; type: string; fill(editor: Locator): Promise<unknown> }): Promise<void> {
  await page.getByRole('button', { name: 'Add widget' }).click();
  const market = dialogOf(page, 'Add widget');
  await market.getByRole('button', { name: 'New widget' }).click();
  const editor = dialogOf(page, 'New widget');
  await editor.getByLabel('Title', { exact: true }).fill(title);
  await editor.getByLabel('Id', { exact: true }).fill(id);
  await editor.getByLabel('Type', { exact: true }).selectOption(type);
  await editor.getByRole('combobox', { name: 'Source' }).selectOption('Written here');
  await fill(editor);
  await editor.getByRole('button', { name: 'Save' }).click();
  await editor.waitFor({ state: 'hidden' });
  await market.getByLabel('Search widgets').fill(title);
  await market.getByRole('button', { name: `Add ${title}`, exact: true }).click();
  await market.waitFor({ state: 'hidden' });
  await shown(page, id);
}

/** In the settings of a widget: fields by their labels, then Apply. */
async function set(page: Page, title: string, change: (dialog: Locator) => Promise<unknown>): Promise<void> {
  await chooseOf(page, title, 'Settings …');
  const dialog = dialogOf(page, /^Settings of/);
  await change(dialog);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** What one field of a form gets, by its label. */
const fills = (label: string, value: string) => (dialog: Locator) => dialog.getByLabel(label, { exact: true }).first().fill(value);
const picks = (label: string, choice: string) => (dialog: Locator) => dialog.getByLabel(label, { exact: true }).first().selectOption(choice);
const ticks = (label: string) => (dialog: Locator) => dialog.getByLabel(label, { exact: true }).first().check();

/** A change of each type: the widget, its title, what is set, and what is to be seen then. */
const CHANGES: readonly [widget: string, title: string, change: (dialog: Locator) => Promise<unknown>, seen: (widget: Locator) => Locator][] = [
  ['sales-summary', 'Daily Sales Summary', fills('Label', 'Taken today'), (widget) => widget.getByText('Taken today')],
  ['sales-by-hour', 'Orders by Hour', picks('Kind of chart', 'Donut'), (widget) => widget.locator('ccm-chart .pie')],
  ['top-products', 'Top Products', ticks('Search'), (widget) => widget.getByRole('searchbox')],
  ['memory-usage', 'Memory', picks('Shape', 'Bar'), (widget) => widget.locator('ccm-gauge .fill')],
  ['open-deals', 'Largest Open Deals', fills('Items at most', '2'), (widget) => widget.getByText(/^and \d+ more$/)],
  ['sales-by-state', 'Sales by State', ticks('Heat'), (widget) => widget.getByText('Many')],
  ['house-notes', 'House notes', fills('Text (Markdown)', '# Stock is **counted** today'), (widget) => widget.getByRole('heading', { name: 'Stock is counted today' })],
  ['house-rule', 'House rule', fills('Options', '{"big": true}'), (widget) => widget.getByText('big')],
];

/** An element that the page's owner made: the demo has no widget with one. */
const HOUSE_RULE = () => customElements.define('house-rule', class extends HTMLElement {
  set input({ data, options }: { data: unknown; options: { big?: boolean } }) {
    this.textContent = `${JSON.stringify(data)} ${options.big ? 'big' : 'small'}`;
  }
});

/** Density, a time range, and a variable that widgets declare: in the settings of the dashboard. */
async function setUp(page: Page): Promise<void> {
  await choose(page, 'Dashboard settings …');
  const dialog = dialogOf(page, 'Dashboard settings');
  await dialog.getByLabel('Density').selectOption('Compact');
  await dialog.getByLabel('Show a time range above the widgets').check();
  await dialog.getByRole('button', { name: 'Add a variable' }).click();
  await dialog.getByLabel('Parameter').fill('days');
  await dialog.getByLabel('Label').fill('Days');
  await dialog.getByLabel('Kind').selectOption('Number');
  await dialog.getByLabel('Choices, separated by commas').fill('7, 30');
  await dialog.getByLabel('Begins with').fill('30');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Presses a key until the button that does the same has nothing to do any more; how often. */
async function pressUntil(page: Page, key: string, button: string): Promise<number> {
  await page.mouse.move(640, 500);
  for (let times = 0; ; times += 1) {
    if (await page.getByRole('button', { name: button }).isDisabled()) return times;
    await page.keyboard.press(key);
  }
}

/** From a file, as a dashboard of its own. */
async function takeIn(page: Page, file: string): Promise<void> {
  await choose(page, 'Import JSON …');
  const dialog = dialogOf(page, 'Import a dashboard');
  await dialog.getByLabel('File').setInputFiles(file);
  await dialog.getByText('“From nothing” with 8 widgets').waitFor();
  await dialog.getByText('house-rule').waitFor();
  await dialog.getByRole('button', { name: 'As a new dashboard' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await itemOf(page, 'sales-summary').waitFor();
}

describe('with the mouse', () => {
  it('a dashboard is built from nothing, taken back, done again, saved, exported and imported elsewhere', async () => {
    const { page, faults } = await visit.dashboard('Administrator');
    await page.addInitScript(HOUSE_RULE);
    await page.reload();
    await makeDashboard(page, 'From nothing');
    expect(await itemIds(page)).toEqual([]);

    for (const one of FOUND) await add(page, one);
    await define(page, { id: 'house-notes', title: 'House notes', type: 'text', fill: fills('Text (Markdown)', 'Nothing yet') });
    await define(page, { id: 'house-rule', title: 'House rule', type: 'custom', fill: fills('Element', 'house-rule') });
    expect(await itemIds(page)).toHaveLength(8);

    await moveTo(page, 'House rule', 'house-rule', 'house-notes');
    await grow(page, 'sales-summary');

    for (const [widget, title, change, seen] of CHANGES) {
      await set(page, title, change);
      await seen(await shown(page, widget)).waitFor();
    }

    await setUp(page);
    const density = () => page.locator('ccm-dashboard').getAttribute('data-density');
    await expect.poll(density).toBe('compact');
    // What is set while editing is what readers begin with.
    await page.getByLabel('Days').selectOption('7');
    await page.getByRole('button', { name: /^Time range/ }).click();
    await dialogOf(page, 'Time range').getByRole('button', { name: 'Last 7 days' }).click();
    await page.getByRole('button', { name: 'Time range: Last 7 days' }).waitFor();
    await saved(page);
    const made = await exported(page);
    const places = await arrangement(page);
    expect(made).toMatchObject({ name: 'From nothing', timeRange: { from: '-7d', to: 'now' }, variables: [{ name: 'days', default: 7 }], settings: { density: 'compact' } });
    expect(made.widgets.filter(({ config }) => config)).toHaveLength(CHANGES.length);

    const undone = await pressUntil(page, 'Control+z', 'Undo last change');
    expect(await itemIds(page)).toEqual([]);
    await expect.poll(density).toBe('normal');
    await page.getByRole('group', { name: 'Time and variables' }).waitFor({ state: 'detached' });
    expect(await pressUntil(page, 'Control+Shift+z', 'Redo last change')).toBe(undone);
    expect(comparable(await exported(page))).toEqual(comparable(made));
    expect(await arrangement(page)).toEqual(places);

    await page.reload();
    await page.getByLabel('Dashboard', { exact: true }).selectOption('From nothing');
    await expect.poll(() => arrangement(page)).toEqual(places);
    for (const [widget, , , seen] of CHANGES) await seen(await shown(page, widget)).waitFor();

    const elsewhere = await visit.dashboard('Sales manager', { company: 'Borealis Bürobedarf' });
    await takeIn(elsewhere.page, made.file);
    const taken = await exported(elsewhere.page);
    expect(comparable(taken)).toEqual(comparable(made));
    expect(await arrangement(elsewhere.page).then(Object.keys)).toHaveLength(8);

    expect([...faults, ...elsewhere.faults.filter((fault) => !/404/.test(fault))]).toEqual([]);
  });

  it('a dashboard is duplicated, renamed and made the default, and the other one deleted', async () => {
    const { page, faults } = await visit.dashboard('Finance manager');
    const names = () => page.getByLabel('Dashboard', { exact: true }).getByRole('option').allTextContents();
    // The first copy is of the role's preset, which is nobody's own.
    for (const count of [2, 3]) {
      await choose(page, 'Duplicate');
      await expect.poll(names).toHaveLength(count);
    }
    const before = comparable(await exported(page));
    await choose(page, 'Rename …');
    const dialog = dialogOf(page, 'Rename dashboard');
    await dialog.getByLabel('Name').fill('Quarter');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await expect.poll(names).toContain('Quarter');
    await choose(page, 'Make default');
    await expect.poll(names).toHaveLength(2);
    const [other = ''] = (await names()).filter((name) => name !== 'Quarter (default)');
    await page.getByLabel('Dashboard', { exact: true }).selectOption(other);
    await expect.poll(() => page.getByLabel('Dashboard', { exact: true }).evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text)).toBe(other);
    await choose(page, 'Delete …');
    await dialogOf(page, `Delete “${other}”?`).getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'Quarter' }).waitFor();
    expect(comparable(await exported(page))).toEqual(before);
    await page.reload();
    await page.getByRole('heading', { name: 'Quarter' }).waitFor();
    expect(faults).toEqual([]);
  });
});
