import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { CCMWidget } from '../../sdk/contract/widget.js';
import { findServer } from '../../scripts/servers.js';
import { doctorCommand } from '../cli/doctor.js';
import type { Edge } from '../compose.js';
import type { SettingsFile } from '../config.js';
import { PASSWORD, startBroker, USER, type Broker } from '../drivers/mqtt/test/broker.js';
import { SECRET, tokenOf, upstream, wholeEdge, type Upstream } from './whole-edge.js';

const HALL = 'Qm7-hall_4Tz9Lw2Xc6Vb1Nd8Ks3Jf5Gp0';
const WAIT = { timeout: 10_000, interval: 20 };

const stat = (id: string, channel: string, primaryValue: string): CCMWidget => ({
  id, title: id, type: 'stat', size: 'small', dataSource: { type: 'push', channel }, refreshInterval: 10,
  statConfig: { primaryValue, sparkline: true }, permissions: [], roles: [],
});
const WIDGETS = [stat('hall', 'hall', 'celsius'), stat('oven', 'plant-7-temperature', 'value')];
const SETTINGS: Partial<SettingsFile> = {
  ingest: { hall: { secret: { env: 'HALL_SECRET' }, tenant: 'acme' } }, widgets: WIDGETS, presets: {},
  mqtt: { url: 'mqtt://127.0.0.1:1', topics: { 'plant/+/temperature': { tenant: 'acme' } } },
};

let service: Upstream;
let folder: string;
const edges: Edge[] = [];
const sockets: WebSocket[] = [];
let broker: Broker | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-push-'));
  service = await upstream((_request, response) => void response.end('{}'));
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await Promise.all(edges.splice(0).map((edge) => edge.close()));
  await broker?.close();
  broker = undefined;
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(mqtt: SettingsFile['mqtt'] = SETTINGS.mqtt): Promise<Edge> {
  const edge = await wholeEdge({
    module: service.url, settings: { ...SETTINGS, mqtt },
    env: { HALL_SECRET: HALL, BROKER_PASSWORD: PASSWORD, CCM_DATABASE_URL: `sqlite:${join(folder, 'ccm.db')}` },
  });
  edges.push(edge);
  return edge;
}

async function stop(edge: Edge): Promise<void> {
  edges.splice(edges.indexOf(edge), 1);
  await edge.close();
}

const post = (edge: Edge, data: unknown, more: object = {}) => edge.app.request('/api/v1/ingest/hall', {
  method: 'POST', headers: { 'authorization': `Bearer ${HALL}`, 'content-type': 'application/json' }, body: JSON.stringify({ data, ...more }),
});

async function answer(edge: Edge, id = 'hall', tenant = 'acme'): Promise<{ status: number; data?: unknown; timestamp?: string }> {
  const response = await edge.app.request(`/api/v1/widgets/${id}/data`, { headers: { authorization: `Bearer ${await tokenOf({ tenant })}` } });
  return { status: response.status, ...(await response.json()) as object };
}

/** Frames of the widget, as a page with a live connection gets them. */
async function watch(edge: Edge, id: string): Promise<{ data?: unknown; timestamp?: string }[]> {
  const { port } = await edge.listen({ port: 0, host: '127.0.0.1' });
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/dashboard?token=${await tokenOf()}`);
  sockets.push(socket);
  const frames: { widget_id?: string; data?: unknown }[] = [];
  socket.on('message', (text: Buffer) => {
    const frame = JSON.parse(text.toString()) as { widget_id?: string };
    if (frame.widget_id === id) frames.push(frame);
  });
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ action: 'subscribe', widgets: [id] }));
  await vi.waitFor(() => expect(frames).toHaveLength(1), WAIT);
  return frames;
}

describe('a widget of a channel', () => {
  it('is empty before the first value, and not there for a tenant without the channel', async () => {
    const edge = await start();
    expect(await answer(edge)).toMatchObject({ status: 200, data: null });
    expect(await answer(edge, 'hall', 'umbrella')).toMatchObject({ status: 400, code: 'bad_request' });
  });

  it('shows what is pushed at once, with the time that the sender says', async () => {
    const edge = await start();
    const frames = await watch(edge, 'hall');
    expect(frames[0]?.data).toBeNull();
    const before = performance.now();
    const time = new Date(Date.now() - 60_000).toISOString();
    expect((await post(edge, { celsius: 21.4 }, { time })).status).toBe(202);
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ data: { celsius: 21.4 }, timestamp: time }), WAIT);
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(await answer(edge)).toMatchObject({ data: { celsius: 21.4 }, timestamp: time });
    for (let at = 0; at < 40; at += 1) await post(edge, { celsius: at });
    await vi.waitFor(() => expect(frames.at(-1)?.data).toEqual({ celsius: 39 }), WAIT);
    expect(frames.length).toBeLessThan(40);
  });

  it('has its last value, its time and its history after a restart', async () => {
    const first = await start();
    await answer(first);
    const now = Date.now();
    for (const [index, celsius] of [18, 19, 20].entries()) {
      await post(first, { celsius }, { time: now - 60_000 + index * 20_000 });
      // Of what comes within a tenth of a second a feed sees only the last.
      await vi.waitFor(async () => expect((await answer(first)).data).toEqual({ celsius }), WAIT);
    }
    await stop(first);
    const second = await start();
    expect(await answer(second)).toMatchObject({ data: { celsius: 20 }, timestamp: new Date(now - 20_000).toISOString() });
    const response = await second.app.request('/api/v1/widgets/data', {
      method: 'POST', headers: { 'authorization': `Bearer ${await tokenOf()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ define: true, widgets: [{ id: 'hall' }] }),
    });
    const { history } = JSON.parse(await response.text()) as { history: [number, number][] };
    expect(history.map(([, value]) => value)).toEqual([18, 19, 20]);
    expect(history[0]?.[0]).toBe(now - 60_000);
  });
});

