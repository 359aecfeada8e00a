/** B4, B5: what a thousand updates cost the page, in view and out of it. */
import type { Browser, Page } from 'playwright-core';
import { median, type Figure } from '../figures.js';
import { cards, updated } from '../workload.js';
import { inTurn, openProbe } from './probe.js';
import type { Edge, PageName, Site } from './site.js';

const ROUNDS = 3;
const UPDATES = 1000;
const UPDATE_MS = 5000;
const PAGES: readonly PageName[] = ['floor', 'ours', 'chartjs', 'recharts'];

export async function updateFigures(browser: Browser, site: Site, edge: Edge, say: (line: string) => void): Promise<Figure[]> {
  const seen = await inTurn(PAGES, ROUNDS, (name) => updateCpu(browser, `${site.url}/${name}`, edge), (round) => say(`B4: round ${round} of ${ROUNDS}`));
  const unseen = await inTurn(['below'], ROUNDS, () => updateCpu(browser, `${site.url}/ours-below`, edge, leave), (round) => say(`B5: round ${round} of ${ROUNDS}`));
  const floor = median(seen.floor);
  return [
    {
      id: 'B4', what: `main-thread CPU of ${UPDATES} updates`, ours: median(seen.ours), floor, unit: 'ms', gate: 1.3, goal: 1.1,
      peers: [{ name: 'gridstack + Chart.js', value: median(seen.chartjs), atMost: 0.8 }, { name: 'React + Recharts', value: median(seen.recharts), atMost: 0.25 }],
    },
    { id: 'B5', what: `the same with all widgets out of view`, ours: median(unseen.below), floor, unit: 'ms', gate: 0.1, goal: 0.05 },
  ];
}

/** Scrolls on, past the dashboard, and stays there longer than who only scrolls past. */
async function leave(page: Page): Promise<void> {
  await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
  await page.waitForTimeout(7000);
}

/** Main-thread milliseconds for the updates, sent evenly over five seconds. */
async function updateCpu(browser: Browser, url: string, edge: Edge, before?: (page: Page) => Promise<void>): Promise<number> {
  const { page, cpu, close } = await openProbe(browser);
  await page.goto(url);
  await page.waitForTimeout(2000);
  await before?.(page);
  const all = cards();
  const frames = Array.from({ length: UPDATES }, (_, step) => {
    const card = all[step % all.length] as (typeof all)[number];
    return { id: card.id, data: updated(card, 1 + Math.floor(step / all.length)) };
  });
  const start = await cpu();
  const started = performance.now();
  for (const [step, { id, data }] of frames.entries()) {
    const due = (step / UPDATES) * UPDATE_MS - (performance.now() - started);
    if (due > 1) await new Promise((resolve) => setTimeout(resolve, due));
    await supply(edge, id, data);
  }
  await page.waitForTimeout(1000);
  const spent = (await cpu()) - start;
  await close();
  return spent;
}

async function supply({ url, secret }: Edge, id: string, data: unknown): Promise<void> {
  const response = await fetch(`${url}/api/v1/modules/bench/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ tenant: 'bench', widgets: [id], data }),
  });
  if (!response.ok) throw new Error(`the edge answered ${response.status} to an event: ${await response.text()}`);
  await response.arrayBuffer();
}
