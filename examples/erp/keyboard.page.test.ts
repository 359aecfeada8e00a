/** Everything without a pointer: who cannot use one gets as far as everybody. */
import { describe, expect, it } from 'vitest';
import { itemIds, itemOf } from './test/arrangement.js';
import { expectFocus, press, tabTo } from './test/keyboard.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

describe('by keyboard alone', () => {
  it('one logs in to the platform, chooses a theme and logs out', async () => {
    const { page, faults } = await visit.open();
    await page.goto(visit.demo.url);
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    await tabTo(page, 'Atlas Office Supply');
    await press(page, 'ArrowDown');
    await expectFocus(page, 'Borealis Bürobedarf');
    await tabTo(page, 'Administrator');
    await press(page, 'ArrowDown');
    await expectFocus(page, 'Sales manager');
    await tabTo(page, 'Log in');
    await press(page, 'Enter');
    await page.locator('ccm-widget[widget=sales-summary][state=fresh]').waitFor();
    expect(await page.locator('ccm-widget[widget=sales-summary]').getByText('€').count()).toBeGreaterThan(0);
    await expectFocus(page, 'User');

    await tabTo(page, /^Theme/);
    await press(page, 'End');
    await expect.poll(() => page.locator('ccm-dashboard').getAttribute('data-theme')).toBe('dark');
    await press(page, 'ArrowUp');
    await expect.poll(() => page.locator('ccm-dashboard').getAttribute('data-theme')).toBe('light');

    await tabTo(page, 'Log out', 'Shift+Tab');
    await press(page, 'Enter');
    await expectFocus(page, 'Borealis Bürobedarf');
    expect(await page.locator('ccm-dashboard').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('one logs in to a module, places an order and logs out', async () => {
    const { page, faults } = await visit.open();
    await page.goto(`${visit.demo.modules.sales}/sales.html`);
    await tabTo(page, 'Company');
    await press(page, 'ArrowDown');
    await tabTo(page, 'Log in as');
    await tabTo(page, 'Log in');
    await press(page, 'Enter');
    await page.locator('ccm-widget[widget=sales-summary][state=fresh]').waitFor();
    await page.getByText('Borealis Bürobedarf').waitFor();
    await tabTo(page, 'Pieces');
    await press(page, '2', 'Enter');
    await page.getByText(/^Order WEB-.* placed\.$/).waitFor();
    await tabTo(page, 'Log out', 'Shift+Tab');
    await press(page, 'Enter');
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    expect(faults).toEqual([]);
  });

  it.each([
    ['atlas', 'Atlas Office Supply', 1], ['borealis', 'Borealis Bürobedarf', 2],
  ] as const)('one changes to another dashboard and back (%s: %s, %i beside that of the role)', async (tenant, company, own) => {
    const { token } = await visit.demo.login({ user: 'sales_manager', tenant });
    for (let number = 1; number <= own; number += 1) {
      const made = await fetch(`${visit.demo.url}/api/v1/dashboards/layouts`, {
        method: 'POST', headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `Orders ${number}`, widgets: [{ widgetId: 'recent-orders', position: { x: 0, y: 0, w: 6, h: 3 } }] }),
      });
      expect(made.status).toBe(201);
    }
    const { page } = await visit.dashboard('Sales manager', { company });
    await page.getByLabel('Dashboard', { exact: true }).waitFor();
    await tabTo(page, 'Dashboard');
    for (const [key, widget, items] of [['End', 'recent-orders', 1], ['Home', 'sales-summary', 6]] as const) {
      await press(page, key);
      await itemOf(page, widget).locator('ccm-widget[state=fresh]').waitFor({ timeout: 5000 });
      expect(await itemIds(page)).toHaveLength(items);
      await expectFocus(page, 'Dashboard');
    }
  });
});
