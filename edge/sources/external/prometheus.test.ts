import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { PrometheusDataSource } from '../../../sdk/contract/data-source.js';
import { findServer } from '../../../scripts/servers.js';
import { acme } from '../test/module-double.js';
import { startPrometheus } from '../test/stand-ins/prometheus.js';
import { rowsOf } from './prometheus.js';
import { externalRig, readyMade } from './test/rig.js';

const open: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const NOW = Date.UTC(2025, 9, 19, 12, 0, 7);
const success = (data: unknown) => ({ status: 'success', data });
const vector = (...values: [Record<string, string>, string][]) => success({ resultType: 'vector', result: values.map(([metric, value]) => ({ metric, value: [1_760_875_200.5, value] })) });

async function set(url: string, now?: number) {
  const rig = externalRig([readyMade('prometheus', { baseUrl: url })], { ...(now !== undefined && { now }) });
  open.push(() => rig.close());
  const ask = async (source: Omit<PrometheusDataSource, 'type'>) =>
    (await rig.prometheus.fetch({ tenant: acme, dataSource: { type: 'prometheus', ...source }, signal: AbortSignal.timeout(5_000) })).data as ReturnType<typeof rowsOf>;
  return { ...rig, ask };
}

async function standIn(results: Record<string, unknown>, now?: number) {
  const server = await startPrometheus(results);
  open.push(() => server.close());
  return { server, ...(await set(server.url, now)) };
}

describe('a query', () => {
  it('gives a row a sample, its labels and its number', async () => {
    const { ask } = await standIn({ up: vector([{ job: 'node', instance: 'a' }, '1'], [{ job: 'node', instance: 'b' }, '0']), 'sum(up)': vector([{}, '1.5e3']) });
    expect(await ask({ query: 'up' })).toEqual({
      resultType: 'vector',
      items: [
        { time: '2025-10-19T12:00:00.500Z', value: 1, metric: { job: 'node', instance: 'a' } }, { time: '2025-10-19T12:00:00.500Z', value: 0, metric: { job: 'node', instance: 'b' } },
      ],
    });
    expect(await ask({ query: 'sum(up)' })).toMatchObject({ value: 1_500, items: [{ value: 1_500 }] });
  });

  it('over a range begins and ends on its own steps, so that points stay where they are', async () => {
    const { ask, server } = await standIn({ load: success({ resultType: 'matrix', result: [] }) }, NOW);
    await ask({ query: 'load', range: '1h', step: '30s' });
    await ask({ query: 'load', range: '7d' });
    const asked = server.calls.map(({ query }) => [query.get('start'), query.get('end'), query.get('step')].map(Number));
    const end = Math.floor(NOW / 1000);
    expect(asked[0]).toEqual([end - (end % 30) - 3_600, end - (end % 30), 30]);
    expect(asked[1]).toEqual([end - (end % 2_520) - 604_800, end - (end % 2_520), 2_520]);
    expect(server.calls.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('that Prometheus does not understand is the query\'s fault, and said without its words', async () => {
    const { ask } = await standIn({});
    await expect(ask({ query: 'up{' })).rejects.toMatchObject({ code: 'bad_request', message: 'Prometheus cannot read this query.' });
    await expect(ask({ query: 'up', range: '30d', step: '1s' })).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining('11000 points') as string });
  });

  it.each([{}, { status: 'success' }, { status: 'error', errorType: 'execution' }, success({ resultType: 'vector' }), success({ resultType: 'vector', result: [{ metric: {}, value: ['now', '1'] }] }), []])(
    'an answer that is none (%j) is told as one', async (body) => {
      const { ask } = await standIn({ up: body });
      await expect(ask({ query: 'up' })).rejects.toMatchObject({ code: 'upstream_invalid' });
    });

  it('needs a connector of that name', async () => {
    const rig = externalRig([readyMade('stripe')]);
    open.push(() => rig.close());
    await expect(rig.prometheus.fetch({ tenant: acme, dataSource: { type: 'prometheus', query: 'up' }, signal: AbortSignal.timeout(1_000) }))
      .rejects.toMatchObject({ code: 'bad_request', message: 'There is no connector named "prometheus".' });
  });
});

const samples = join(process.env['CCM_TESTDATA'] ?? '', 'api-samples/prometheus');
describe.skipIf(!existsSync(samples))('captures of a real Prometheus (needs CCM_TESTDATA)', () => {
  const capture = (name: string): unknown => JSON.parse(readFileSync(join(samples, name), 'utf8'));
  it('an instant answer', () => {
    expect(rowsOf(capture('query_node_load1.json'))).toMatchObject({ value: 2.9, items: [{ value: 2.9, metric: { __name__: 'node_load1', job: 'node' } }] });
  });
  it('a range', () => {
    const { items, value } = rowsOf(capture('range_mem.json'));
    expect(items.length).toBeGreaterThan(50);
    expect(items.every((row) => typeof row.value === 'number' && row.value > 1e9)).toBe(true);
    expect(value).toBe(items.at(-1)?.value);
  });
});

const binary = findServer('prometheus');
const exporter = findServer('prometheus-node-exporter');
describe.skipIf(binary === undefined || exporter === undefined)('a real Prometheus that scrapes a real node exporter (needs prometheus, prometheus-node-exporter)', () => {
  it('is asked now and over a range', async () => {
    const [port, exporterPort] = [await freePort(), await freePort()];
    const folder = await mkdtemp(join(tmpdir(), 'ccm-prometheus-'));
    open.push(() => rm(folder, { recursive: true, force: true }));
    const config = join(folder, 'prometheus.yml');
    await writeFile(config, `global: {scrape_interval: 1s}\nscrape_configs:\n  - job_name: node\n    static_configs: [{targets: ["127.0.0.1:${exporterPort}"]}]\n`);
    start(exporter!, [`--web.listen-address=127.0.0.1:${exporterPort}`]);
    start(binary!, [`--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`, `--web.listen-address=127.0.0.1:${port}`]);
    const { ask } = await set(`http://127.0.0.1:${port}`);

    const load = await eventually(async () => {
      const answer = await ask({ query: 'node_load1' });
      return answer.items.length > 0 ? answer : undefined;
    });
    expect(load).toMatchObject({ resultType: 'vector', items: [{ metric: { job: 'node', instance: `127.0.0.1:${exporterPort}` } }] });
    expect(load.value).toBeGreaterThanOrEqual(0);
    const memory = await eventually(async () => {
      const answer = await ask({ query: 'node_memory_MemAvailable_bytes', range: '1m', step: '1s' });
      return answer.items.length > 2 ? answer : undefined;
    });
    expect(memory).toMatchObject({ resultType: 'matrix' });
    expect(memory.items.every(({ value }) => value !== null && value > 1e6)).toBe(true);
    expect((await ask({ query: 'vector(0)/0' })).value).toBeNull();
    expect((await ask({ query: 'scalar(vector(1)/0)' })).value).toBeNull();
    await expect(ask({ query: 'node_load1{' })).rejects.toMatchObject({ code: 'bad_request' });
  }, 60_000);
});

function start(program: string, args: string[]): void {
  const child: ChildProcess = spawn(program, args, { stdio: 'ignore' });
  open.push(() => new Promise<void>((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  }));
}

async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 40_000;
  for (;;) {
    const found = await ask().catch((error: unknown) => {
      if (Date.now() > end) throw error;
      return undefined;
    });
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
