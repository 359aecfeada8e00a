import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../start.js';

const hasMosquitto = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/opt/homebrew/sbin'].some((folder) => existsSync(`${folder}/mosquitto`));
const WAIT = { timeout: 10_000, interval: 50 };

let demo: Demo | undefined;
afterEach(async () => {
  await demo?.close();
  demo = undefined;
});

async function start(devices?: 'mqtt' | 'http'): Promise<Demo> {
  demo = await startDemo({ port: 0, dataDir: ':memory:', orderSeconds: 0, logLevel: 'silent', ...(devices && { devices }) });
  return demo;
}

async function dataOf({ login, url }: Demo, widget: string, tenant: string): Promise<Record<string, unknown>> {
  const { token } = await login({ user: 'inventory_manager', tenant });
  const answer = await fetch(`${url}/api/v1/widgets/${widget}/data`, { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { data: Record<string, unknown> }).data;
}

describe.each(['mqtt', 'http'] as const)('the gateway, by %s,', (carrier) => {
  it.skipIf(carrier === 'mqtt' && !hasMosquitto)('brings temperature, humidity and equipment of both companies, and says that it is simulated', { timeout: 40_000 }, async () => {
    const running = await start(carrier);
    expect(running.devices).toBe(carrier);
    for (const tenant of ['atlas', 'borealis']) {
      for (const [widget, field] of [['temperature', 'celsius'], ['humidity', 'humidity'], ['equipment-status', 'running']] as const) {
        await expect.poll(() => dataOf(running, widget, tenant), WAIT).toMatchObject({ [field]: expect.any(Number) as number, simulated: true });
      }
      expect((await dataOf(running, 'equipment-status', tenant))['items']).toHaveLength(6);
    }
  });
});

it.skipIf(!hasMosquitto)('takes the broker where there is one', { timeout: 40_000 }, async () => {
  const running = await start();
  expect(running.devices).toBe('mqtt');
  expect(running.about.join('\n')).toContain('mosquitto at mqtt://127.0.0.1:');
});
