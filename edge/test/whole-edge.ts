import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, type JWTPayload } from 'jose';
import { compose, type Edge } from '../compose.js';
import { loadSettings, type SettingsFile } from '../config.js';
import { createLog, type Log } from '../kernel/log.js';

export const SECRET = 'f7Kq2-wZs9_Lr4Tn8Xb1Vd6Hc3Jm5Pg0Qy';
export const MODULE_SECRET = 'Zr8!vN3q_Lw5Xc7Tb1Hj9Kd2Mf4Pg6Rs';
export const FERNET_KEY = randomBytes(32).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

/** Claims of a user of the tenant `acme` who may do everything; tests lay their own over. */
const CLAIMS: JWTPayload = { sub: 'ada', tenant: 'acme', roles: ['admin'], permissions: ['*'] };

export async function tokenOf(claims: JWTPayload = {}, secret = SECRET): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + 600;
  return new SignJWT({ ...CLAIMS, exp, ...claims }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(new TextEncoder().encode(secret));
}

export interface Upstream {
  url: string;
  close(): Promise<void>;
}

/** A real HTTP service on a free port. */
export async function upstream(answer: RequestListener): Promise<Upstream> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** A whole edge with its database in memory; one widget, one module, one connector, one preset. */
export async function wholeEdge(
  { module, settings = {}, env = {}, log = createLog({ level: 'silent' }) }: { module: string; settings?: Partial<SettingsFile>; env?: Record<string, string>; log?: Log },
): Promise<Edge> {
  const file: SettingsFile = {
    tenants: { acme: { name: 'Acme', timeZone: 'Europe/Berlin', currency: 'EUR' }, umbrella: {} },
    modules: { sales: { url: module, secret: { env: 'SALES_SECRET' }, tenants: ['acme'] } },
    connectors: { shop: { baseUrl: module } },
    widgets: [{
      id: 'sales', title: 'Sales', type: 'stat', size: 'small', dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/sales' },
      statConfig: { primaryValue: 'total' }, permissions: ['sales.view'], roles: ['user'],
    }],
    presets: { admin: { name: 'Admin', layout: [{ widgetId: 'sales', position: { x: 0, y: 0, w: 1, h: 1 } }] } },
    ...settings,
  };
  const loaded = await loadSettings({
    settings: file,
    env: { CCM_JWT_SECRET: SECRET, CCM_DATABASE_URL: 'sqlite::memory:', CCM_ALLOW_PRIVATE_HOSTS: '127.0.0.1', SALES_SECRET: MODULE_SECRET, CCM_FERNET_KEYS: FERNET_KEY, ...env },
  });
  return compose(loaded, { log });
}
