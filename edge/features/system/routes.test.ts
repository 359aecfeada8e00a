import { afterEach, describe, expect, it } from 'vitest';
import { openHouse, type House } from '../test/house.js';
import { frontDoor, principal, problemOf } from '../test/front-door.js';
import { systemRoutes } from './routes.js';

const USERS = {
  admin: principal('acme', 'admin', ['admin'], ['system.*']),
  globex: principal('globex', 'admin', ['admin'], ['*']),
  user: principal('acme', 'user', ['user'], ['sales.*']),
};

let house: House | undefined;
afterEach(async () => {
  await house?.close();
  house = undefined;
});

async function open() {
  house = await openHouse();
  const { feeds, access, clock, sources } = house;
  const door = frontDoor(USERS, systemRoutes({ feeds, access, clock, metrics: sources.system.metrics }));
  return (user: keyof typeof USERS, query: string) => door.as(user)('GET', `/system/metrics${query}`);
}

describe('GET /system/metrics', () => {
  it('answers every metric of the contract', async () => {
    const get = await open();
    const metrics = [
      'health_overview', 'cpu_usage', 'memory_usage', 'disk_usage', 'db_connections', 'db_performance', 'module_status', 'api_performance',
      'api_response_time', 'active_users', 'user_activity', 'error_logs', 'api_usage',
    ];
    for (const metric of metrics) {
      const answer = await get('admin', `?metric=${metric}`);
      expect(answer.status, metric).toBe(200);
      expect(answer.body, metric).toEqual({ data: expect.any(Object) as object, timestamp: expect.any(String) as string, cursor: expect.any(String) as string });
    }
  });

  it('answers the series with a timeRange', async () => {
    const get = await open();
    await expect.poll(async () => {
      const { body } = await get('admin', '?metric=memory_usage&timeRange=24h');
      return (body as { data: { items: { value: number }[] } }).data.items[0]?.value ?? 0;
    }, { timeout: 10_000, interval: 1_000 }).toBeGreaterThan(0);
  }, 20_000);

  it('measures once for all who ask within five seconds, and each tenant its own', async () => {
    const get = await open();
    const [one, two] = [await get('admin', '?metric=module_status'), await get('admin', '?metric=module_status')];
    expect(one.text).toBe(two.text);
    expect((await get('globex', '?metric=module_status')).body).toMatchObject({ data: { items: [] } });
    expect(one.body).toMatchObject({ data: { items: [{ name: 'sales', status: 'running' }] } });
  });

  it('needs system.view', async () => {
    const get = await open();
    expect(problemOf(await get('user', '?metric=cpu_usage'))).toMatchObject({ code: 'forbidden', status: 403 });
  });

  it('names what is wrong', async () => {
    const get = await open();
    expect(problemOf(await get('admin', '?metric=nonsense'))).toMatchObject({ code: 'bad_request', detail: expect.stringMatching(/"nonsense" is none of health_overview, /) as string });
    expect(problemOf(await get('admin', ''))).toMatchObject({ code: 'bad_request', errors: [{ path: 'metric' }] });
    expect(problemOf(await get('admin', '?metric=cpu_usage&timeRange=soon'))).toMatchObject({ code: 'bad_request', detail: expect.stringContaining('"soon"') as string });
    expect(problemOf(await get('admin', '?metric=cpu_usage&typo=1')).code).toBe('bad_request');
  });
});
