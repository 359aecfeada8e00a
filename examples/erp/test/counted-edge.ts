/** An edge with one module that writes down each call, to see how often it is asked. */
import { randomBytes } from 'node:crypto';
import { compose, loadSettings } from '@a64core/ccm/edge';
import type { CCMWidget } from '@a64core/ccm/sdk';
import { Hono } from 'hono';
import { decodeJwt, SignJWT } from 'jose';
import { listenOnFreePort } from '../platform/listen.js';

export interface CountedEdge {
  url: string;
  widgets: readonly CCMWidget[];
  /** When data calls reached the module, epoch milliseconds, by `tenant widget`. */
  calls: ReadonlyMap<string, readonly number[]>;
  tokenOf(tenant: string, subject: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts an edge of these tenants with so many widgets; each answer of the module is another one. */
export async function countedEdge({ tenants, widgets: count, seconds }: { tenants: readonly string[]; widgets: number; seconds: number }): Promise<CountedEdge> {
  const calls = new Map<string, number[]>();
  const app = new Hono();
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/api/:widget', (c) => {
    const tenant = String(decodeJwt(c.req.header('authorization')?.replace('Bearer ', '') ?? '')['tenant']);
    const key = `${tenant} ${c.req.param('widget')}`;
    const times = [...(calls.get(key) ?? []), Date.now()];
    calls.set(key, times);
    return c.json({ tenant, number: times.length });
  });
  const module = await listenOnFreePort(app, '127.0.0.1');

  const widgets = Array.from({ length: count }, (_, index): CCMWidget => ({
    id: `number-${index}`, title: `Number ${index}`, type: 'stat', size: 'small', refreshInterval: seconds,
    dataSource: { type: 'module', moduleName: 'counted', endpoint: `/api/number-${index}` },
    statConfig: { primaryValue: 'number' }, permissions: [], roles: [],
  }));
  const secret = randomBytes(36).toString('base64url');
  const edge = await compose(await loadSettings({
    env: {
      CCM_JWT_SECRET: secret, CCM_DATABASE_URL: 'sqlite::memory:', CCM_ALLOW_PRIVATE_HOSTS: '127.0.0.1', CCM_LOG_LEVEL: 'error',
      COUNTED_SECRET: randomBytes(36).toString('base64url'),
    },
    settings: {
      tenants: Object.fromEntries(tenants.map((id) => [id, {}])),
      modules: { counted: { url: module.url.origin, secret: { env: 'COUNTED_SECRET' }, tenants: [...tenants] } },
      widgets,
    },
  }));
  const { url } = await edge.listen({ port: 0, host: '127.0.0.1' });

  return {
    url, widgets, calls,
    tokenOf: (tenant, subject) => new SignJWT({ tenant, roles: ['user'], permissions: [] })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setSubject(subject).setExpirationTime('10 min').sign(new TextEncoder().encode(secret)),
    async close() {
      await edge.close();
      await module.close();
    },
  };
}
