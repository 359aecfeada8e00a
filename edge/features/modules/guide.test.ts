import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Edge } from '../../compose.js';
import { tokenOf, wholeEdge } from '../../test/whole-edge.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;
let module: ChildProcess;
let edge: Edge;
let port: number;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const found = (server.address() as AddressInfo).port;
  await new Promise((done) => server.close(done));
  return found;
}

beforeAll(async () => {
  const [code] = /(?<=```js\n)[\s\S]*?(?=```)/.exec(readFileSync(join(root, 'docs/modules.md'), 'utf8')) ?? [];
  if (code === undefined) throw new Error('docs/modules.md has no example.');
  // Inside the package, so that it finds jose.
  folder = mkdtempSync(join(root, 'node_modules', '.ccm-guide-'));
  writeFileSync(join(folder, 'module.mjs'), code);
  port = await freePort();
  edge = await wholeEdge({ module: `http://127.0.0.1:${port}`, settings: { widgets: [], presets: {} } });
  const { url } = await edge.listen({ host: '127.0.0.1', port: 0 });
  module = spawn(process.execPath, [join(folder, 'module.mjs')], { env: { PATH: process.env['PATH'], PORT: String(port), CCM_EDGE: url }, stdio: 'inherit' });
}, 30_000);

afterAll(async () => {
  module?.kill();
  await edge?.close();
  rmSync(folder, { recursive: true, force: true });
});

const api = async (path: string, claims = {}) => edge.app.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${await tokenOf(claims)}` } });

it('the module of the guide runs, is believed, and brings its widget', async () => {
  await expect.poll(async () => (await api('/widgets/sales-today')).status, { timeout: 15_000 }).toBe(200);
  const { items } = (await (await api('/modules')).json()) as { items: unknown[] };
  expect(items).toMatchObject([{ name: 'sales', status: 'running', manifest: { widgets: 1, schemas: 1, faults: [] } }]);
  const answer = await api('/widgets/sales-today/data', { permissions: ['sales.view_metrics'] });
  expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ data: { total: 1234.5 } })]);
}, 30_000);

it('and answers nobody but the edge', async () => {
  const ask = async (authorization?: string) => (await fetch(`http://127.0.0.1:${port}/api/today`, { headers: authorization === undefined ? {} : { authorization } })).status;
  expect([await ask(), await ask('Bearer x.y.z'), await ask(`Bearer ${await tokenOf()}`)]).toEqual([401, 401, 401]);
});
