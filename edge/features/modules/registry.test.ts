import { afterEach, describe, expect, it } from 'vitest';
import { createHttpClient } from '../../drivers/http/client.js';
import { startServer, type TestServer } from '../../drivers/http/test/server.js';
import { systemClock } from '../../kernel/clock.js';
import { createLog } from '../../kernel/log.js';
import type { ModuleRegistry, RegisteredModule } from '../../kernel/module-registry.js';
import { createModuleRegistry } from './registry.js';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Health = { status: number; type?: string; body?: string } | 'silence';

async function setUp(health: Health) {
  let now: Health = health;
  const server: TestServer = await startServer((_request, response) => {
    if (now === 'silence') return;
    response.writeHead(now.status, { 'content-type': now.type ?? 'application/json' }).end(now.body ?? '{"status":"ok"}');
  });
  const http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
  // The waits of the registry, a hundred times shorter.
  const clock = { ...systemClock, after: (ms: number, run: () => void) => systemClock.after(ms / 100, run) };
  const settings = { name: 'sales', url: server.url, secret: 's', tenants: ['acme'] };
  const registry: ModuleRegistry = createModuleRegistry({ modules: new Map([['sales', settings]]), http, clock, log: createLog({ level: 'silent' }) });
  const changes: RegisteredModule['info'][] = [];
  registry.onChange(({ info }) => void changes.push(info));
  closing.push(() => server.close(), () => http.close(), () => registry.close());
  return { registry, server, changes, settings, become: (next: Health) => void (now = next) };
}

const infoOf = (registry: ModuleRegistry) => registry.find('sales')?.info;

describe('the registry of modules', () => {
  it('does not trust a module before its first check, and is ready after it', async () => {
    const { registry, server } = await setUp({ status: 200 });
    expect(infoOf(registry)).toMatchObject({ status: 'stopped' });
    await registry.ready;
    expect(infoOf(registry)).toMatchObject({ name: 'sales', status: 'running', since: expect.stringMatching(/Z$/) as string });
    expect(infoOf(registry)?.latencyMs).toBeGreaterThan(0);
    expect(infoOf(registry)).not.toHaveProperty('error');
    expect(server.requests[0]?.url).toBe('/health');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it.each<[string, Health]>([
    ['a failing health', { status: 500 }],
    ['a redirect', { status: 302 }],
    ['HTML', { status: 200, type: 'text/html', body: '<h1>hello</h1>' }],
    ['broken JSON', { status: 200, body: '{' }],
  ])('sees %s as an error', async (_name, health) => {
    const { registry } = await setUp(health);
    await registry.ready;
    expect(infoOf(registry)).toMatchObject({ status: 'error', error: expect.stringContaining('The source answered') as string });
  });

  it('sees nothing at all as stopped, also before ready', async () => {
    const { registry, server } = await setUp('silence');
    await server.close();
    await registry.ready;
    expect(infoOf(registry)).toMatchObject({ status: 'stopped', error: 'The source could not be reached.' });
  });

  it('goes on checking, and tells each change of state once', async () => {
    const { registry, changes, become } = await setUp({ status: 200 });
    await registry.ready;
    const { since } = infoOf(registry) ?? {};
    become({ status: 503 });
    await expect.poll(() => infoOf(registry)?.status).toBe('error');
    expect(infoOf(registry)?.since).not.toBe(since);
    become({ status: 200 });
    await expect.poll(() => infoOf(registry)?.status).toBe('running');
    expect(changes.map(({ status }) => status)).toEqual(['running', 'error', 'running']);
  });

  it('checks at once what is suspected, once for all who suspect', async () => {
    const { registry, server, become } = await setUp({ status: 200 });
    await registry.ready;
    const before = server.requests.length;
    become({ status: 500 });
    for (let i = 0; i < 50; i += 1) registry.suspect('sales');
    registry.suspect('nobody');
    await expect.poll(() => infoOf(registry)?.status).toBe('error');
    // One for the fifty, and the ordinary ones of the time it took to look.
    expect(server.requests.length - before).toBeLessThan(10);
  });

  it('tells a tenant its own modules only', async () => {
    const { registry } = await setUp({ status: 200 });
    await registry.ready;
    expect(registry.of('acme').map(({ info }) => info.name)).toEqual(['sales']);
    expect(registry.of('globex')).toEqual([]);
    expect(registry.find('constructor')).toBeUndefined();
  });

  it('asks nobody after its end', async () => {
    const { registry, server } = await setUp({ status: 500 });
    await registry.ready;
    registry.close();
    const before = server.requests.length;
    registry.suspect('sales');
    await new Promise((done) => setTimeout(done, 100));
    expect(server.requests.length).toBe(before);
  });
});
