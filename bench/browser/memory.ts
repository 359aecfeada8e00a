/** B6 and the leak: what stays in the page's memory, with a dashboard on it and after many came and went. */
import type { Browser } from 'playwright-core';
import { median, type Figure } from '../figures.js';
import { heapOf, inTurn, openProbe } from './probe.js';
import type { PageName, Site } from './site.js';

const ROUNDS = 5;
const PAGES: readonly PageName[] = ['floor', 'ours', 'chartjs', 'recharts'];
/** Dashboards that come and go before it is counted (caches are full then, and most of what is hot is compiled), and while it is. */
const WARM = 500;
const COME_AND_GO = 500;
/** One set of widgets is or is not collected yet at the moment of a count: so it is counted at several, and the least is what stays. */
const MOMENTS = 4;
const BETWEEN = 20;

export async function memoryFigures(browser: Browser, site: Site, say: (line: string) => void): Promise<Figure[]> {
  const heap = await inTurn(PAGES, ROUNDS, (name) => heapAfterLoad(browser, `${site.url}/${name}`), (round) => say(`B6: round ${round} of ${ROUNDS}`));
  say(`leak: 20 widgets come and go ${COME_AND_GO} times`);
  const { growth, nodes, listeners, sockets } = await leak(browser, `${site.url}/ours-come-and-go`);
  return [
    {
      id: 'B6', what: 'heap after collection', ours: mega(median(heap.ours)), floor: mega(median(heap.floor)), unit: 'MB', gate: 1.8, goal: 1.4,
      peers: [{ name: 'gridstack + Chart.js', value: mega(median(heap.chartjs)), atMost: 1 }, { name: 'React + Recharts', value: mega(median(heap.recharts)), atMost: 0.2 }],
    },
    { id: 'leak', what: `heap grown after 20 widgets came and went ${COME_AND_GO} times`, ours: growth * 100, unit: '%', gate: 5, goal: 1 },
    { id: 'leak', what: 'nodes, listeners and sockets left behind', ours: Math.max(0, nodes) + Math.max(0, listeners) + Math.max(0, sockets), unit: '', gate: 0, goal: 0 },
  ];
}

const mega = (bytes: number) => bytes / 1024 / 1024;

async function heapAfterLoad(browser: Browser, url: string): Promise<number> {
  const probe = await openProbe(browser);
  await probe.page.goto(url);
  await probe.page.waitForTimeout(2000);
  const { bytes } = await heapOf(probe);
  await probe.close();
  return bytes;
}

async function leak(browser: Browser, url: string): Promise<{ growth: number; nodes: number; listeners: number; sockets: number }> {
  const probe = await openProbe(browser);
  const { page } = probe;
  let sockets = 0;
  page.on('websocket', (socket) => {
    sockets += 1;
    socket.on('close', () => (sockets -= 1));
  });
  await page.goto(url);
  const count = async () => ({ sockets, ...(await heapOf(probe)) });
  const left = async (rounds: number) => {
    await page.evaluate(`window.comeAndGo(${rounds})`);
    const counts: Awaited<ReturnType<typeof count>>[] = [];
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      await page.evaluate(`window.comeAndGo(${BETWEEN})`);
      await page.waitForTimeout(1000);
      counts.push(await count());
    }
    const least = (what: 'bytes' | 'nodes' | 'listeners' | 'sockets') => Math.min(...counts.map((counted) => counted[what]));
    return { bytes: least('bytes'), nodes: least('nodes'), listeners: least('listeners'), sockets: least('sockets') };
  };
  const before = await left(WARM);
  const after = await left(COME_AND_GO);
  await probe.close();
  return {
    growth: after.bytes / before.bytes - 1,
    nodes: after.nodes - before.nodes,
    listeners: after.listeners - before.listeners,
    sockets: after.sockets - before.sockets,
  };
}
