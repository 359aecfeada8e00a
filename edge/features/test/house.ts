import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { createHttpClient } from '../../drivers/http/client.js';
import { startServer, type TestServer } from '../../drivers/http/test/server.js';
import { createMemoryBus } from '../../drivers/memory/bus.js';
import { createFeeds } from '../../feeds/feeds.js';
import { createAccess } from '../../gate/access.js';
import { createActivity } from '../../kernel/activity.js';
import type { Catalogue, CatalogueEntry } from '../../kernel/catalogue.js';
import { systemClock } from '../../kernel/clock.js';
import { createLog } from '../../kernel/log.js';
import { createMetrics } from '../../kernel/metrics.js';
import { fixedConnectors } from '../../kernel/connectors.js';
import type { ConnectorSettings, ModuleSettings } from '../../kernel/settings.js';
import type { TokenSigner } from '../../kernel/signer.js';
import { callsRig } from '../../sources/calls/test/rig.js';
import { createSources } from '../../sources/create.js';
import { createQueryStats } from '../../sources/system/query-stats.js';
import { createModuleRegistry } from '../modules/registry.js';

const tenants = new Map(['acme', 'globex'].map((id) => [id, { id, name: id, timeZone: 'Europe/Berlin', currency: 'EUR' }]));

/** The tokens that the edge signs, readable: what is signed is the signer's own test. */
const signer: TokenSigner = {
  sign: (claims) => Promise.resolve(JSON.stringify(claims)),
  jwks: () => Promise.resolve({ keys: [{ kty: 'EC', kid: 'k1' }] }),
};

export interface HouseOptions {
  widgets?: CCMWidget[];
  /** Answers every path but /health, which is fine. */
  answer?: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Everything behind the module, connector and system routes, with one real module `sales` of the tenant `acme`. */
export async function openHouse({ widgets = [], answer = (_request, response) => response.end('{"total":1}') }: HouseOptions = {}) {
  const server: TestServer = await startServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/health') response.end('{"status":"ok"}');
    else answer(request, response);
  });
  const sales: ModuleSettings = { name: 'sales', url: server.url, secret: 'the-secret-of-sales', tenants: ['acme'] };
  const stripe: ConnectorSettings = {
    name: 'stripe', label: 'Stripe (stand-in)', baseUrl: server.url.origin, auth: { kind: 'bearer', secret: 'sk_test_hidden' },
    paths: ['/v1/*'], encoding: 'brackets', dates: 'unix', cacheSeconds: 0,
  };
  const clock = systemClock;
  const log = createLog({ level: 'silent' });
  const http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
  const modules = createModuleRegistry({ modules: new Map([['sales', sales]]), http, clock, log });
  const activity = createActivity(clock);
  const { calls, usage } = callsRig({ http, clock });
  const connectors = fixedConnectors(new Map([['stripe', stripe]]));
  const sources = createSources({
    settings: { tenants }, connectors, channels: { has: () => false, last: () => undefined }, contracts: { check: () => undefined }, modules, calls, signer, clock, usage, activity, log,
    queries: createQueryStats(clock), store: { sizeBytes: () => 1_000_000 },
  });
  const feeds = createFeeds({ sources, tenants, clock, bus: createMemoryBus(log), log, metrics: createMetrics() });
  const entries = new Map(widgets.map((widget): [string, CatalogueEntry] => [widget.id, { widget, version: '1', origin: 'settings' }]));
  const catalogue: Catalogue = { of: (tenant) => Promise.resolve(tenant === 'acme' ? entries : new Map()) };
  await modules.ready;
  return {
    server, sales, stripe, clock, modules, connectors, usage, sources, feeds, catalogue, signer,
    access: createAccess(),
    /** What the module was asked, apart from its health. */
    asked: () => server.requests.filter(({ url }) => url !== '/health').map(({ url }) => url),
    async close() {
      feeds.close();
      sources.close();
      modules.close();
      await http.close();
      await server.close();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

export function widget(id: string, dataSource: CCMWidget['dataSource'], more: Partial<CCMWidget> = {}): CCMWidget {
  return { id, title: id, dataSource, type: 'stat', size: 'small', statConfig: { primaryValue: 'total' }, permissions: [], roles: [], ...more };
}
