/** `npm run pictures`: the pictures of docs/widgets, taken of the demo's gallery; that of a widget of one's own of the example. */
import { chromium, type Browser, type Page } from 'playwright-core';
import type { startDemo as StartDemo } from '../examples/erp/index.js';
import { startFunnel } from '../examples/third-party-widget/serve.js';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.js';

interface Picture {
  type: string;
  /** Two of the gallery's columns, or three. */
  width: 640 | 960;
  size?: 'large';
  /** What would only be said twice. */
  without?: string;
}

const BUILT = '@a64core/ccm/demo';
const PICTURES: readonly Picture[] = [
  { type: 'stat', width: 640, size: 'large' },
  { type: 'chart', width: 960, without: 'Pie' },
  { type: 'table', width: 960 },
  { type: 'gauge', width: 640, size: 'large' },
  { type: 'list', width: 640, size: 'large' },
  { type: 'map', width: 960 },
  { type: 'text', width: 640, size: 'large' },
];
/** Pixels around the widgets. */
const MARGIN = 12;
/** Milliseconds in which what is drawn comes to rest. */
const REST = 1500;

const { startDemo } = (await import(BUILT)) as { startDemo: typeof StartDemo };
const demo = await startDemo({ port: 0, open: false, orderSeconds: 0, dataDir: ':memory:' });
const funnel = await startFunnel({ port: 0 });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
try {
  for (const { type, width, size = '', without = '' } of PICTURES) {
    const address = new URL(`/gallery.html?${new URLSearchParams({ kind: `ccm-${type}`, states: 'fresh', locale: 'en', size }).toString()}`, demo.url);
    const page = await open(browser, address.href, width);
    await page.evaluate(inOneList, without);
    await take(page, 'ccm-gallery li', `docs/widgets/${type}.png`);
  }
  await take(await open(browser, `${funnel.url}/`, 960), '.board > .wide', 'docs/widgets/custom.png');
} finally {
  await browser.close();
  await funnel.close();
  await demo.close();
}
process.exit(0);

/** A kind's first sample stands among its states: here it leads the others, and titles say what captions would. */
function inOneList(without: string): void {
  const root = document.querySelector('ccm-gallery')?.shadowRoot;
  const [samples, states] = root?.querySelectorAll('ul') ?? [];
  samples?.prepend(...(states?.children ?? []));
  states?.remove();
  for (const item of [...(samples?.children ?? [])]) {
    const caption = item.querySelector('small');
    if (caption?.textContent === without) item.remove();
    else caption?.replaceChildren();
  }
}

async function open(browser: Browser, address: string, width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(address);
  await page.locator('ccm-widget[state=fresh]').first().waitFor();
  return page;
}

/** What these elements cover together, at rest. */
async function take(page: Page, selector: string, path: string): Promise<void> {
  // As high as it is, so that all of it comes into view and is drawn.
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height: Number(await page.evaluate('document.documentElement.scrollHeight')) });
  await page.waitForTimeout(REST);
  const boxes = (await Promise.all((await page.locator(selector).all()).map((one) => one.boundingBox()))).flatMap((box) => box ?? []);
  const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)) - MARGIN);
  const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)) - MARGIN);
  const width = Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN - left;
  const height = Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN - top;
  await page.screenshot({ path, clip: { x: left, y: top, width, height } });
  process.stdout.write(`${path}\n`);
  await page.close();
}
