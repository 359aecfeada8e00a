import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CCMWidget } from '@a64core/ccm/sdk';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, ensureChromium } from '../../scripts/chromium.js';
import { type FunnelServer, startFunnel } from './serve.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The page names it as a stat; it is one of options that do not fit. */
const UNFIT: CCMWidget = {
  id: 'open-orders-unfit', title: 'Unfit', type: 'custom', size: 'small', permissions: [], roles: [], dataSource: { type: 'static', data: [] },
  customConfig: { element: 'acme-funnel', module: '/funnel.js', options: { label: 'step', values: 'count' } },
};

let server: FunnelServer;
let browser: Browser;
beforeAll(async () => {
  server = await startFunnel({ port: 0, more: [UNFIT] });
  browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function open(path: string, colorScheme: 'light' | 'dark' = 'light', width = 1280): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  await page.goto(server.url + path);
  return page;
}

const valuesOf = (page: Page, widget: string) => page.locator(`${widget} .value`).allTextContents();

describe('the funnel', () => {
  it('is drawn under an edge, from the module that its definition names', async () => {
    const page = await open('/');
    await page.locator('[widget=deals-funnel] .value').first().waitFor();
    expect(await valuesOf(page, '[widget=sales-funnel]')).toEqual(['12,840', '7,910', '2,640', '1,485', '1,192']);
    expect(await page.locator('[widget=sales-funnel] .kept').allTextContents()).toEqual(['62% of Visits', '33% of Product seen', '56% of In the cart', '80% of Checkout']);
    expect(await page.locator('[widget=sales-funnel] .shape path').count()).toBe(5);
    await page.close();
  });

  it('tells the page of a step that is chosen, by the keyboard too', async () => {
    const page = await open('/');
    await page.evaluate(() => document.addEventListener('ccm-action', (event) => Object.assign(globalThis, { told: (event as CustomEvent).detail })));
    await page.getByRole('button', { name: /Offer 121/ }).focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('globalThis.told')).toEqual({ widgetId: 'deals-funnel', action: 'open-stage', row: { stage: 'Offer', deals: 121 }, rowKey: expect.any(String) });
    await page.close();
  });

  it('is drawn without an edge, and under one another where it is narrow', async () => {
    const page = await open('/static.html', 'light', 390);
    await page.locator('ccm-widget.wide .value').first().waitFor();
    expect(await valuesOf(page, 'ccm-widget.wide')).toHaveLength(5);
    expect(await page.locator('ccm-widget.wide .shape').isVisible()).toBe(false);
    expect(await page.locator('ccm-widget.wide .bar').first().isVisible()).toBe(true);
    await page.close();
  });

  it('says on its card which options do not fit', async () => {
    const page = await open('/');
    await page.locator('ccm-widget.small').evaluate((element) => element.setAttribute('widget', 'open-orders-unfit'));
    await page.locator('ccm-widget.small').getByText('The options of this widget do not fit').waitFor();
    await page.locator('ccm-widget.small').getByText('value is required').waitFor();
    await page.close();
  });

  it.each(['light', 'dark'] as const)('is accessible (%s)', async (theme) => {
    const page = await open('/', theme);
    await page.locator('[widget=deals-funnel] .value').first().waitFor();
    await page.evaluate(AXE);
    expect(await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target.join(" ")).join(", ")))')).toEqual([]);
    await page.close();
  });
});
