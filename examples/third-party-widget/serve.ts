/** `npx tsx examples/third-party-widget/serve.ts`: an edge whose definitions name the widget, and two pages that show it. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compose, loadSettings } from '@a64core/ccm/edge';
import type { CCMWidget } from '@a64core/ccm/sdk';
import { type Context, Hono } from 'hono';
import { SignJWT } from 'jose';
import { buildWidget } from './build.js';
import { widgets } from './widgets.js';

/** The strictest that widgets work under. */
const POLICY = [
  'default-src \'none\'', 'script-src \'self\'', 'style-src \'self\'', 'img-src \'self\'', 'base-uri \'none\'', 'require-trusted-types-for \'script\'',
];
const MINUTES = 15;

export interface FunnelServer {
  url: string;
  close(): Promise<void>;
}

/** @param more definitions besides the example's own */
export async function startFunnel({ port = 8790, more = [] }: { port?: number; more?: readonly CCMWidget[] } = {}): Promise<FunnelServer> {
  const { code, integrity } = await buildWidget();
  const secret = randomBytes(36).toString('base64url');
  const edge = await compose(await loadSettings({
    env: { CCM_JWT_SECRET: secret, CCM_DATABASE_URL: 'sqlite::memory:', CCM_LOG_LEVEL: 'warn' },
    settings: { tenants: { acme: { name: 'Acme', locale: 'en-US', currency: 'USD' } }, widgets: [...widgets(integrity), ...more] },
  }));

  const key = new TextEncoder().encode(secret);
  const app = new Hono();
  app.get('/funnel.js', (c) => c.body(Uint8Array.from(code), 200, { 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' }));
  app.post('/session', async (c) => {
    const expiresAt = new Date(Date.now() + MINUTES * 60_000);
    const token = await new SignJWT({ tenant: 'acme', roles: ['user'], permissions: [] })
      .setProtectedHeader({ alg: 'HS256' }).setSubject('ada').setExpirationTime(expiresAt).sign(key);
    return c.json({ token, expiresAt: expiresAt.toISOString() }, 200, { 'cache-control': 'no-store' });
  });
  for (const [path, file, type] of [['/', 'index.html', 'html'], ['/static.html', 'static.html', 'html'], ['/page.css', 'page.css', 'css'], ['/funnel.json', 'funnel.json', 'json']] as const) {
    app.get(path, await fileAnswer(file, type));
  }
  edge.app.route('/', app);
  const { url } = await edge.listen({ port, host: '127.0.0.1' });
  return { url, close: () => edge.close() };
}

async function fileAnswer(file: string, type: 'html' | 'css' | 'json') {
  const text = await readFile(fileURLToPath(new URL(`pages/${file}`, import.meta.url)), 'utf8');
  const mime = type === 'json' ? 'application/json' : `text/${type}; charset=utf-8`;
  return (c: Context) => {
    const { origin, host } = new URL(c.req.url);
    const policy = [...POLICY, `connect-src ${origin} ws://${host}`].join('; ');
    return c.body(text, 200, { 'content-type': mime, 'x-content-type-options': 'nosniff', ...(type === 'html' && { 'content-security-policy': policy }) });
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startFunnel();
  process.stdout.write(`The funnel under an edge: ${url}/\nand without one: ${url}/static.html\n`);
}
