/** B7, B8: what it costs to drag a widget, and to look through a long table, with a processor four times slower. */
import type { Browser } from 'playwright-core';
import { median, type Figure } from '../figures.js';
import { startEditing } from './bytes.js';
import { inTurn, openProbe, type Probe } from './probe.js';
import type { Site } from './site.js';

const ROUNDS = 5;
const MOVES = 90;
const SCROLLS = 120;
const THROTTLE = 4;

interface Work {
  cpu: number;
  lateFrames: number;
}

export async function handFigures(browser: Browser, site: Site, say: (line: string) => void): Promise<Figure[]> {
  const late: Record<string, number[]> = { ours: [], gridstack: [] };
  const drag = await inTurn(['ours', 'gridstack'], ROUNDS, async (name) => {
    const { cpu, lateFrames } = await (name === 'ours' ? dragOurs(browser, site) : dragGridstack(browser, site));
    late[name]?.push(lateFrames);
    return cpu;
  }, (round) => say(`B7: round ${round} of ${ROUNDS}`));
  const mounts: Record<string, number[]> = { ours: [], floor: [] };
  const scroll = await inTurn(['ours', 'floor'], ROUNDS, async (name) => {
    const { mount, scrolled } = await longTable(browser, `${site.url}/${name === 'ours' ? 'ours-long' : 'floor-long'}`);
    mounts[name]?.push(mount);
    return scrolled;
  }, (round) => say(`B8: round ${round} of ${ROUNDS}`));
  return [
    { id: 'B7', what: `drag of ${MOVES} moves, main thread, 4× throttle`, ours: median(drag.ours), floor: median(drag.gridstack), unit: 'ms', gate: 1.4, goal: 1 },
    { id: 'B7', what: 'late frames of that drag beyond gridstack’s own', ours: Math.max(0, median(late['ours'] ?? []) - median(late['gridstack'] ?? [])), unit: '', gate: 0, goal: 0 },
    { id: 'B8', what: '100,000 rows, mounted, 4× throttle', ours: median(mounts['ours'] ?? []), floor: median(mounts['floor'] ?? []), unit: 'ms', gate: 1.6, goal: 1.3 },
    { id: 'B8', what: `100,000 rows, ${SCROLLS} frames of scrolling`, ours: median(scroll.ours), floor: median(scroll.floor), unit: 'ms', gate: 1.3, goal: 1.1 },
  ];
}

async function dragOurs(browser: Browser, site: Site): Promise<Work> {
  const probe = await openProbe(browser, { throttle: THROTTLE });
  await probe.page.goto(`${site.url}/ours-editable`);
  await probe.page.waitForTimeout(3000);
  await startEditing(probe.page);
  await probe.page.waitForTimeout(2000);
  return drag(probe, '.handle');
}

async function dragGridstack(browser: Browser, site: Site): Promise<Work> {
  const probe = await openProbe(browser, { throttle: THROTTLE });
  await probe.page.goto(`${site.url}/chartjs`);
  await probe.page.waitForTimeout(4000);
  return drag(probe, '.grid-stack-item-content h2');
}

/** Takes the first one round the grid. */
async function drag(probe: Probe, handle: string): Promise<Work> {
  const { page, cpu, close } = probe;
  const box = await page.locator(handle).first().boundingBox();
  if (!box) throw new Error(`there is nothing to drag at ${handle}`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(WATCH_FRAMES);
  const before = await cpu();
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= MOVES; step += 1) {
    const angle = (step / MOVES) * Math.PI * 2;
    await page.mouse.move(x + (1 - Math.cos(angle)) * 400, y + Math.sin(angle / 2) * 500);
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
  await page.waitForTimeout(500);
  const work = { cpu: (await cpu()) - before, lateFrames: (await page.evaluate('window.lateFrames')) as number };
  await close();
  return work;
}

/** In the page: counts frames that come more than half a frame too late. */
const WATCH_FRAMES = `(() => {
  window.lateFrames = 0;
  let last = performance.now();
  const frame = (now) => {
    if (now - last > 25) window.lateFrames += 1;
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})()`;

async function longTable(browser: Browser, url: string): Promise<{ mount: number; scrolled: number }> {
  const { page, cpu, close } = await openProbe(browser, { throttle: THROTTLE });
  await page.goto(url);
  await page.waitForFunction('window.mountTable !== undefined');
  await page.waitForTimeout(500);
  const before = await cpu();
  await page.evaluate('window.mountTable()');
  await page.waitForTimeout(1000);
  const mounted = await cpu();
  await page.evaluate(`window.scrollTable(${SCROLLS})`);
  const scrolled = (await cpu()) - mounted;
  await close();
  return { mount: mounted - before, scrolled };
}