describe.skipIf(findServer('mosquitto') === undefined)('through a real mosquitto', () => {
  it('the doctor says whether the broker lets the edge in', { timeout: 30_000 }, async () => {
    broker = await startBroker();
    const file = join(folder, 'ccm.config.json');
    const mqtt = { url: broker.url, username: USER, password: { env: 'BROKER_PASSWORD' }, topics: { 'plant/+/temperature': { tenant: 'acme' } } };
    writeFileSync(file, JSON.stringify({ tenants: { acme: {} }, mqtt }));
    const ask = async (password: string): Promise<string> => {
      const lines: string[] = [];
      await doctorCommand.run(['--config', file], {
        env: { CCM_JWT_SECRET: SECRET, CCM_DATABASE_URL: 'sqlite::memory:', BROKER_PASSWORD: password },
        out: (line) => void lines.push(line), err: (line) => void lines.push(line), stopped: () => Promise.resolve(),
      });
      return lines.join('\n');
    };
    expect(await ask(PASSWORD)).toContain(`ok    mqtt: ${broker.url} lets the edge in; topics under mqtt.topics: 1`);
    const refused = await ask('marker-of-a-wrong-password');
    expect(refused).toMatch(/fail {2}mqtt: .* is not reached: .*not authori[sz]ed/i);
    expect(refused).not.toContain('marker-of-a-wrong-password');
  });

  it('a message of a topic is a value of its channel; a broker that is gone and back changes nothing; what is too large is refused', async () => {
    broker = await startBroker();
    const edge = await start({ url: broker.url, username: USER, password: { env: 'BROKER_PASSWORD' }, topics: { 'plant/+/temperature': { tenant: 'acme' } } });
    const up = async () => /^ccm_mqtt_up (\d)$/m.exec(await (await edge.app.request('/metrics')).text())?.[1];
    await vi.waitFor(async () => expect(await up()).toBe('1'), WAIT);
    const frames = await watch(edge, 'oven');
    let device = await broker.client();
    await device.publishAsync('plant/7/temperature', '180.5', { qos: 1 });
    await vi.waitFor(() => expect(frames.at(-1)?.data).toEqual({ value: 180.5 }), WAIT);
    await device.publishAsync('plant/7/temperature', 'x'.repeat(100_000), { qos: 1 });
    await device.publishAsync('plant/8/temperature', '7', { qos: 1 });
    await vi.waitFor(async () => expect(await (await edge.app.request('/metrics')).text()).toContain('ccm_ingest_values_total{carrier="mqtt",outcome="refused"} 1'), WAIT);
    expect((await answer(edge, 'oven')).data).toEqual({ value: 180.5 });

    await broker.kill();
    await vi.waitFor(async () => expect(await up()).toBe('0'), WAIT);
    expect((await answer(edge, 'oven')).data).toEqual({ value: 180.5 });
    expect((await edge.app.request('/readyz')).status).toBe(200);
    await broker.restart();
    await vi.waitFor(async () => expect(await up()).toBe('1'), WAIT);
    device = await broker.client();
    await device.publishAsync('plant/7/temperature', '{"value":190}', { qos: 1 });
    await vi.waitFor(() => expect(frames.at(-1)?.data).toEqual({ value: 190 }), WAIT);
  });
});
