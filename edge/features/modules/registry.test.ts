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

async function setUp(health: Health, log = createLog({ level: 'silent' })) {
  let now: Health = health;
  let failing = 0;
  const server: TestServer = await startServer((_request, response) => {
    if (now === 'silence') return;
    if (failing > 0) {
      failing -= 1;
      response.writeHead(500).end();
      return;
    }
    response.writeHead(now.status, { 'content-type': now.type ?? 'application/json' }).end(now.body ?? '{"status":"ok"}');
  });
  const http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
  // The waits of the registry, a hundred times shorter.
  const clock = { ...systemClock, after: (ms: number, run: () => void) => systemClock.after(ms / 100, run) };
  const settings = { name: 'sales', url: server.url, secret: 's', tenants: ['acme'] };
  const registry = createModuleRegistry({ modules: new Map([['sales', settings]]), http, clock, log });
  const changes: RegisteredModule['info'][] = [];
  registry.onChange(({ info }) => void changes.push(info));
  closing.push(() => server.close(), () => http.close(), () => registry.close());
  return { registry, server, changes, settings, become: (next: Health) => void (now = next), failOnce: () => void (failing = 1) };
}

const salesOf = (registry: ModuleRegistry) => registry.find('sales', 'acme')!;
const infoOf = (registry: ModuleRegistry) => salesOf(registry).info;

describe('the registry of modules', () => {
  it('does not trust a module before its first check, and is ready after it', async () => {
    const { registry, server } = await setUp({ status: 200 });
    expect(infoOf(registry)).toMatchObject({ status: 'stopped' });
    await registry.ready;
    expect(infoOf(registry)).toMatchObject({ name: 'sales', status: 'running', since: expect.stringMatching(/Z$/) as string });
    expect(infoOf(registry).latencyMs).toBeGreaterThan(0);
    expect(infoOf(registry)).not.toHaveProperty('error');
    expect(server.requests[0]?.url).toBe('/health');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('has who comes before its first check wait for that alone', async () => {
    const { registry } = await setUp({ status: 200 });
    expect((await registry.met(salesOf(registry)))?.info.status).toBe('running');
    registry.suspect(salesOf(registry));
    expect((await registry.met(salesOf(registry)))?.info.status).toBe('running');
    expect(await registry.met({ ...salesOf(registry), id: 'nobody' })).toBeUndefined();
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
    const { since } = infoOf(registry);
    become({ status: 503 });
    await expect.poll(() => infoOf(registry).status).toBe('error');
    expect(infoOf(registry).since).not.toBe(since);
    become({ status: 200 });
    await expect.poll(() => infoOf(registry).status).toBe('running');
    expect(changes.map(({ status }) => status)).toEqual(['running', 'error', 'running']);
  });

  it('checks at once what is suspected, once for all who suspect', async () => {
    const { registry, server, become } = await setUp({ status: 200 });
    await registry.ready;
    const before = server.requests.length;
    become({ status: 500 });
    for (let i = 0; i < 50; i += 1) registry.suspect(salesOf(registry));
    registry.suspect({ ...salesOf(registry), id: 'nobody' });
    await expect.poll(() => infoOf(registry).status).toBe('error');
    // One for the fifty, and the ordinary ones of the time it took to look.
    expect(server.requests.length - before).toBeLessThan(10);
  });

  it('tells a tenant its own modules only', async () => {
    const { registry } = await setUp({ status: 200 });
    await registry.ready;
    expect(registry.of('acme').map(({ info }) => info.name)).toEqual(['sales']);
    expect(registry.of('globex')).toEqual([]);
    expect(registry.find('sales', 'globex')).toBeUndefined();
    expect(registry.named('sales')).toEqual([registry.find('sales', 'acme')]);
    for (const name of ['constructor', '__proto__', 'toString']) expect([registry.find(name, 'acme'), registry.named(name)], name).toEqual([undefined, []]);
  });

  it('overlooks one failed check, and looks again soon', async () => {
    const { registry, changes, server, failOnce } = await setUp({ status: 200 });
    await registry.ready;
    failOnce();
    const before = server.requests.length;
    await expect.poll(() => server.requests.length).toBeGreaterThan(before + 1);
    expect([infoOf(registry).status, changes.length]).toEqual(['running', 1]);
  });

  it('says once that a module is down at the start, and each change after it', async () => {
    const lines: { msg: string; module: string; status: string; level: number }[] = [];
    const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(JSON.parse(line) as never) } });
    const { registry, become } = await setUp({ status: 500 }, log);
    await registry.ready;
    await new Promise((done) => setTimeout(done, 150));
    expect(lines).toMatchObject([{ level: 40, msg: 'a module does not run', module: 'sales', status: 'error' }]);
    become({ status: 200 });
    await expect.poll(() => infoOf(registry).status).toBe('running');
    await new Promise((done) => setTimeout(done, 150));
    expect(lines.slice(1)).toMatchObject([{ level: 30, msg: 'a module runs', status: 'running', was: 'error' }]);
  });

  it('takes in and lets go of a tenant\'s own module', async () => {
    const { registry, server, changes } = await setUp({ status: 200 });
    await registry.ready;
    const { id } = registry.register('globex', { name: 'shop', url: server.url, secret: 'x' });
    await expect.poll(() => registry.find('shop', 'globex')?.info.status).toBe('running');
    expect(registry.find('shop', 'acme')).toBeUndefined();
    expect(registry.register('globex', { name: 'shop', url: server.url, secret: 'y' })).toMatchObject({ id, settings: { secret: 'y' }, info: { status: 'running' } });
    const moved = registry.register('globex', { name: 'shop', url: new URL('http://127.0.0.1:9'), secret: 'y' });
    expect(moved.id).not.toBe(id);
    registry.unregister('globex', 'shop');
    registry.unregister('globex', 'shop');
    expect([registry.of('globex'), registry.named('shop')]).toEqual([[], []]);
    expect(changes.map(({ name, status }) => `${name} ${status}`)).toEqual(['sales running', 'shop running', 'shop stopped', 'shop stopped']);
  });

  it('asks nobody after its end', async () => {
    const { registry, server } = await setUp({ status: 500 });
    await registry.ready;
    registry.close();
    const before = server.requests.length;
    registry.suspect(salesOf(registry));
    await new Promise((done) => setTimeout(done, 100));
    expect(server.requests.length).toBe(before);
  });
});
