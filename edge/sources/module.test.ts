import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModuleDataSource } from '../../sdk/contract/data-source.js';
import { createHttpClient } from '../drivers/http/client.js';
import { startServer, type TestServer } from '../drivers/http/test/server.js';
import type { AuditEvent } from '../kernel/audit.js';
import { systemClock } from '../kernel/clock.js';
import type { HttpClient } from '../kernel/http-client.js';
import type { TokenClaims } from '../kernel/signer.js';
import type { Source, SourceCall } from '../kernel/source.js';
import { callsOver } from './calls/test/rig.js';
import { createModuleSource } from './module.js';
import { acme, registryOf, type RegistryOfOne } from './test/module-double.js';

let server: TestServer;
let http: HttpClient;
let modules: RegistryOfOne;
let source: Source<ModuleDataSource>;
const promised: unknown[] = [];
const notes: AuditEvent[] = [];
const signed: { claims: TokenClaims; seconds: number }[] = [];

beforeEach(async () => {
  signed.length = 0;
  promised.length = 0;
  notes.length = 0;
  server = await startServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"data":{"total_sales":15234.5},"timestamp":"2025-10-19T14:30:00Z"}');
  });
  http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
  modules = registryOf(server.url);
  source = createModuleSource({
    modules,
    calls: callsOver(http),
    contracts: { check: (module, endpoint, data) => void promised.push({ module: module.settings.name, endpoint, data }) },
    clock: systemClock,
    audit: { note: (event) => void notes.push(event) },
    signer: {
      sign: (claims, seconds) => {
        signed.push({ claims, seconds });
        return Promise.resolve('signed.by.edge');
      },
      jwks: () => Promise.resolve({ keys: [] }),
    },
  });
});

afterEach(async () => {
  await http.close();
  await server.close();
});

function ask(dataSource: Partial<ModuleDataSource> = {}, more: Partial<SourceCall<ModuleDataSource>> = {}) {
  return source.fetch({
    tenant: acme,
    dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/metrics/daily-summary', ...dataSource },
    signal: AbortSignal.timeout(5_000),
    ...more,
  });
}

it('a call for one user is noted, and none that is for everybody', async () => {
  await ask();
  expect(notes).toEqual([]);
  const viewer = { subject: 'ann', roles: ['user'] };
  await ask({ params: { days: 7 } }, { viewer });
  const note = { tenant: 'acme', user: 'ann', action: 'module.call', target: 'module:sales /api/metrics/daily-summary' };
  expect(notes).toEqual([{ ...note, outcome: 'ok', milliseconds: expect.any(Number) as number, bytes: expect.any(Number) as number }]);
  await server.close();
  await expect(ask({}, { viewer })).rejects.toThrow();
  expect(notes[1]).toMatchObject({ ...note, outcome: 'failed', code: 'upstream_unreachable' });
});

describe('a module', () => {
  it('is called with the edge\'s token, and its answer is unwrapped', async () => {
    expect(await ask({ params: { days: 7, ids: ['a', 'b'] } })).toEqual({ data: { total_sales: 15234.5 }, timestamp: '2025-10-19T14:30:00.000Z' });
    const [request] = server.requests;
    expect(request?.url).toBe('/api/metrics/daily-summary?days=7&ids=a&ids=b');
    expect(request?.headers.authorization).toBe('Bearer signed.by.edge');
    expect(promised).toEqual([{ module: 'sales', endpoint: '/api/metrics/daily-summary', data: { total_sales: 15234.5 } }]);
    expect(request?.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is told the tenant alone, and who asks only where the rows are one user\'s', async () => {
    await ask();
    await ask({}, { viewer: { subject: 'eva', roles: ['user'] } });
    expect(signed).toEqual([
      { claims: { tenant: 'acme', aud: 'sales' }, seconds: 60 },
      { claims: { tenant: 'acme', aud: 'sales', sub: 'eva', roles: ['user'] }, seconds: 60 },
    ]);
  });

  it.each(['stopped', 'error'] as const)('that is %s is not called', async (state) => {
    modules.state(state);
    await expect(ask()).rejects.toMatchObject({ code: 'module_not_running', status: 503, retryAfter: 10 });
    expect(server.requests).toHaveLength(0);
  });

  it('of another tenant, or of nobody, is not called', async () => {
    await expect(ask({}, { tenant: { ...acme, id: 'globex' } })).rejects.toMatchObject({ code: 'module_not_running' });
    for (const moduleName of ['nobody', 'sales:8080@127.0.0.1:9#', '__proto__', '@evil/']) {
      await expect(ask({ moduleName })).rejects.toMatchObject({ code: 'module_not_running' });
    }
    expect(server.requests).toHaveLength(0);
    expect(signed).toHaveLength(0);
  });

  it.each(['@evil/', '//evil/x', '/../admin', '..%2f', '/..%2fadmin', ':9@evil/'])('is not called at %s', async (endpoint) => {
    await expect(ask({ endpoint })).rejects.toMatchObject({ code: 'bad_request', status: 400 });
    expect(server.requests).toHaveLength(0);
  });

  it('that cannot be reached is checked at once', async () => {
    await server.close();
    await expect(ask()).rejects.toMatchObject({ code: 'upstream_unreachable' });
    expect(modules.suspected).toEqual(['sales']);
  });
});
