/** HAZARDS 6: two edge processes on one database and one real Redis; each alert is told once, also where the one that tells is killed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertState } from '../../sdk/contract/alert.js';
import type { SettingsFile } from '../config.js';
import { noRedis, startRedis, until, type RedisServer } from '../drivers/redis/test/server.js';
import { startEdge, type EdgeProcess } from './edge-process.js';
import { upstream, type Upstream } from './whole-edge.js';

const FEED_SECRET = 'Qm7-feed_4Tz9Lw2Xc6Vb1Nd8Ks3Jf5Gp0';
const ALERTS = 100;
/** Of the list; those beyond the first hundred are for what comes after. */
const ITEMS = 150;
/** Messages that one edge sends at a time. */
const AT_A_TIME = 4;
/** Milliseconds within which another edge has to go on. */
const TAKEN_OVER = 20_000;

describe.skipIf(noRedis)('two edge processes on one database (skipped where redis-server is not installed)', () => {
  let folder: string;
  let redis: RedisServer;
  let desk: Upstream;
  let edges: EdgeProcess[];
  /** What came: the message's own id, and what it said of which alert. */
  let told: { id: string; key: string; state: AlertState }[];

  beforeEach(async () => {
    told = [];
    folder = await mkdtemp(join(tmpdir(), 'ccm-alerts-'));
    redis = await startRedis();
    desk = await upstream((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part))).on('end', () => {
        const { alerts } = (JSON.parse(body) as { data: { alerts: { key: string; state: AlertState }[] } }).data;
        for (const { key, state } of alerts) told.push({ id: String(request.headers['webhook-id']), key, state });
        response.end();
      });
    });
    // The first has taken what one edge alone does before the second is there.
    edges = [await start()];
    await send(edges[0]!, () => false);
    await sleep(1_000);
    edges.push(await start());
  });
  afterEach(async () => {
    await Promise.all(edges.map((edge) => edge.kill()));
    await Promise.all([desk.close(), redis.stop()]);
    await rm(folder, { recursive: true });
  });

  const start = (): Promise<EdgeProcess> => {
    const settings: Partial<SettingsFile> = {
      widgets: [{
        id: 'stock', title: 'Stock', type: 'list', size: 'small', dataSource: { type: 'push', channel: 'stock' }, refreshInterval: 10,
        listConfig: { itemTemplate: { title: 'id' }, itemKey: 'id' }, permissions: [], roles: [],
        alerts: { enabled: true, conditions: [{ name: 'low', field: 'level', operator: '<', value: 5, severity: 'critical' }], notifications: ['webhook'], cooldown: 0 },
      }],
      ingest: { stock: { secret: { env: 'FEED_SECRET' }, tenant: 'acme' } },
      notifiers: { desk: { type: 'webhook', url: desk.url, secret: { env: 'DESK_SECRET' } } },
      alerts: { routes: [{ notifiers: ['desk'], groupBy: ['rule', 'key'], groupWait: '0s', groupInterval: '1s' }] },
    };
    return startEdge(folder, {
      settings,
      env: { CCM_REDIS_URL: redis.url.href, CCM_ALLOW_PRIVATE_HOSTS: '127.0.0.1', FEED_SECRET, DESK_SECRET: `whsec_${Buffer.from('a secret of the desk, long enough').toString('base64')}` },
    });
  };
  /** New levels of all items come, by this edge. */
  const send = async (edge: EdgeProcess, isLow: (item: number) => boolean): Promise<void> => {
    const items = Array.from({ length: ITEMS }, (_, item) => ({ id: `item-${item}`, level: isLow(item) ? 1 : 40 }));
    const response = await fetch(`${edge.url}/api/v1/ingest/stock`, {
      method: 'POST', body: JSON.stringify({ data: { items } }), headers: { 'authorization': `Bearer ${FEED_SECRET}`, 'content-type': 'application/json' },
    });
    expect(response.status).toBe(202);
  };
  const toldOf = (state: AlertState): string[] => told.filter((one) => one.state === state).map(({ key }) => key).toSorted();
  const items = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, at) => `item-${from + at}`).toSorted();

  it('tell each alert once, whichever of them hears of it', async () => {
    await send(edges[1]!, (item) => item < ALERTS / 2);
    await until('half of them are told', () => told.length >= ALERTS / 2, 30_000);
    await send(edges[0]!, (item) => item < ALERTS);
    await until('all are told', () => told.length >= ALERTS, 30_000);
    await send(edges[1]!, () => false);
    await until('that all are over is told', () => told.length >= 2 * ALERTS, 30_000);
    await sleep(2_000);
    expect(toldOf('firing')).toEqual(items(0, ALERTS));
    expect(toldOf('resolved')).toEqual(items(0, ALERTS));
    expect(new Set(told.map(({ id }) => id)).size).toBe(2 * ALERTS);
  }, 120_000);

  it('kill -9 of the one that tells: the other goes on, nothing is lost, and what comes twice is the same message', async () => {
    await send(edges[0]!, (item) => item < ALERTS / 2);
    await until('half of them are told', () => told.length >= ALERTS / 2, 30_000);

    // The other half begins while the first half ends, and in the middle of telling it the process is gone.
    const half = told.length;
    await send(edges[0]!, (item) => item >= ALERTS / 2 && item < ALERTS);
    await until('it has begun to tell', () => told.length > half);
    await edges[0]!.kill();
    // What comes now nobody has evaluated yet.
    await send(edges[1]!, (item) => item >= ALERTS / 2);
    await until('the rest is told, and what came since', () => new Set(told.map(({ key, state }) => `${key} ${state}`)).size === 2 * ALERTS, TAKEN_OVER);
    const ids = told.map(({ id }) => id);
    expect(ids.length - new Set(ids).size).toBeLessThanOrEqual(AT_A_TIME);
    for (const twice of told.filter(({ id }, at) => ids.indexOf(id) !== at)) expect(told.find(({ id }) => id === twice.id)).toEqual(twice);

    // A new one joins: from then on it is each alert once again.
    edges[0] = await start();
    const before = new Set(told.map(({ id }) => id));
    const since = () => told.filter(({ id }) => !before.has(id));
    await send(edges[0], () => false);
    await until('that the others are over is told', () => since().length >= ALERTS, TAKEN_OVER);
    await sleep(2_000);
    expect(since().map(({ key, state }) => `${key} ${state}`).toSorted()).toEqual(items(ALERTS / 2, ITEMS).map((key) => `${key} resolved`));
    // What the killed one had sent and not noted comes again when its claim ends, which may be as late as this.
    expect(told.length - new Set(told.map(({ id }) => id)).size).toBeLessThanOrEqual(AT_A_TIME);
  }, 120_000);
});
