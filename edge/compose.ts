import { dirname, resolve } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { createApp } from './app.js';
import { tellMet } from './compose/alerts-met.js';
import { createClosing, type Closing } from './compose/closing.js';
import { requireKeyFor } from './compose/require-key.js';
import { refreshQuota } from './compose/refresh-quota.js';
import { registeredPorts } from './compose/registered-ports.js';
import { openSharedDrivers } from './compose/shared-drivers.js';
import { packageInfo } from './config/package.js';
import { weaknessOf } from './config/weak-secret.js';
import { createVault } from './drivers/fernet/vault.js';
import { createHttpClient, loadUndici } from './drivers/http/client.js';
import { connectMqtt } from './drivers/mqtt/connection.js';
import { createNotifiers } from './drivers/notify/notifiers.js';
import { openStore, StoreMovedError, type Store } from './drivers/store/open-store.js';
import { createKeyStore } from './drivers/store/signing-keys.js';
import { storeProblem } from './drivers/store/store-problem.js';
import { createAlerts } from './features/alerts/alerts.js';
import { answerRoutes } from './features/answers/routes.js';
import { createAudit } from './features/audit/audit.js';
import { AUDIT_KEY } from './features/audit/checkpoints.js';
import { auditRoutes } from './features/audit/routes.js';
import { createAuditService } from './features/audit/service.js';
import { createCatalogue } from './features/catalogue/service.js';
import { createWidgetStore } from './features/catalogue/store.js';
import { catalogueRoutes } from './features/catalogue/routes.js';
import { createExternalService } from './features/external/service.js';
import { createConnectorStore } from './features/external/store.js';
import { createConnectorTests } from './features/external/tests.js';
import { watchConnections } from './features/external/connection-watch.js';
import { createOwnConnectors } from './features/external/own.js';
import { createConnectorRegistry } from './features/external/registry.js';
import { externalRoutes } from './features/external/routes.js';
import { createSamples } from './features/history/samples.js';
import { createSampling } from './features/history/sampling.js';
import { createSampleStore } from './features/history/store.js';
import { createChannels } from './features/ingest/channels.js';
import { spreadNews } from './features/ingest/news.js';
import { ingestRoutes } from './features/ingest/routes.js';
import { createIngest } from './features/ingest/service.js';
import { createChannelStore } from './features/ingest/store.js';
import { createTopicIntake } from './features/ingest/topics.js';
import { credentialRoutes } from './features/credentials/routes.js';
import { createCredentials } from './features/credentials/service.js';
import { createCredentialStore } from './features/credentials/store.js';
import { createLayouts } from './features/layouts/service.js';
import { createLayoutStore } from './features/layouts/store.js';
import { layoutRoutes } from './features/layouts/routes.js';
import { createModuleEvents } from './features/modules/events.js';
import { mendWidgets } from './features/modules/mend.js';
import { createGrants } from './features/modules/grants.js';
import { createModules } from './features/modules/modules.js';
import { moduleRoutes } from './features/modules/routes.js';
import { createModuleService } from './features/modules/service.js';
import { tellReadiness } from './features/operations/tell-readiness.js';
import { createPresets } from './features/presets/service.js';
import { presetRoutes } from './features/presets/routes.js';
import { createPush } from './features/push/push.js';
import { revocationRoutes } from './features/revocations/routes.js';
import { createRevocations } from './features/revocations/service.js';
import { createRevocationStore } from './features/revocations/store.js';
import { systemRoutes } from './features/system/routes.js';
import { createBudget } from './feeds/budget.js';
import { createFeeds } from './feeds/feeds.js';
import { createSpecs } from './feeds/specs.js';
import { createSharedAnswers } from './feeds/shared.js';
import { createAccess } from './gate/access.js';
import type { GateEnv } from './gate/env.js';
import { createOriginCheck, warnOfOrigins } from './gate/origin.js';
import { noteRefusals } from './gate/refusals.js';
import { createSigner } from './gate/signer.js';
import { createStatementSigner } from './gate/statements.js';
import { refuseRevoked } from './gate/revoked.js';
import { createTokenVerifier } from './gate/token.js';
import { tellRefused } from './gate/token-refusals.js';
import { createTraceOf } from './gate/trace.js';
import { createActivity } from './kernel/activity.js';
import { systemClock, type Clock } from './kernel/clock.js';
import type { Feeds } from './kernel/feed.js';
import type { HttpClient } from './kernel/http-client.js';
import { createLog, type Log } from './kernel/log.js';
import { createMetrics } from './kernel/metrics.js';
import { createRefusalLog } from './kernel/seldom.js';
import type { Settings } from './kernel/settings.js';
import { listen, type ListenOptions, type Listening } from './serve.js';
import { createApiUsage } from './sources/api-usage.js';
import { createCalls } from './sources/calls/calls.js';
import { createOutages, tellingOutages } from './sources/calls/outages.js';
import { callable, READY_MADE } from './sources/connectors/ready-made.js';
import { createSources } from './sources/create.js';
import { moduleApi } from './sources/module.js';
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
  /** @internal Its types are those of the database's library: not for who builds on the edge. */
  readonly store: Store;
  readonly log: Log;
  /** Opens a port; rejects with words where it cannot. */
  listen(options: ListenOptions): Promise<Listening>;
  /** Drains what listens, then lets go of everything. */
  close(): Promise<void>;
}

