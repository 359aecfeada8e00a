/** A page in a context of its own, and what can be read off it from outside. */
import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright-core';

const VIEWPORT = { width: 1440, height: 1200 };
const PAINTED = readFileSync(new URL('./painted.js', import.meta.url), 'utf8');

export interface Probe {
  page: Page;
  session: CDPSession;
  /** Milliseconds of main-thread work so far. */
  cpu(): Promise<number>;
  close(): Promise<void>;
}

/** `watch`: notes when each card is painted, which costs. `throttle`: how many times slower the processor is. */
export async function openProbe(browser: Browser, { watch = false, throttle }: { watch?: boolean; throttle?: number } = {}): Promise<Probe> {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en', colorScheme: 'light' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  // Time of the main thread's own, not of the clock on the wall: others want the cores too.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  if (watch) await page.addInitScript(PAINTED);
  if (throttle) await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  const cpu = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
  return { page, session, cpu, close: () => context.close() };
}

/** Bytes of the heap and the nodes and listeners of the page, once what nobody holds is gone: that takes several rounds. */
export async function heapOf({ session, page }: Pick<Probe, 'session' | 'page'>): Promise<{ bytes: number; nodes: number; listeners: number }> {
  let before = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 12; round += 1) {
    await session.send('HeapProfiler.collectGarbage');
    await page.waitForTimeout(150);
    const { nodes } = await session.send('Memory.getDOMCounters');
    if (round >= 3 && nodes === before) break;
    before = nodes;
  }
  const { nodes, jsEventListeners: listeners } = await session.send('Memory.getDOMCounters');
  return { bytes: (await session.send('Runtime.getHeapUsage')).usedSize, nodes, listeners };
}

/** Bytes over the wire of the scripts that come from this origin, while `visit` looks at the page. */
export async function scriptBytes(browser: Browser, url: string, origin: string, visit: (page: Page) => Promise<void>): Promise<number> {
  const { page, session, close } = await openProbe(browser);
  let bytes = 0;
  const scripts = new Set<string>();
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.url.startsWith(origin) && response.url.endsWith('.js')) scripts.add(requestId);
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await page.goto(url);
  await page.waitForTimeout(1500);
  await visit(page);
  await page.waitForTimeout(1000);
  await close();
  return bytes;
}

/** Each contestant's figures, one a round. The order is turned round every other time, so that none always comes first. */
export async function inTurn<Name extends string>(names: readonly Name[], rounds: number, measure: (name: Name) => Promise<number>, say: (round: number) => void): Promise<Record<Name, number[]>> {
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    say(round + 1);
    for (const name of round % 2 === 0 ? names : [...names].reverse()) found[name].push(await measure(name));
  }
  return found;
}
