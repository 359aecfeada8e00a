/**
 * `npm run gallery`: shows every kind of widget in every state, in a browser. With `-- --shots [FOLDER]` it takes pictures instead (default
 * `test-results/gallery`): of each kind, in combinations of width, theme, direction, size and language in which each two values meet.
 */
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import type { startDemo as StartDemo } from '../examples/erp/index.js';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.js';
import { pairwise } from './pairwise.js';

const BUILT = '@a64core/ccm/demo';
const KINDS = ['ccm-stat', 'ccm-chart', 'ccm-table', 'ccm-gauge', 'ccm-list', 'ccm-map', 'ccm-text', 'ccm-custom'];
const DIMENSIONS = {
  width: ['390', '768', '1280', '1920'],
  theme: ['light', 'dark'],
  dir: ['ltr', 'rtl'],
  size: ['', 'small', 'medium', 'large'],
  locale: ['en', 'de', 'es', 'fr', 'ar', 'zh'],
  contrast: ['no-preference', 'more'],
} as const;
/** Pixels; of a longer page the rest is of no use in one picture. */
const HIGHEST = 12_000;

const { startDemo } = (await import(BUILT)) as { startDemo: typeof StartDemo };
const [, , option, folder = 'test-results/gallery'] = process.argv;
const demo = await startDemo({ port: 0, open: false, orderSeconds: 0, dataDir: ':memory:' });
const address = new URL('/gallery.html', demo.url);

if (option === '--shots') {
  await takePictures();
  await demo.close();
  process.exit(0);
}
process.stdout.write(`The gallery is at ${address.href} (Ctrl+C ends it).\n`);
await import('open').then(({ default: open }) => open(address.href)).catch(() => undefined);

async function takePictures(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
  for (const [index, { width, theme, dir, size, locale, contrast }] of pairwise(DIMENSIONS).entries()) {
    const context = await browser.newContext({ viewport: { width: Number(width), height: 900 }, colorScheme: theme, contrast, reducedMotion: 'reduce' });
    for (const kind of KINDS) {
      const page = await context.newPage();
      page.on('pageerror', (error) => process.stdout.write(`${kind}: ${error.message}\n`));
      await page.goto(`${address.href}?${new URLSearchParams({ kind, dir, size, locale }).toString()}`);
      await page.locator('ccm-gallery ccm-widget[state=fresh]').first().waitFor();
      // As high as it is, so that all of it comes into view and is drawn.
      const height = await page.evaluate('document.documentElement.scrollHeight');
      await page.setViewportSize({ width: Number(width), height: Math.min(HIGHEST, Number(height)) });
      await page.waitForTimeout(700);
      const name = [kind.slice(4), String(index + 1).padStart(2, '0'), width, theme, dir, size || 'own-size', locale, ...(contrast === 'more' ? ['contrast'] : [])].join('-');
      await page.screenshot({ path: `${folder}/${name}.png` });
      await page.close();
    }
    process.stdout.write(`${index + 1}: ${width} ${theme} ${dir} ${size || 'own size'} ${locale} ${contrast}\n`);
    await context.close();
  }
  await browser.close();
}
