/** B1, B2, B3, B4, B10: what a dashboard of 20 widgets costs the page. Headless Chromium, contestants in turn, medians. */
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, ensureChromium } from '../../scripts/chromium.js';
import { start } from '../contestant.js';
import { median, type Figure } from '../figures.js';
import { startModule } from '../server/modules.js';
import { cards, updated } from '../workload.js';
import { startSite, type Site } from './site.js';

const ROUNDS = 7;
const UPDATES = 1000;
const UPDATE_MS = 5000;
const VIEWPORT = { width: 1440, height: 1200 };
const PAGES = ['floor', 'ours', 'chartjs'] as const;
type PageName = (typeof PAGES)[number];

const PAINTED = readFileSync(new URL('./painted.js', import.meta.url), 'utf8');

export async function browserFigures(say: (line: string) => void): Promise<Figure[]> {
  const module = await startModule();
  const edge = await start('./server/ours.ts', module.url);
  const site = await startSite({ url: edge.url, token: String(edge.ready['token']) });
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
  try {
    const cpu = samples();
    const slow = samples();
    const afterAnswer: number[] = [];
    for (const page of PAGES) await load(browser, site, page, { watch: false });
    for (let round = 0; round < ROUNDS; round += 1) {
      say(`B1, B2, B10: round ${round + 1} of ${ROUNDS}`);
      for (const page of round % 2 === 0 ? PAGES : [...PAGES].reverse()) {
        cpu[page].push((await load(browser, site, page, { watch: false })).cpu);
        const throttled = await load(browser, site, page, { watch: true, throttle: 4 });
        slow[page].push(throttled.painted);
        if (page === 'ours') afterAnswer.push(throttled.afterAnswer);
      }
    }
    const updates = samples();
    for (let round = 0; round < 3; round += 1) {
      say(`B4: round ${round + 1} of 3`);
      for (const page of round % 2 === 0 ? PAGES : [...PAGES].reverse()) {
        updates[page].push(await updateCpu(browser, site, page, edge.url, String(edge.ready['secret'])));
      }
    }
    const readonly = await scriptBytes(browser, `${site.url}/ours`, edge.url);
    const editing = await scriptBytes(browser, `${site.url}/ours-editable`, edge.url, startEditing);
    return [
      { id: 'B1', what: 'main-thread CPU of the load', ours: median(cpu.ours), floor: median(cpu.floor), unit: 'ms', gate: 1.7, goal: 1.3, peers: [{ name: 'gridstack + Chart.js', value: median(cpu.chartjs), atMost: 1 }] },
      { id: 'B2', what: 'all painted, 4× throttle', ours: median(slow.ours), floor: median(slow.floor), unit: 'ms', gate: 1.6, goal: 1.3 },
      { id: 'B3', what: 'code, read-only with charts (br)', ours: readonly / 1024, unit: 'KiB', gate: 48, goal: 40 },
      { id: 'B3', what: 'code, with editing (br)', ours: editing / 1024, unit: 'KiB', gate: 76, goal: 66, peers: [] },
      { id: 'B4', what: `main-thread CPU of ${UPDATES} updates`, ours: median(updates.ours), floor: median(updates.floor), unit: 'ms', gate: 1.3, goal: 1.1, peers: [{ name: 'gridstack + Chart.js', value: median(updates.chartjs), atMost: 0.8 }] },
      { id: 'B10', what: 'slowest widget painted after its answer, 4× throttle', ours: median(afterAnswer), unit: 'ms', gate: 500, goal: 100 },
    ];
  } finally {
    await browser.close();
    site.close();
    edge.stop();
  }
}

function samples(): Record<PageName, number[]> {
  return { floor: [], ours: [], chartjs: [] };
}

interface Load {
  /** Milliseconds of main-thread work. */
  cpu: number;
  /** Milliseconds from navigation until the last card is painted. */
  painted: number;
  /** Milliseconds from the end of the batch's answer until the last card is painted. */
  afterAnswer: number;
}

/** A cold load in a context of its own. `watch` looks at each frame, which costs; CPU is measured without it. */
async function load(browser: Browser, site: Site, name: PageName, options: { watch: boolean; throttle?: number }): Promise<Load> {
  const { page, session, close } = await open(browser, options);
  await page.goto(`${site.url}/${name}`, { waitUntil: 'commit' });
  let painted = Number.NaN;
  let afterAnswer = Number.NaN;
  if (options.watch) {
    await page.waitForFunction('window.__painted?.size === window.__cards', undefined, { timeout: 30_000, polling: 100 });
    painted = (await page.evaluate('Math.max(...window.__painted.values())')) as number;
    const answered = (await page.evaluate("Math.max(0, ...performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/widgets/data')).map((entry) => entry.responseEnd))")) as number;
    afterAnswer = Math.max(0, painted - answered);
  } else {
    await page.waitForTimeout(1800);
  }
  const cpu = await taskDuration(session);
  await close();
  return { cpu, painted, afterAnswer };
}

/** Main-thread milliseconds for the updates, sent evenly over five seconds. */
async function updateCpu(browser: Browser, site: Site, name: PageName, edgeUrl: string, secret: string): Promise<number> {
  const { page, session, close } = await open(browser, { watch: false });
  await page.goto(`${site.url}/${name}`);
  await page.waitForTimeout(2000);
  const all = cards();
  const frames = Array.from({ length: UPDATES }, (_, step) => {
    const card = all[step % all.length] as (typeof all)[number];
    return { id: card.id, data: updated(card, 1 + Math.floor(step / all.length)) };
  });
  const before = await taskDuration(session);
  const started = performance.now();
  for (const [step, { id, data }] of frames.entries()) {
    const due = (step / UPDATES) * UPDATE_MS - (performance.now() - started);
    if (due > 1) await new Promise((resolve) => setTimeout(resolve, due));
    await supply(edgeUrl, secret, id, data);
  }
  await page.waitForTimeout(1000);
  const spent = (await taskDuration(session)) - before;
  await close();
  return spent;
}

async function supply(edgeUrl: string, secret: string, id: string, data: unknown): Promise<void> {
  const response = await fetch(`${edgeUrl}/api/v1/modules/bench/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ tenant: 'bench', widgets: [id], data }),
  });
  if (!response.ok) throw new Error(`the edge answered ${response.status} to an event: ${await response.text()}`);
  await response.arrayBuffer();
}

/** Bytes over the wire of all scripts that the product's page loads. */
async function scriptBytes(browser: Browser, url: string, edgeUrl: string, then?: (page: Page) => Promise<void>): Promise<number> {
  const { page, session, close } = await open(browser, { watch: false });
  let bytes = 0;
  const ours = new Set<string>();
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.url.startsWith(edgeUrl) && response.url.endsWith('.js')) ours.add(requestId);
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    if (ours.has(requestId)) bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await page.goto(url);
  await page.waitForTimeout(1500);
  await then?.(page);
  await page.waitForTimeout(1000);
  await close();
  return bytes;
}

async function startEditing(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^edit/i }).first().click();
}

async function open(browser: Browser, options: { watch: boolean; throttle?: number }): Promise<{ page: Page; session: CDPSession; close: () => Promise<void> }> {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en', colorScheme: 'light' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  // Time of the main thread's own, not of the clock on the wall: others want the cores too.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  if (options.watch) await page.addInitScript(PAINTED);
  if (options.throttle) await session.send('Emulation.setCPUThrottlingRate', { rate: options.throttle });
  return { page, session, close: () => context.close() };
}

async function taskDuration(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}
