import type { Context } from 'hono';
import { readPage } from './pages-folder.js';

const TYPES: Readonly<Record<string, string>> = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };

/** Answers a fixed list of files of the pages folder; nothing else of the disk has an address. */
export async function createAssets(names: readonly string[]): Promise<(c: Context) => Response | Promise<Response>> {
  const files = new Map(await Promise.all(names.map(async (name): Promise<[string, string]> => [name, await readPage(name)])));
  return (c) => {
    const name = c.req.param('file') ?? '';
    const text = files.get(name);
    if (text === undefined) return c.notFound();
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain';
    return c.body(text, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
  };
}

/**
 * The headers of a page that embeds widgets. The policy is the strictest that they work under: no inline script or style,
 * no eval, nothing from anywhere but the page's own origin and the edge.
 */
export function pageHeaders(edge: URL): Record<string, string> {
  const socket = `${edge.protocol === 'https:' ? 'wss' : 'ws'}://${edge.host}`;
  const policy = [
    'default-src \'none\'',
    `script-src 'self' ${edge.origin}`,
    'style-src \'self\'',
    'img-src \'self\' data:',
    `connect-src 'self' ${edge.origin} ${socket}`,
    'form-action \'self\'',
    'base-uri \'none\'',
    'frame-ancestors \'none\'',
    'require-trusted-types-for \'script\'',
  ];
  return {
    'content-security-policy': policy.join('; '),
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
}
