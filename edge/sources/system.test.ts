import { afterEach, describe, expect, it } from 'vitest';
import { createActivity } from '../kernel/activity.js';
import { systemClock, type Clock } from '../kernel/clock.js';
import type { Principal } from '../kernel/principal.js';
import type { ConnectorSettings } from '../kernel/settings.js';
import { createApiUsage } from './api-usage.js';
import { createSystemSource, type SystemSource } from './system.js';
import { overallScore, scoreBetween } from './system/health.js';
import { createQueryStats } from './system/query-stats.js';
import { acme, registryOf } from './test/module-double.js';

const globex = { ...acme, id: 'globex' };
const stripe: ConnectorSettings = {
  name: 'stripe', baseUrl: 'https://api.stripe.com', auth: { kind: 'none' }, paths: ['/v1/*'], encoding: 'brackets', dates: 'unix', cacheSeconds: 0,
  limits: { perMinute: 100 },
};
const readyMade: ConnectorSettings = { ...stripe, name: 'mailchimp', kind: 'ready-made', limits: {} };
const opened: SystemSource[] = [];
afterEach(() => {
  for (const source of opened.splice(0)) source.close();
});

function setUp(clock: Clock = systemClock) {
  const activity = createActivity(clock);
  const usage = createApiUsage(clock);
  const queries = createQueryStats(clock);
  const modules = registryOf(new URL('http://127.0.0.1:1'));
  const source = createSystemSource({
    clock, activity, usage, queries, modules, connectors: { of: () => [stripe, readyMade] },
    tenants: new Map([['acme', acme], ['globex', globex]]), store: { sizeBytes: () => 3 * 1024 ** 2 },
  });
  opened.push(source);
  const ask = async (metric: string, params = {}, tenant = acme): Promise<Record<string, unknown>> => {
    const { data } = await source.fetch({ tenant, dataSource: { type: 'system', metric, params }, signal: AbortSignal.timeout(5_000) });
    return data as Record<string, unknown>;
  };
  return { activity, usage, queries, modules, source, ask };
}

function principal(subject: string, tenant = 'acme'): Principal {
  return { subject, tenant, roles: new Set(), directRoles: [], permissions: [], expiresAt: Number.POSITIVE_INFINITY };
}

const number = expect.any(Number) as number;

describe('the machine', () => {
  it('is measured: processor over time, memory, disk', async () => {
    const { ask } = setUp();
    // Keep one core busy while it is measured: the answer must not be a constant.
    const spin = setInterval(() => {
      const until = performance.now() + 40;
      while (performance.now() < until) { /* busy */ }
    }, 45);
    const cpu = await ask('cpu_usage');
    clearInterval(spin);
    expect(cpu).toEqual({ percentage: number, cores: number, load1: number });
    expect(cpu.percentage).toBeGreaterThan(5);
    expect(cpu.percentage).toBeLessThanOrEqual(100);

    for (const [metric, used, total] of [['memory_usage', 'used_mb', 'total_mb'], ['disk_usage', 'used_gb', 'total_gb']] as const) {
      const data = await ask(metric);
      expect(Object.keys(data).sort()).toEqual([total, used, 'percentage'].sort());
      expect(data[used]).toBeGreaterThan(0);
      expect(data[total]).toBeGreaterThan(data[used] as number);
      expect(data.percentage).toBeGreaterThan(0);
      expect(data.percentage).toBeLessThan(100);
    }
  });
});

describe('the store', () => {
  it('tells its connections, its size and the timings of real statements', async () => {
    const { ask, queries } = setUp();
    expect(await ask('db_connections')).toEqual({ active: 1, max: 1 });
    for (let i = 0; i < 100; i += 1) queries.query('select fast', 0.1);
    for (let i = 0; i < 5; i += 1) queries.query('select slow', 80);
    const data = await ask('db_performance');
    expect(data).toMatchObject({ size_mb: 3, slow: [{ sql: 'select slow', count: 5 }, { sql: 'select fast', count: 100 }] });
    expect(data.queries_per_s).toBeGreaterThan(10);
    expect(data.p50_ms).toBeCloseTo(0.1, 1);
    expect((data.slow as { p95_ms: number }[])[0]?.p95_ms).toBeGreaterThan(65);
  });
});

