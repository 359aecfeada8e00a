import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CCMWidget } from '../../../../sdk/contract/widget.js';
import { weaknessOf } from '../../../config/weak-secret.js';
import { createVault } from '../../../drivers/fernet/vault.js';
import { createHttpClient } from '../../../drivers/http/client.js';
import { startServer, type TestServer } from '../../../drivers/http/test/server.js';
import { createMemoryBus } from '../../../drivers/memory/bus.js';
import { openStore, type Store } from '../../../drivers/store/open-store.js';
import { createFeeds } from '../../../feeds/feeds.js';
import { createAccess } from '../../../gate/access.js';
import type { Audit, AuditEvent, ChangeAudit } from '../../../kernel/audit.js';
import { CHANGES, type Change } from '../../../kernel/bus.js';
import { systemClock, type Clock } from '../../../kernel/clock.js';
import { createLog } from '../../../kernel/log.js';
import { createMetrics } from '../../../kernel/metrics.js';
import type { Principal } from '../../../kernel/principal.js';
import type { ModuleGrant, ModuleSettings } from '../../../kernel/settings.js';
import type { Sources } from '../../../kernel/source.js';
import type { TokenSigner } from '../../../kernel/signer.js';
import { createModuleSource } from '../../../sources/module.js';
import { createStaticSource } from '../../../sources/static.js';
import { createCatalogue } from '../../catalogue/service.js';
import { catalogueRoutes } from '../../catalogue/routes.js';
import { createWidgetStore } from '../../catalogue/store.js';
import { frontDoor } from '../../test/front-door.js';
import { createModuleEvents } from '../events.js';
import { createGrants } from '../grants.js';
import { createModules } from '../modules.js';
import { moduleRoutes } from '../routes.js';
import { createModuleService } from '../service.js';

/** 32 bytes, in the form of a Fernet key. */
export const FERNET_KEY = Buffer.alloc(32, 7).toString('base64url') + '=';
export const SECRETS = { sales: 'the-secret-of-sales', crm: 'the-secret-of-crm' } as const;

const TENANTS = new Map(['acme', 'globex'].map((id) => [id, { id, name: id, timeZone: 'Europe/Berlin', currency: 'EUR' }]));

/** The tokens that the edge signs, readable: what is signed is the signer's own test. */
export const readableSigner: TokenSigner = {
  sign: (claims) => Promise.resolve(JSON.stringify(claims)),
  jwks: () => Promise.resolve({ keys: [{ kty: 'EC', kid: 'k1' }] }),
};

/** What a module answers besides its health: by path, as JSON, or as the listener writes it. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface RigOptions {
  users?: Record<string, Principal>;
  /** Of the settings file. */
  widgets?: CCMWidget[];
  answer?: Answer;
  /** The body of `GET /.well-known/ccm.json`; 404 where there is none. */
  manifest?: unknown;
  /** Modules of the settings beside `sales`, all at the same server. */
  more?: Record<string, readonly string[]>;
  grants?: ModuleGrant[];
  /** Of `sales`. */
  tenants?: readonly string[];
  fernetKeys?: string[];
  allowPrivateHosts?: string[];
  store?: Store;
  clock?: Clock;
}

/** A module that a test talks for. */
export async function startModule(options: Pick<RigOptions, 'answer' | 'manifest'> = {}) {
  const said = { answer: options.answer ?? ((_request, response) => void response.end('{"total":1}')), manifest: options.manifest, healthy: true };
  const server: TestServer = await startServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/health') response.writeHead(said.healthy ? 200 : 503).end('{"status":"ok"}');
    else if (request.url !== '/.well-known/ccm.json') said.answer(request, response);
    else if (said.manifest === undefined) response.writeHead(404).end('{}');
    else response.end(typeof said.manifest === 'string' ? said.manifest : JSON.stringify(said.manifest));
  });
  return {
    server,
    said,
    /** What it was asked, apart from its health and its manifest. */
    asked: () => server.requests.map(({ url }) => url ?? '').filter((url) => url !== '/health' && url !== '/.well-known/ccm.json'),
    manifestsAsked: () => server.requests.filter(({ url }) => url === '/.well-known/ccm.json').length,
  };
}

/** The whole feature behind its routes, and the catalogue's, with one real module `sales` of the tenant `acme`. */
export async function openRig(options: RigOptions = {}) {
  const { widgets = [], tenants = ['acme'], clock = systemClock } = options;
  const module = await startModule(options);
  const settingsOf = (name: string, of: readonly string[]): [string, ModuleSettings] =>
    [name, { name, url: module.server.url, secret: `the-secret-of-${name}`, tenants: of }];
  const settings = new Map([settingsOf('sales', tenants), ...Object.entries(options.more ?? {}).map(([name, of]) => settingsOf(name, of))]);

  const log = createLog({ level: 'silent' });
  const bus = createMemoryBus(log);
  const changes: Change[] = [];
  bus.subscribe(CHANGES, (change) => void changes.push(change));
  const audited: AuditEvent[] = [];
  const audit: Audit & ChangeAudit = {
    note: (event) => void audited.push(event),
    within: (event) => void audited.push(event),
  };
  const store = options.store ?? await openStore('sqlite::memory:');
  const allowPrivateHosts = options.allowPrivateHosts ?? ['127.0.0.1'];
  const http = createHttpClient({ allowPrivateHosts });
  const parts = createModules({
    modules: settings, tenants: TENANTS.keys(), allowPrivateHosts, weaknessOf, store, vault: createVault(options.fernetKeys ?? [FERNET_KEY], clock),
    audit, bus, http, clock, log,
  });
  const { registry: modules, manifests, registrations } = parts;
  const calls = { json: http.json, recovered: () => undefined };
  const sources = { module: createModuleSource({ modules, calls, contracts: manifests, signer: readableSigner, clock }), static: createStaticSource() };
  const feeds = createFeeds({ sources: sources as unknown as Sources, tenants: TENANTS, clock, bus, log, metrics: createMetrics() });
  const access = createAccess();
  const catalogue = createCatalogue({
    rows: createWidgetStore(store), bus, clock, access, widgets, connectors: { find: () => undefined }, contributed: manifests, audit,
  });
  const door = frontDoor(
    options.users ?? {},
    moduleRoutes({
      modules: createModuleService({ modules, manifests, registrations, catalogue, feeds, access, clock, audit }),
      events: createModuleEvents({ modules, catalogue, contracts: manifests, feeds }),
      grants: createGrants({ grants: options.grants ?? [], settings, modules, feeds, audit, clock }),
      signer: readableSigner, clock,
      traceOf(c) {
        const requestId = c.req.header('x-request-id');
        return requestId === undefined ? {} : { requestId };
      },
    }),
    catalogueRoutes({ catalogue }),
  );
  await modules.ready;
  return {
    ...module, sales: settings.get('sales') as ModuleSettings, modules, manifests, registrations, feeds, catalogue, access, store, door, audited, changes, bus,
    /** What `GET /modules` says of a module to who manages them. */
    find: (name: string, tenant = 'acme') => modules.find(name, tenant),
    async close() {
      feeds.close();
      catalogue.close();
      parts.close();
      await http.close();
      await module.server.close();
      if (options.store === undefined) store.close();
    },
  };
}

export type Rig = Awaited<ReturnType<typeof openRig>>;
