/** What a widget's frame gives to its viewer, on a page with the strictest policy: files, and why it shows what it shows. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { visitors } from './test/visitor.js';

const visit = visitors();

/** The strictest that a page with our script can have. */
async function strictPage(widget: string): Promise<{ page: Page; faults: string[] }> {
  const { url, modules } = visit.demo;
  const login = await fetch(`${url}/demo/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user: 'admin' }) });
  const { token } = (await login.json()) as { token: string };
  const { page, faults } = await visit.open();
  const address = `${modules.crm}/strict.html`;
  await page.context().grantPermissions(['local-network-access']);
  await page.route(address, (route) => route.fulfill({
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${url}; connect-src ${url} ${url.replace('http', 'ws')}; require-trusted-types-for 'script'`,
    },
    body: `<!doctype html><html lang="en"><title>Strict</title><script type="module" src="${url}/ccm.js" data-token="${token}"></script><ccm-widget widget="${widget}"></ccm-widget></html>`,
  }));
  await page.goto(address);
  await page.locator('ccm-widget[state=fresh][live=ws]').waitFor();
  return { page, faults };
}

/** Chooses an entry of the widget's menu, and gives the file that comes of it. */
async function exported(page: Page, entry: string): Promise<{ name: string; bytes: Buffer }> {
  await page.locator('ccm-widget').hover();
  await page.getByRole('button', { name: /^Actions for/ }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: entry }).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

describe('under the strictest policy, a widget', () => {
  it('gives its rows as a CSV file', async () => {
    const { page, faults } = await strictPage('low-stock-alert');
    const { name, bytes } = await exported(page, 'Export CSV');
    expect(name).toMatch(/^Low Stock.* \d{4}-\d\d-\d\d \d\d\.\d\d\.csv$/);
    const lines = bytes.toString('utf8').split('\r\n');
    expect(lines[0]?.startsWith('\uFEFF')).toBe(true);
    expect(lines.length).toBeGreaterThan(2);
    expect(faults).toEqual([]);
  });

  it('gives itself as a picture', async () => {
    const { page, faults } = await strictPage('sales-summary');
    const { name, bytes } = await exported(page, 'Export PNG');
    expect(name).toMatch(/^Daily Sales Summary \d{4}-\d\d-\d\d \d\d\.\d\d\.png$/);
    const box = await page.locator('ccm-widget').boundingBox();
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([Math.round((box?.width ?? 0) * 2), Math.round((box?.height ?? 0) * 2)]);
    expect(bytes.length).toBeGreaterThan(5_000);
    expect(faults).toEqual([]);
  });

  it('says why it shows what it shows', async () => {
    const { page, faults } = await strictPage('sales-summary');
    const why = await page.locator('ccm-widget').evaluate((element) => (element as unknown as { explain(): Promise<object> }).explain());
    expect(why).toMatchObject({ widgetId: 'sales-summary', state: 'fresh', carrier: 'ws', from: 'edge', source: { type: 'module', name: 'sales' }, watchers: 1 });
    for (const time of ['fetchedAt', 'checkedAt', 'nextAt', 'tokenEndsAt']) expect(why).toHaveProperty(time, expect.stringMatching(/^\d{4}-.*Z$/));
    await page.locator('ccm-widget').hover();
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Why?' }).click();
    const panel = page.getByRole('dialog', { name: 'Daily Sales Summary' });
    for (const text of ['Up to date', 'Module “sales”', 'Live connection (WebSocket)', '1 page', visit.demo.url]) await panel.getByText(text, { exact: true }).waitFor();
    expect(await panel.getByText(/^in \d+ /).count()).toBeGreaterThan(0);
    expect(await panel.textContent()).not.toMatch(/undefined|NaN|\[object/);
    expect(faults).toEqual([]);
  });
});