describe('modules, users and requests', () => {
  it('tells the states of the tenant\'s modules', async () => {
    const { ask, modules } = setUp();
    modules.state('stopped');
    expect(await ask('module_status')).toEqual({ items: [{ name: 'sales', status: 'stopped', since: '2025-10-19T14:30:00.000Z', latency_ms: 3.2 }] });
    expect(await ask('module_status', {}, globex)).toEqual({ items: [] });
  });

  it('tells how fast the edge answers', async () => {
    const { ask, activity } = setUp();
    expect(await ask('api_response_time')).toEqual({ mean_ms: 0 });
    for (let i = 0; i < 9; i += 1) activity.request('GET /a', 200, 10);
    activity.request('GET /a', 500, 110);
    activity.request('GET /b', 404, 40);
    expect(await ask('api_performance')).toEqual({
      items: [
        { route: 'GET /a', count: 10, errors: 1, error_rate: 0.1, p50_ms: 10, p95_ms: 110 },
        { route: 'GET /b', count: 1, errors: 0, error_rate: 0, p50_ms: 40, p95_ms: 40 },
      ],
    });
    expect(await ask('api_response_time')).toEqual({ mean_ms: 21.82 });
  });

  it('tells a tenant its own users and errors, nobody else\'s', async () => {
    const { ask, activity } = setUp();
    activity.seen(principal('eva'));
    activity.seen(principal('mallory', 'globex'));
    activity.fault({ code: 'upstream_timeout', detail: 'slow', requestId: 'r1', tenant: 'acme' });
    activity.fault({ code: 'internal', detail: 'theirs', requestId: 'r2', tenant: 'globex' });
    expect(await ask('active_users')).toEqual({ count: 1 });
    expect(await ask('user_activity')).toEqual({ items: [{ user: 'eva', last_seen: expect.stringMatching(/Z$/) as string, requests: 1 }] });
    expect(await ask('error_logs')).toEqual({
      items: [{ time: expect.stringMatching(/Z$/) as string, code: 'upstream_timeout', detail: 'slow', request_id: 'r1' }],
    });
    expect(JSON.stringify(await ask('user_activity', {}, globex))).toContain('mallory');
  });

  it('tells the use of external APIs', async () => {
    const { ask, usage } = setUp();
    usage.begin('acme', 'stripe')();
    usage.begin('acme', 'stripe');
    usage.wait('acme', 'stripe');
    usage.wait('acme', 'stripe')();
    expect(await ask('api_usage')).toEqual({ items: [{ api: 'stripe', used: 2, limit: 100, reset_at: expect.stringMatching(/:00\.000Z$/) as string, queued: 1 }] });
    expect(await ask('api_usage', {}, globex)).toMatchObject({ items: [{ used: 0 }] });
    usage.begin('globex', 'mailchimp')();
    expect(await ask('api_usage', {}, globex)).toMatchObject({ items: [{ api: 'stripe' }, { api: 'mailchimp', used: 1, limit: null }] });
  });
});

describe('health_overview', () => {
  it('is a score of its parts, and falls when a module does', async () => {
    const { ask, modules } = setUp();
    interface Health { health_score: number; status: string; parts: { name: string; score: number; detail: string }[] }
    const healthy = await ask('health_overview') as unknown as Health;
    expect(healthy.parts.map(({ name }) => name)).toEqual(['cpu', 'memory', 'disk', 'event loop', 'database', 'modules', 'requests']);
    expect(healthy.health_score).toBeGreaterThanOrEqual(0);
    expect(healthy.health_score).toBeLessThanOrEqual(100);
    expect(healthy.parts.find(({ name }) => name === 'modules')).toEqual({ name: 'modules', score: 100, detail: '1 of 1 running' });
    modules.state('error');
    const sick = await ask('health_overview') as unknown as Health;
    expect(sick.parts.find(({ name }) => name === 'modules')).toEqual({ name: 'modules', score: 0, detail: '0 of 1 running' });
    expect(sick.health_score).toBeLessThan(50);
    expect(sick.status).toBe('critical');
  });

  it('scores by plain rules', () => {
    expect([scoreBetween(50, 75, 100), scoreBetween(75, 75, 100), scoreBetween(87.5, 75, 100), scoreBetween(120, 75, 100)]).toEqual([100, 100, 50, 0]);
    expect(overallScore([100, 100, 100, 100])).toBe(100);
    expect(overallScore([100, 100, 100, 0])).toBe(38);
  });
});

describe('bad questions', () => {
  it('names an unknown metric and the known ones', async () => {
    const { ask, source } = setUp();
    expect(source.metrics).toHaveLength(14);
    for (const metric of ['nonsense', 'constructor', '']) {
      await expect(ask(metric)).rejects.toMatchObject({ code: 'bad_request', status: 400, message: expect.stringContaining('cpu_usage, memory_usage') as string });
    }
  });

  it('names a timeRange that is none', async () => {
    await expect(setUp().ask('cpu_usage', { timeRange: 'soon' })).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining('"soon"') as string });
  });
});

describe('timeRange', () => {
  it('gives the samples that are taken always, whether somebody asks or not', async () => {
    let now = Date.UTC(2025, 9, 19);
    const due: (() => void)[] = [];
    const clock: Clock = {
      now: () => now,
      monotonic: () => now,
      after: (ms, run) => {
        if (ms === 15_000) due.push(run);
        else setTimeout(run, 0);
        return () => {};
      },
    };
    const { ask, activity } = setUp(clock);
    const settled = () => new Promise((done) => setTimeout(done, 30));
    await settled();
    for (let round = 0; round < 4; round += 1) {
      activity.seen(principal(`user-${round}`));
      now += 15_000;
      due.shift()?.();
      expect(due).toHaveLength(1);
      await settled();
    }
    const { items } = await ask('active_users', { timeRange: '1h' }) as { items: { time: string; value: number }[] };
    expect(items.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4]);
    expect(items[1]?.time).toBe('2025-10-19T00:00:15.000Z');
    const other = await ask('active_users', { timeRange: '1h' }, globex) as { items: { value: number }[] };
    expect(other.items.every(({ value }) => value === 0)).toBe(true);
    expect((await ask('memory_usage', { timeRange: '1h' }) as { items: unknown[] }).items).toHaveLength(5);
  });
});
