/** The browser's figures. Headless Chromium, contestants in turn, medians. With ids (`B6 B8`) only those. */
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, ensureChromium } from '../../scripts/chromium.js';
import { start } from '../contestant.js';
import type { Figure } from '../figures.js';
import { startModule } from '../server/modules.js';
import { byteFigures } from './bytes.js';
import { handFigures } from './hands.js';
import { loadFigures } from './load.js';
import { memoryFigures } from './memory.js';
import { startSite } from './site.js';
import { updateFigures } from './updates.js';

export async function browserFigures(say: (line: string) => void, ids: readonly string[] = []): Promise<Figure[]> {
  const module = await startModule();
  const server = await start('./server/ours.ts', module.url);
  const edge = { url: server.url, token: String(server.ready['token']), secret: String(server.ready['secret']) };
  const site = await startSite(edge);
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
  const groups: [ids: string[], measure: () => Promise<Figure[]>][] = [
    [['B1', 'B2', 'B10'], () => loadFigures(browser, site, say)],
    [['B3', 'B9'], () => byteFigures(browser, site, edge, say)],
    [['B4', 'B5'], () => updateFigures(browser, site, edge, say)],
    [['B6', 'leak'], () => memoryFigures(browser, site, say)],
    [['B7', 'B8'], () => handFigures(browser, site, say)],
  ];
  try {
    const figures: Figure[] = [];
    for (const [covered, measure] of groups) {
      if (ids.length === 0 || covered.some((id) => ids.includes(id))) figures.push(...(await measure()));
    }
    return figures.filter(({ id }) => ids.length === 0 || ids.includes(id));
  } finally {
    await browser.close();
    site.close();
    server.stop();
  }
}
