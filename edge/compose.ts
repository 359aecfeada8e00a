import { dirname, resolve } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { createApp } from './app.js';
import { packageInfo } from './config/package.js';
import { createHttpClient, loadUndici } from './drivers/http/client.js';
import { createMemoryBus } from './drivers/memory/bus.js';
import { openStore, type Store } from './drivers/store/open-store.js';
import { createKeyStore } from './drivers/store/signing-keys.js';
import { storeProblem } from './drivers/store/store-problem.js';
import { answerRoutes } from './features/answers/routes.js';
import { createCatalogue } from './features/catalogue/service.js';
import { createWidgetStore } from './features/catalogue/store.js';
import { catalogueRoutes } from './features/catalogue/routes.js';
import { createExternalService } from './features/external/service.js';
import { externalRoutes } from './features/external/routes.js';
import { createLayouts } from './features/layouts/service.js';
import { createLayoutStore } from './features/layouts/store.js';
import { layoutRoutes } from './features/layouts/routes.js';
import { createModuleEvents } from './features/modules/events.js';
import { mendWidgets } from './features/modules/mend.js';
import { createModuleRegistry } from './features/modules/registry.js';
import { moduleRoutes } from './features/modules/routes.js';
import { createModuleService } from './features/modules/service.js';
import { createPresets } from './features/presets/service.js';
import { presetRoutes } from './features/presets/routes.js';
import { createPush } from './features/push/push.js';
import { systemRoutes } from './features/system/routes.js';
import { createFeeds } from './feeds/feeds.js';
import { createAccess } from './gate/access.js';
import type { GateEnv } from './gate/env.js';
import { createOriginCheck } from './gate/origin.js';
import { createSigner } from './gate/signer.js';
import { createTokenVerifier } from './gate/token.js';
import { createActivity } from './kernel/activity.js';
import { systemClock, type Clock } from './kernel/clock.js';
import type { Feeds } from './kernel/feed.js';
import type { HttpClient } from './kernel/http-client.js';
import { createLog, type Log } from './kernel/log.js';
import { createMetrics } from './kernel/metrics.js';
import type { Settings } from './kernel/settings.js';
import { listen, type ListenOptions, type Listening } from './serve.js';
import { createApiUsage } from './sources/api-usage.js';
import { createSources } from './sources/create.js';
import { createQueryStats } from './sources/system/query-stats.js';

export interface ComposeOptions {
  log?: Log;
  clock?: Clock;
  /** What the build wrote for script tags; default: the package's own. */
  browserFolder?: string;
}

/** A whole edge, built and running but for the port. */
export interface Edge {
  /** All routes; `edge.app.request('/healthz')` answers without a port, and `edge.app.fetch` mounts it elsewhere. */
  readonly app: OpenAPIHono<GateEnv>;
  readonly feeds: Feeds;
  readonly store: Store;
  readonly log: Log;
  /** Opens a port; rejects with words where it cannot. */
  listen(options: ListenOptions): Promise<Listening>;
  /** Drains what listens, then lets go of everything. */
  close(): Promise<void>;
}

/** The only place that builds drivers and hands them out. */
export async function compose(settings: Settings, options: ComposeOptions = {}): Promise<Edge> {
  const { environment } = settings;
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLog({ level: environment.logLevel });
  const { version, browserFolder } = packageInfo();

  const bus = createMemoryBus(log);
  const metrics = createMetrics();
  const activity = createActivity(clock);
  const queries = createQueryStats(clock);
  const usage = createApiUsage(clock);
  const access = createAccess();

  await loadUndici();
  const store = await openStore(environment.databaseUrl, { onQuery: (sql, milliseconds) => queries.query(sql, milliseconds) });
  const http = createHttpClient({ allowPrivateHosts: environment.allowPrivateHosts, log });
  const keyClient = keySetClient(settings, log);
  const verifier = createTokenVerifier(environment.jwt, settings.roles, clock, keyClient);
  const signer = await createSigner(createKeyStore(store, clock), clock);

  const modules = createModuleRegistry({ modules: settings.modules, http, clock, log });
  const sources = createSources({
    settings, modules, http, signer, clock, usage, activity, queries, store, log, dataFolder: dataFolder(environment.databaseUrl),
  });
  const feeds = createFeeds({ sources, tenants: settings.tenants, clock, bus, log, metrics });
  const unmend = mendWidgets(modules, feeds);

  const catalogue = createCatalogue({
    rows: createWidgetStore(store), bus, clock, access, widgets: settings.widgets, connectors: settings.connectors,
  });
  const layouts = createLayouts({ rows: createLayoutStore(store), bus, clock, presets: settings.presets });
  const presets = createPresets({ presets: settings.presets, layouts });

  const isAllowedOrigin = createOriginCheck(environment.allowedOrigins);
  const push = await createPush({
    feeds, catalogue, access, bus, clock, log, metrics, verifier, isAllowedOrigin, tenants: settings.tenants, queryToken: environment.queryToken,
  });

  let missing = ['the first check of the modules'];
  void modules.ready.then(() => {
    missing = [];
  });

  const app = createApp({
    settings, verifier, activity, clock, log, metrics, version,
    isAllowedOrigin,
    explain: storeProblem,
    browserFolder: options.browserFolder ?? browserFolder,
    readiness: { missing: () => [...missing, ...storeFaults(store)] },
    features: [
      answerRoutes({ feeds, catalogue, access, tenants: settings.tenants, clock }),
      push.routes,
      catalogueRoutes({ catalogue }),
      layoutRoutes({ layouts }),
      presetRoutes({ presets }),
      moduleRoutes({
        modules: createModuleService({ modules, catalogue, feeds, access }), events: createModuleEvents({ modules, catalogue, feeds }), signer, clock,
      }),
      externalRoutes({ external: createExternalService({ connectors: settings.connectors, catalogue, feeds, access, usage }), clock }),
      systemRoutes({ feeds, access, clock, metrics: sources.system.metrics }),
    ],
  });

  const listening: Listening[] = [];
  const end = async (): Promise<void> => {
    missing = ['the edge is stopping'];
    await Promise.all(listening.map((one) => one.close()));
    unmend();
    push.close();
    feeds.close();
    sources.close();
    modules.close();
    catalogue.close();
    layouts.close();
    await Promise.all([http.close(), keyClient?.close()]);
    store.close();
  };
  let ended: Promise<void> | undefined;

  return {
    app,
    feeds,
    store,
    log,
    async listen(where) {
      const one = await listen(app, push, log, where);
      listening.push(one);
      return one;
    },
    close: () => (ended ??= end()),
  };
}

/** A client for the key set alone: its host may be private without the modules and connectors getting it too. */
function keySetClient({ environment: { jwt, allowPrivateHosts } }: Settings, log: Log): HttpClient | undefined {
  if (jwt.key.kind !== 'jwks') return undefined;
  return createHttpClient({ allowPrivateHosts: [...allowPrivateHosts, jwt.key.url.hostname], log });
}

function storeFaults(store: Store): string[] {
  try {
    store.check();
    return [];
  } catch {
    return ['the store does not answer'];
  }
}

/** Where the database lies; the working folder for one in memory. */
function dataFolder(databaseUrl: string): string {
  const file = databaseUrl.slice(databaseUrl.indexOf(':') + 1);
  return file === '' || file.startsWith(':') ? process.cwd() : dirname(resolve(file));
}
