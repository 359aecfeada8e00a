/** `npm run screenshot`: the README's picture, taken of the demo: docs/dashboard.png, and a dark one beside it. */
import { chromium } from 'playwright-core';
import type { startDemo as StartDemo } from '../examples/erp/index.js';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.js';

const BUILT = '@a64core/ccm/demo';
const { startDemo } = (await import(BUILT)) as { startDemo: typeof StartDemo };
const demo = await startDemo({ port: 0, open: false, orderSeconds: 0, dataDir: ':memory:' });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
try {
  for (const [theme, file] of [['light', 'docs/dashboard.png'], ['dark', 'docs/dashboard-dark.png']] as const) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: theme });
    await page.goto(demo.url);
    await page.getByLabel('Sales manager').check();
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.locator('ccm-dashboard ccm-widget[state=fresh]').nth(5).waitFor();
    // A focus ring is for whoever types.
    await page.evaluate('document.activeElement.blur()');
    await page.waitForTimeout(500);
    await page.screenshot({ path: file });
  }
} finally {
  await browser.close();
  await demo.close();
}
process.exit(0);
