/** B3, B9: what the code weighs on the wire, and what one tag on a bare page costs. */
import type { Browser, Page } from 'playwright-core';
import { median, type Figure } from '../figures.js';
import { inTurn, openProbe, scriptBytes } from './probe.js';
import type { Edge, Site } from './site.js';

const ROUNDS = 9;
/** In the page: notes when the number of its one element is there. */
const WATCH_ONE = `
  const look = () => {
    const host = document.querySelector('ccm-widget, lit-stat');
    const shown = host?.localName === 'ccm-widget' ? host.shadowRoot?.querySelector('ccm-stat')?.shadowRoot : host?.shadowRoot;
    if (/\\d/.test(shown?.textContent ?? '')) window.paintedAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);`;

export async function byteFigures(browser: Browser, site: Site, edge: Edge, say: (line: string) => void): Promise<Figure[]> {
  const nothing = () => Promise.resolve();
  const readonly = await scriptBytes(browser, `${site.url}/ours`, edge.url, nothing);
  const editing = await scriptBytes(browser, `${site.url}/ours-editable`, edge.url, startEditing);
  const one = await scriptBytes(browser, `${site.url}/ours-one`, edge.url, nothing);
  const painted = await inTurn(['ours-one', 'lit-one'], ROUNDS, (name) => paintedAt(browser, `${site.url}/${name}`), (round) => say(`B9: round ${round} of ${ROUNDS}`));
  return [
    { id: 'B3', what: 'code, read-only with charts (br)', ours: readonly / 1024, unit: 'KiB', gate: 48, goal: 40, peers: site.peerBytes().map(({ name, bytes }) => ({ name, value: bytes / 1024, atMost: 1 })) },
    { id: 'B3', what: 'code, with editing (br)', ours: editing / 1024, unit: 'KiB', gate: 76, goal: 66 },
    { id: 'B9', what: 'code of one stat on a bare page (br)', ours: one / 1024, unit: 'KiB', gate: 18, goal: 14 },
    { id: 'B9', what: 'one stat painted, beside a page with Lit alone', ours: median(painted['ours-one']), floor: median(painted['lit-one']), unit: 'ms', gate: 1.3, goal: 1.15 },
  ];
}

export async function startEditing(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^edit/i }).first().click();
}

/** Milliseconds from navigation until the number is on screen. */
async function paintedAt(browser: Browser, url: string): Promise<number> {
  const { page, close } = await openProbe(browser);
  await page.addInitScript(WATCH_ONE);
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction('window.paintedAt !== undefined', undefined, { timeout: 30_000, polling: 20 });
  const at = (await page.evaluate('window.paintedAt')) as number;
  await close();
  return at;
}
