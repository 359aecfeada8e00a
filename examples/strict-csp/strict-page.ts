/** A page under the strictest policy that the elements work under, as a test has it: its files are named, nothing else has an address. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { CHROMIUM_FLAGS, ensureChromium } from '../../scripts/chromium.js';
import { listenOnFreePort, type Listening } from '../erp/platform/listen.js';

/** Without pictures from anywhere, and without connections: what is shown came with the page. */
const POLICY = 'default-src \'none\'; script-src \'self\'; style-src \'self\'; connect-src \'self\'; require-trusted-types-for \'script\'';

const BUILT = fileURLToPath(new URL('../../dist/browser/', import.meta.url));

export interface StrictPage {
  page: Page;
  /** What the policy has stopped. */
  violations(): Promise<string[]>;
  /** What came to the page's own handlers. */
  errors: string[];
  /** Paths that were asked for, in order. */
  asked: string[];
}

export interface StrictPages {
  /** Opens a page with this body; `scripts`: modules by their path, those that begin with `/page/` are loaded by the page itself. */
  open(body: string, scripts?: Readonly<Record<string, string>>): Promise<StrictPage>;
}

export function strictPages(): StrictPages {
  let listening: Listening | undefined;
  let browser: Browser | undefined;
  let body = '';
  let scripts: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    const app = new Hono();
    app.get('/', (c) => {
      const own = Object.keys(scripts).filter((path) => path.startsWith('/page/'));
      const tags = `<script src="${WATCH}"></script>${['/ccm.js', ...own].map((src) => `<script type="module" src="${src}"></script>`).join('')}`;
      return c.body(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Strict</title>${tags}<body>${body}</body></html>`, 200, {
        'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY,
      });
    });
    app.get('*', async (c) => {
      const { path } = c.req;
      const text = path === WATCH ? WATCHING : Object.hasOwn(scripts, path) ? scripts[path] : await built(path);
      if (text === undefined) return c.notFound();
      return c.body(text, 200, { 'content-type': 'text/javascript; charset=utf-8' });
    });
    listening = await listenOnFreePort(app, '127.0.0.1');
    browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    await listening?.close();
  });

  return {
    async open(newBody, newScripts = {}) {
      if (browser === undefined || listening === undefined) throw new Error('There are pages only within tests.');
      body = newBody;
      scripts = newScripts;
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
      const [errors, asked]: [string[], string[]] = [[], []];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await page.goto(listening.url.href);
      return { page, errors, asked, violations: () => page.evaluate('globalThis.violations') };
    },
  };
}

const WATCH = '/watch.js';
const WATCHING = `globalThis.violations = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => violations.push([effectiveDirective, blockedURI, sample].join(' ')));`;

async function built(path: string): Promise<string | undefined> {
  if (!/^\/(?:ccm\.js|ccm\/[\w.-]+\.js)$/.test(path)) return undefined;
  return readFile(BUILT + path.slice(1), 'utf8').catch(() => undefined);
}
