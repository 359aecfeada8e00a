/** The demo as its visitors have it: the built package, real pages in Chromium, nothing stubbed. */
import { chromium, type Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { CHROMIUM_FLAGS, ensureChromium } from '../../../scripts/chromium.js';
import type { Demo, startDemo as StartDemo } from '../index.js';
import { type Visit, watched } from './visit.js';

const BUILT = '@a64core/ccm/demo';
/** A product that both companies sell. */
const SOLD = 'TEC-CO-10004722';

export interface VisitOptions {
  theme?: 'light' | 'dark';
  /** Company by its name; the first one where it is not said. */
  company?: string;
  /** On a phone: its width, its size of pixel, fingers instead of a mouse. */
  phone?: boolean;
}

/** What tests read is English, whatever the language of a company: as a page says it, on its script tag. */
const IN_ENGLISH = () => new MutationObserver((_, observer) => {
  const tag = document.querySelector<HTMLScriptElement>('script[src$="/ccm.js"]');
  if (!tag) return;
  tag.dataset['locale'] = 'en';
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });

const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

export interface Visitors {
  readonly demo: Demo;
  /** Somebody orders something of a company, by its id. */
  order(tenant: string): Promise<void>;
  /** A browser of its own for somebody, still empty. */
  open(options?: VisitOptions): Promise<Visit>;
  /** The dashboard of a user by its label, entered through the login form. */
  dashboard(user: string, options?: VisitOptions): Promise<Visit>;
  /** A module's own page, entered through its own login form. */
  modulePage(name: 'sales' | 'inventory', options?: VisitOptions): Promise<Visit>;
  /** A page that is nothing but HTML: the script tag with a token, and these tags. It stands on a module's origin, not on the edge's. */
  plainPage(widgets: readonly string[], token: string): Promise<Visit>;
}

/** One demo and one browser for a file of tests; what a test opened is closed after it. */
export function visitors(): Visitors {
  let demo: Demo | undefined;
  let launched: Promise<Browser> | undefined;

  beforeAll(async () => {
    const { startDemo } = (await import(BUILT)) as { startDemo: typeof StartDemo };
    demo = await startDemo({ port: 0, open: false, orderSeconds: 0, dataDir: ':memory:', logLevel: 'error' });
  });
  afterEach(async () => {
    for (const context of (await launched)?.contexts() ?? []) await context.close();
  });
  afterAll(async () => {
    await (await launched)?.close();
    await demo?.close();
  });

  const running = (): Demo => {
    if (demo === undefined) throw new Error('The demo runs only within tests.');
    return demo;
  };

  async function open({ theme = 'light', phone = false }: VisitOptions = {}): Promise<Visit> {
    // Some tests need none.
    launched ??= chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
    const browser = await launched;
    // Without motion a thing is where it goes to as soon as it is there.
    const context = await browser.newContext({ ...(phone ? PHONE : DESK), colorScheme: theme, reducedMotion: 'reduce' });
    await context.addInitScript(IN_ENGLISH);
    return watched(await context.newPage());
  }

  return {
    get demo() {
      return running();
    },
    open,

    async order(tenant) {
      const answer = await fetch(`${running().url}/demo/orders`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ sku: SOLD, quantity: 1, tenant }),
      });
      if (answer.status !== 201) throw new Error(`The order was not taken: ${answer.status} ${await answer.text()}`);
    },

    async dashboard(user, options = {}) {
      const visit = await open(options);
      const { page } = visit;
      await page.goto(running().url);
      if (options.company !== undefined) await page.getByLabel(options.company, { exact: true }).check();
      await page.getByLabel(user, { exact: true }).check();
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.locator('ccm-dashboard ccm-widget[state=fresh]').first().waitFor();
      return visit;
    },

    async modulePage(name, options = {}) {
      const visit = await open(options);
      const { page } = visit;
      await page.goto(`${running().modules[name]}/${name}.html`);
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.locator('ccm-widget[state=fresh]').first().waitFor();
      // What a menu offers, and where Tab leads, is known once each has its answer.
      await page.locator('ccm-widget[state=loading]').first().waitFor({ state: 'detached' });
      return visit;
    },

    async plainPage(widgets, token) {
      const visit = await open();
      const url = `${running().modules.crm}/plain.html`;
      const body = `<!doctype html><html lang="en"><title>Plain</title><script type="module" src="${running().url}/ccm.js" data-token="${token}"></script>
        ${widgets.map((id) => `<ccm-widget widget="${id}"></ccm-widget>`).join('')}</html>`;
      // To the browser an answer that comes from the test is one from outside, and what is outside must ask for this machine.
      await visit.page.context().grantPermissions(['local-network-access']);
      await visit.page.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
      await visit.page.goto(url);
      return visit;
    },
  };
}