/** The only place that builds drivers and hands them out. Where it fails, what it had opened is closed again. */
export async function compose(settings: Settings, options: ComposeOptions = {}): Promise<Edge> {
  const closing = createClosing();
  try {
    return await build(settings, options, closing);
  } catch (error) {
    // Why it does not start is told, not what could not be closed then either.
    await closing.end().catch(() => undefined);
    throw error;
  }
}

async function build(settings: Settings, options: ComposeOptions, closing: Closing): Promise<Edge> {
  const { environment } = settings;
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLog({ level: environment.logLevel });
  const { version, browserFolder } = packageInfo();
  for (const warning of settings.warnings ?? []) log.warn(warning);

  const metrics = createMetrics();
  const activity = createActivity(clock);
  const queries = createQueryStats(clock);
  const usage = createApiUsage(clock);
  const access = createAccess();

  await loadUndici();
  const store = closing.own(await openStore(environment.databaseUrl, {
    onQuery: (sql, milliseconds) => queries.query(sql, milliseconds),
    onRefused: () => metrics.storeRefused(),
  }));
  requireKeyFor(store, environment);
  const drivers = closing.own(await openSharedDrivers({ redisUrl: environment.redisUrl, clock, log, metrics }));
  const { bus, cache, lock, limiter } = drivers;
  const http = closing.own(createHttpClient({ allowPrivateHosts: environment.allowPrivateHosts, ports: registeredPorts(settings), log }));
  const calls = createCalls({
    http, limiter, usage, clock, log, metrics,
    isKnown: (api) => settings.connectors.has(api) || READY_MADE.some(({ name }) => name === api) || (api.startsWith('module:') && settings.modules.has(api.slice('module:'.length))),
  });
  const keyClient = keySetClient(settings, log);
  if (keyClient !== undefined) closing.own(keyClient);
  const keys = createKeyStore(store, clock);
  const signer = await createSigner(keys, clock);
  const { audit, trail } = createAudit({ store, signer: await createStatementSigner(keys, AUDIT_KEY), clock, log, metrics });
  closing.own(audit);
  const traceOf = createTraceOf(environment.trustProxy);
  const revocations = closing.own(createRevocations({ rows: createRevocationStore(store), audit, access, bus, clock, log }));
  const { verifier, onMet } = tellMet(tellRefused(
    refuseRevoked(createTokenVerifier(environment.jwt, settings.roles, clock, keyClient), revocations),
    environment.jwt, settings.tenants, createRefusalLog(log, clock, 'a token was refused'),
  ));

  const vault = createVault(environment.fernetKeys, clock);
  const connectorRows = createConnectorStore(store);
  const readyMade = callable([...READY_MADE, ...(settings.connectorTemplates ?? [])]);
  const connectors = closing.own(createConnectorRegistry({ settings: settings.connectors, readyMade, rows: connectorRows, bus, clock }));
  const credentials = closing.own(createCredentials({ rows: createCredentialStore(store), vault, connectors, audit, access, bus, clock, log }));
  const specs = createSpecs({ credentials });
  const moduleParts = closing.own(createModules({
    modules: settings.modules, tenants: settings.tenants.keys(), allowPrivateHosts: environment.allowPrivateHosts, weaknessOf,
    store, vault, audit, bus, http, clock, log,
  }));
  const { registry: modules, manifests, registrations } = moduleParts;
  const tellOfModules = createRefusalLog(log, clock, 'what a module sent was refused');
  const samples = closing.own(createSamples({ rows: createSampleStore(store), clock, log }));
  const channels = closing.own(createChannels({ settings, rows: createChannelStore(store), clock, log }));
  const sources = closing.own(createSources({
    settings, connectors, credentials, lock, audit, channels, samples, modules, contracts: manifests, calls, signer, clock, usage, activity, queries, store, log, dataFolder: dataFolder(environment.databaseUrl),
  }));
  const shared = drivers.several ? createSharedAnswers({ cache, lock, clock }) : undefined;
  const feeds = closing.own(createFeeds({
    sources, tenants: settings.tenants, clock, bus, log, metrics, taken: createSampling(samples), shared, budget: createBudget(refreshQuota(connectors), clock),
  }));
  closing.atEnd(spreadNews({ channels, feeds, bus, clock }));
  // Before the widgets are: they are fetched again at once.
  closing.atEnd(modules.onChange(({ settings: { name }, info }) => {
    if (info.status === 'running') calls.recovered(moduleApi(name));
  }));
  closing.atEnd(mendWidgets(modules, feeds));

  const catalogue = closing.own(createCatalogue({
    rows: createWidgetStore(store), bus, clock, access, widgets: settings.widgets, connectors, credentials, audit,
    contributed: manifests,
  }));
  closing.atEnd(watchConnections({ catalogue, feeds, bus, log, credentials }));
  const layouts = closing.own(createLayouts({ rows: createLayoutStore(store), bus, clock, presets: settings.presets, audit }));
  const presets = createPresets({ presets: settings.presets, layouts });

  const isAllowedOrigin = createOriginCheck(environment.allowedOrigins, warnOfOrigins(log, clock));
  const push = closing.own(await createPush({
    feeds, catalogue, access, specs, revocations, firing: (...asked) => alerts.firing(...asked), bus, clock, log, metrics, verifier, isAllowedOrigin, tenants: settings.tenants, queryToken: environment.queryToken,
    ...(drivers.several && { shared: { cache, lock } }),
  }));

  const notifiers = closing.own(await createNotifiers({ settings, http, publicHttp: closing.own(createHttpClient({ allowPrivateHosts: [], ports: new Set(), log })), clock, log }));
  const alerts = closing.own(await createAlerts({
    settings, store, notifiers: notifiers.all, feeds, specs, catalogue, access, audit, samples, connectors, credentials, revocations,
    roles: settings.roles, limiter, lock, bus, clock, log, metrics, traceOf, ready: modules.ready,
  }));
  onMet(alerts.meet);

  let missing = ['the first check of the modules'];
  void modules.ready.then(() => {
    missing = [];
  });

  const app = createApp({
    settings, verifier, activity, clock, log, metrics, version,
    isAllowedOrigin,
    explain: storeProblem,
    noteRefusal: noteRefusals(audit, traceOf, clock),
    browserFolder: options.browserFolder ?? browserFolder,
    readiness: tellReadiness({ missing: () => [...missing, ...storeFaults(store)], degraded: () => drivers.degraded() }, log),
    features: [
      answerRoutes({ feeds, catalogue, access, specs, samples, tenants: settings.tenants, clock, watchers: push.watchers, use: { usage, connectors } }),
      push.routes,
      catalogueRoutes({ catalogue, traceOf }),
      layoutRoutes({ layouts, traceOf }),
      presetRoutes({ presets }),
      moduleRoutes({
        modules: createModuleService({ modules, manifests, registrations, catalogue, feeds, access, clock, audit }),
        events: createModuleEvents({ modules, catalogue, contracts: manifests, feeds, tell: tellOfModules }),
        grants: createGrants({ grants: settings.grants, settings: settings.modules, modules, feeds, audit, clock, tell: tellOfModules }),
        signer, clock, traceOf,
      }),
      externalRoutes({
        external: createExternalService({ connectors, catalogue, feeds, specs, access, usage, clock, audit }),
        own: createOwnConnectors({ rows: connectorRows, registry: connectors, access, bus, clock, allowPrivateHosts: environment.allowPrivateHosts, audit }),
        tests: createConnectorTests({ connectors, probe: sources.external_api.probe, access, credentials, limiter, audit }),
        clock, traceOf,
      }),
      ingestRoutes({ ingest: createIngest({ ingest: settings.ingest, channels, limiter, clock, tell: createRefusalLog(log, clock, 'what a device sent was refused') }), metrics }),
      credentialRoutes({ credentials, traceOf }),
      revocationRoutes({ revocations, traceOf }),
      auditRoutes({ audit: createAuditService({ trail, access }) }),
      systemRoutes({ feeds, access, clock, metrics: sources.system.metrics }),
      ...alerts.routes,
    ],
    outside: [alerts.intakeRoutes],
  });

  if (settings.mqtt !== undefined) {
    const mqtt = closing.own(await connectMqtt({
      settings: settings.mqtt, clock, log,
      onMessage: createTopicIntake({ topics: settings.mqtt.topics, channels, metrics, clock, log }),
      onState: (up) => metrics.mqttUp(up),
    }));
    metrics.mqttUp(mqtt.up);
  }
  await drivers.listening();

  return {
    app,
    feeds,
    store,
    log,
    async listen(where) {
      return closing.own(await listen(app, push, log, where));
    },
    close() {
      missing = ['the edge is stopping'];
      return closing.end();
    },
  };
}

/** A client for the key set alone: its host may be private without the modules and connectors getting it too. */
function keySetClient({ environment: { jwt, allowPrivateHosts } }: Settings, log: Log): HttpClient | undefined {
  if (jwt.key.kind !== 'jwks') return undefined;
  const http = createHttpClient({ allowPrivateHosts: [...allowPrivateHosts, jwt.key.url.hostname], log });
  return tellingOutages(http, 'CCM_JWKS_URL', createOutages(log));
}

function storeFaults(store: Store): string[] {
  try {
    store.check();
    return [];
  } catch (error) {
    return [error instanceof StoreMovedError ? error.message : 'the store does not answer'];
  }
}

/** Where the database lies; the working folder for one in memory. */
function dataFolder(databaseUrl: string): string {
  const file = databaseUrl.slice(databaseUrl.indexOf(':') + 1);
  return file === '' || file.startsWith(':') ? process.cwd() : dirname(resolve(file));
}
