/** B1, B2, B10: what the first load of a dashboard of 20 widgets costs. */
import type { Browser } from 'playwright-core';
import { median, type Figure } from '../figures.js';
import { openProbe } from './probe.js';
import type { PageName, Site } from './site.js';

const ROUNDS = 7;
/** The slow ones beside it say where others stand; their own seven rounds would double the run. */
const PAGES: readonly PageName[] = ['floor', 'ours', 'chartjs', 'echarts', 'recharts'];

interface Load {
  /** Milliseconds of main-thread work. */
  cpu: number;
  /** Milliseconds from navigation until the last card is painted. */
  painted: number;
  /** Milliseconds from the end of the batch's answer until the last card is painted. */
  afterAnswer: number;
}

export async function loadFigures(browser: Browser, site: Site, say: (line: string) => void): Promise<Figure[]> {
  const cpu = perPage();
  const slow = perPage();
  const afterAnswer: number[] = [];
  for (const page of PAGES) await load(browser, site, page, {});
  for (let round = 0; round < ROUNDS; round += 1) {
    say(`B1, B2, B10: round ${round + 1} of ${ROUNDS}`);
    for (const page of round % 2 === 0 ? PAGES : [...PAGES].reverse()) {
      cpu[page].push((await load(browser, site, page, {})).cpu);
      const throttled = await load(browser, site, page, { watch: true, throttle: 4 });
      slow[page].push(throttled.painted);
      if (page === 'ours') afterAnswer.push(throttled.afterAnswer);
    }
  }
  return [
    {
      id: 'B1', what: 'main-thread CPU of the load', ours: median(cpu.ours), floor: median(cpu.floor), unit: 'ms', gate: 1.7, goal: 1.3,
      peers: [
        { name: 'gridstack + Chart.js', value: median(cpu.chartjs), atMost: 1 }, { name: 'ECharts', value: median(cpu.echarts), atMost: 1 },
        { name: 'React + Recharts', value: median(cpu.recharts), atMost: 1 / 3 },
      ],
    },
    {
      id: 'B2', what: 'all painted, 4× throttle', ours: median(slow.ours), floor: median(slow.floor), unit: 'ms', gate: 1.6, goal: 1.3,
      peers: [{ name: 'ECharts', value: median(slow.echarts), atMost: 1 }, { name: 'React + Recharts', value: median(slow.recharts), atMost: 0.5 }],
    },
    { id: 'B10', what: 'slowest widget painted after its answer, 4× throttle', ours: median(afterAnswer), unit: 'ms', gate: 500, goal: 100 },
  ];
}

function perPage(): Record<PageName, number[]> {
  return { floor: [], ours: [], chartjs: [], echarts: [], recharts: [] };
}

/** A cold load in a context of its own. CPU is measured where nobody watches. */
async function load(browser: Browser, site: Site, name: PageName, options: { watch?: boolean; throttle?: number }): Promise<Load> {
  const { page, cpu, close } = await openProbe(browser, options);
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
  const spent = await cpu();
  await close();
  return { cpu: spent, painted, afterAnswer };
}
