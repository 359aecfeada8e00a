import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onNotFound, onProblem } from '../../gate/problem.js';
import { newRouter } from '../../gate/openapi.js';
import { createActivity } from '../../kernel/activity.js';
import { systemClock } from '../../kernel/clock.js';
import { createLog } from '../../kernel/log.js';
import { createMetrics } from '../../kernel/metrics.js';
import { describeInterface } from './description.js';
import { operationsRoutes } from './routes.js';

let folder: string;
const CODE = `console.log(${JSON.stringify('x'.repeat(400))});`;
const metrics = createMetrics();
let missing: string[] = [];

function edge(browserFolder: string) {
  const app = newRouter();
  app.onError(onProblem(createLog({ level: 'silent' }), createActivity(systemClock)));
  app.notFound(onNotFound(app));
  app.route('/', operationsRoutes({
    metrics, version: '1.2.3', browserFolder, readiness: { missing: () => missing }, describe: () => describeInterface(app, '1.2.3'),
  }));
  return app;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ccm-browser-'));
  await mkdir(join(folder, 'browser', 'ccm'), { recursive: true });
  await writeFile(join(folder, 'secret.js'), 'secret');
  for (const name of ['ccm.js', 'ccm/chart-ABC123.js']) {
    const file = join(folder, 'browser', name);
    await writeFile(file, CODE);
    await writeFile(`${file}.br`, brotliCompressSync(CODE));
    await writeFile(`${file}.gz`, gzipSync(CODE));
  }
});
afterAll(() => rm(folder, { recursive: true }));

const script = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(edge(join(folder, 'browser')).request(path, { headers }));

describe('the script and its parts', () => {
  it('may be loaded by any page; the name is asked again soon, a hash never', async () => {
    const entry = await script('/ccm.js');
    expect(entry.headers.get('access-control-allow-origin')).toBe('*');
    expect(entry.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(entry.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(entry.headers.get('cache-control')).toMatch(/max-age=300\b/);
    expect(await entry.text()).toBe(CODE);
    const part = await script('/ccm/chart-ABC123.js');
    expect([part.status, part.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  });
  it('leave in the smallest form that the caller takes', async () => {
    const cases: [string | undefined, string | null][] = [
      [undefined, null], ['gzip, deflate, br', 'br'], ['gzip', 'gzip'], ['br;q=0, gzip;q=0.5', 'gzip'], ['identity', null], ['BR', 'br'], ['broken', null],
    ];
    for (const [accepted, encoding] of cases) {
      const response = await script('/ccm.js', accepted === undefined ? {} : { 'accept-encoding': accepted });
      expect([response.headers.get('content-encoding'), response.headers.get('vary')], accepted).toEqual([encoding, 'Accept-Encoding']);
    }
    const small = await script('/ccm.js', { 'accept-encoding': 'br' });
    expect(brotliDecompressSync(Buffer.from(await small.arrayBuffer())).toString()).toBe(CODE);
  });
  it('are 304 for who has them, in that form', async () => {
    const br = (await script('/ccm.js', { 'accept-encoding': 'br' })).headers.get('etag') ?? '';
    const plain = (await script('/ccm.js')).headers.get('etag') ?? '';
    expect(br).not.toBe(plain);
    expect((await script('/ccm.js', { 'accept-encoding': 'br', 'if-none-match': br })).status).toBe(304);
    expect((await script('/ccm.js', { 'if-none-match': `"other", W/${plain}` })).status).toBe(304);
    expect((await script('/ccm.js', { 'if-none-match': br })).status).toBe(200);
  });
  it('no spelling of a path reaches another file', async () => {
    const spellings = [
      '/ccm/../secret.js', '/ccm/..%2fsecret.js', '/ccm/%2e%2e/secret.js', '/ccm/..%2f..%2fsecret.js', '/ccm/..\\secret.js', '/ccm/..%5csecret.js', '/ccm/%252e%252e%252fsecret.js',
      '/ccm//etc/passwd', '/ccm/%00', '/ccm/chart-ABC123.js%00.png', '/ccm/chart-ABC123.js/', '/ccm/chart-ABC123.js.br', '/ccm/', '/secret.js', '/ccm/....//secret.js',
      '/docs/../secret.js', '/docs/..%2f..%2fpackage.json', '/docs/package.json', '/docs/swagger-ui.js', '/docs/%2e%2e%2fpackage.json',
    ];
    for (const path of spellings) {
      const response = await script(path);
      expect([response.status, response.headers.get('location')], path).toEqual([404, null]);
    }
  });
  it('that were not built say how to build them', async () => {
    const response = await edge(join(folder, 'nowhere')).request('/ccm.js');
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([404, 'The browser files are not built here: npm run build makes them.']);
  });
});

describe('probes', () => {
  it('healthz answers, readyz says what is missing', async () => {
    const app = edge(folder);
    expect(await (await app.request('/healthz')).json()).toEqual({ status: 'ok', version: '1.2.3' });
    missing = ['the first check of the modules'];
    const waiting = await app.request('/readyz');
    expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([503, '1']);
    expect(((await waiting.json()) as { detail: string }).detail).toBe('Not ready: the first check of the modules.');
    missing = [];
    expect((await app.request('/readyz')).status).toBe(200);
  });
  it('metrics are Prometheus\' text', async () => {
    metrics.request('GET /api/v1/widgets/:id/data', 200);
    metrics.request('GET /api/v1/widgets/:id/data', 304);
    metrics.request('GET /api/v1/widgets/:id/data', 200);
    metrics.feedFetch('module', 'changed', 0.03);
    metrics.connections('ws').inc();
    const app = edge(folder);
    const response = await app.request('/metrics');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (let round = 0; round < 2; round += 1) {
      const text = await (await app.request('/metrics')).text();
      expect(text).toContain('ccm_http_requests_total{route="GET /api/v1/widgets/:id/data",status="2xx"} 2\n');
      expect(text).toContain('ccm_http_requests_total{route="GET /api/v1/widgets/:id/data",status="3xx"} 1\n');
      expect(text).toContain('ccm_feed_fetch_seconds_bucket{le="0.1",source="module",outcome="changed"} 1\n');
      expect(text).toContain('ccm_push_connections{carrier="ws"} 1\n');
      expect(text).toMatch(/process_cpu_seconds_total \d/);
    }
  });
});

describe('docs', () => {
  it('load nothing from elsewhere, by their own policy', async () => {
    const app = edge(folder);
    const page = await app.request('/docs');
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(html).not.toMatch(/https?:\/\//);
    expect(html).not.toMatch(/<script>/);
    for (const [, file] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const asset = await app.request(`/${file ?? ''}`);
      expect([file, asset.status]).toEqual([file, 200]);
    }
  });
  it('the description is OpenAPI 3.1 and says what the push speaks', async () => {
    const document = (await (await edge(folder).request('/openapi.json')).json()) as { openapi: string; info: { description: string }; paths: Record<string, { get: { responses: Record<string, { content: object }> } }> };
    expect(document.openapi).toBe('3.1.0');
    expect(document.info.description).toContain('"action":"subscribe"');
    expect(document.paths['/readyz']?.get.responses['default']?.content).toHaveProperty(['application/problem+json']);
  });
});
