/** What a screen reader is given, where a rule about the markup sees no fault. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { choose, chooseOf } from './test/board.js';
import { namesOf, spoken } from './test/spoken.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

const saidTwice = async (page: Page) => (await spoken(page)).flatMap(({ role, name, description }) => (name && name === description ? [`${role} ${name}`] : []));

describe('nothing is said as a name and again as a description', () => {
  it('on the dashboard, while it is edited too', async () => {
    const { page } = await visit.dashboard('Administrator');
    expect(await saidTwice(page)).toEqual([]);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Done' }).waitFor();
    expect(await saidTwice(page)).toEqual([]);
    await chooseOf(page, 'User Activity', 'Settings …');
    await page.locator('ccm-widget-settings ccm-schema-form').first().waitFor();
    expect(await saidTwice(page)).toEqual([]);
  });

  it('on a map, a table to choose columns of, the alerts', async () => {
    const { page } = await visit.dashboard('Administrator');
    for (const kind of ['ccm-map', 'ccm-table']) {
      await page.goto(`${visit.demo.url}/gallery.html?kind=${kind}`);
      await page.locator('ccm-gallery ccm-widget[state=fresh]').first().waitFor();
      await page.getByRole('button', { name: kind === 'ccm-map' ? 'Zoom in' : 'Open order' }).first().waitFor();
      expect.soft(await saidTwice(page), kind).toEqual([]);
    }
    await page.goto(`${visit.demo.url}/alerts.html`);
    await page.getByRole('button', { name: 'How I am told' }).waitFor();
    expect(await saidTwice(page)).toEqual([]);
  });
});

describe('a name is words alone', () => {
  it('of a column that the rows are sorted by', async () => {
    const { page } = await visit.modulePage('sales');
    await page.getByRole('columnheader', { name: 'Margin' }).waitFor();
    expect((await namesOf(page, 'columnheader')).slice(-4)).toEqual(['Product', 'Units', 'Sales', 'Margin']);
  });

  it('with a space between them, of what is folded up and of what may be left out', async () => {
    const { page } = await visit.dashboard('Administrator');
    await chooseOf(page, 'User Activity', 'Settings …');
    await page.locator('ccm-widget-settings summary').first().waitFor();
    expect(await namesOf(page, 'DisclosureTriangle')).toContain('Columns 3');
    await page.goto(`${visit.demo.url}/connections.html`);
    await page.getByRole('button', { name: 'Add an API of your own' }).click();
    await page.getByRole('dialog').getByLabel('Base address').waitFor();
    expect(await namesOf(page, 'textbox')).toContain('Calls a minute (optional)');
  });
});

describe('a dialog is no page: what is above and below its form is no head and foot of one', () => {
  const landmarks = async (page: Page) => (await spoken(page)).flatMap(({ role }) => (role === 'banner' || role === 'contentinfo' ? [role] : []));

  it('on the dashboard', async () => {
    const { page } = await visit.dashboard('Administrator');
    const opened = async (words: string) => {
      await page.getByRole('dialog').first().waitFor();
      expect.soft(await landmarks(page), words).toEqual([]);
      await page.keyboard.press('Escape');
    };
    await choose(page, 'Rename …');
    await opened('a question');
    await chooseOf(page, 'User Activity', 'Settings …');
    await opened('settings of a widget');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Add widget' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'New widget' }).waitFor();
    await opened('widgets to add');
  });

  it('where a connection or a silence is made', async () => {
    const { page } = await visit.dashboard('Administrator');
    for (const [path, name] of [
      ['connections', 'Connect SendGrid'], ['connections', 'Add an API of your own'], ['alerts', /^Silence /],
    ] as const) {
      await page.goto(`${visit.demo.url}/${path}.html`);
      await page.getByRole('button', { name }).first().click();
      await page.getByRole('dialog').first().waitFor();
      expect.soft(await landmarks(page), String(name)).toEqual([]);
    }
  });
});
