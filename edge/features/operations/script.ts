import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { createRoute, z } from '@hono/zod-openapi';
import { newRouter, problemResponses } from '../../gate/openapi.js';
import { ProblemError, notFound } from '../../kernel/problems.js';
import { answerAsset, readAsset, type Asset } from './asset.js';

/** Any page may load the script; it holds no data. */
const OPEN = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
/** The name stays while the content changes with each version, so it is asked again soon. */
const NAMED = { ...OPEN, 'Cache-Control': 'public, max-age=300, stale-while-revalidate=86400' };
/** A hash is in the name: another content has another name. */
const HASHED = { ...OPEN, 'Cache-Control': 'public, max-age=31536000, immutable' };

const script = { 'text/javascript': { schema: z.string() } };
const unchanged = { description: 'The caller has it (`If-None-Match`).' };

const entryRoute = createRoute({
  method: 'get', path: '/ccm.js', tags: ['script'], security: [], summary: 'The script tag\'s module',
  responses: { 200: { description: 'The module.', content: script }, 304: unchanged, ...problemResponses('not_found') },
});
const chunkRoute = createRoute({
  method: 'get', path: '/ccm/{file}', tags: ['script'], security: [], summary: 'A part of the module that loads when it is needed',
  request: { params: z.object({ file: z.string() }) },
  responses: { 200: { description: 'The part.', content: script }, 304: unchanged, ...problemResponses('not_found') },
});

/**
 * The browser's files. They are listed and read once at the start, and a request is only looked up in that list:
 * no spelling of a path can reach another file.
 *
 * @param folder what `npm run build` wrote for script tags; without it the routes say so
 */
export function scriptRoutes(folder: string) {
  const files = readFolder(folder);

  return newRouter()
    .openapi(entryRoute, (c) => {
      const entry = files.get('/ccm.js');
      if (entry === undefined) throw new ProblemError('not_found', 'The browser files are not built here: npm run build makes them.');
      return answerAsset(c, entry, NAMED);
    })
    .openapi(chunkRoute, (c) => {
      const chunk = files.get(c.req.path);
      if (chunk === undefined) throw notFound();
      return answerAsset(c, chunk, HASHED);
    });
}

function readFolder(folder: string): ReadonlyMap<string, Asset> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.js'));
  return new Map(names.map((name) => [`/${name.split(sep).join('/')}`, readAsset(join(folder, name))]));
}
