import type { OpenAPIHono } from '@hono/zod-openapi';
import { authenticate, type IsOpen } from './gate/authenticate.js';
import { bodyLimit } from './gate/body-limit.js';
import { count } from './gate/count.js';
import type { GateEnv } from './gate/env.js';
import { inOrder } from './gate/in-order.js';
import { nosniff } from './gate/nosniff.js';
import { newRouter } from './gate/openapi.js';
import { origin, type OriginCheck } from './gate/origin.js';
import { onNotFound, onProblem, type Explain } from './gate/problem.js';
import type { NoteRefusal } from './gate/refusals.js';
import { tenant } from './gate/tenant.js';
import type { TokenVerifier } from './gate/token.js';
import { describeInterface } from './features/operations/description.js';
import { operationsRoutes, type OperationsDeps } from './features/operations/routes.js';
import type { Activity } from './kernel/activity.js';
import type { Clock } from './kernel/clock.js';
import type { Log } from './kernel/log.js';
import type { Settings } from './kernel/settings.js';

export interface AppDeps extends Omit<OperationsDeps, 'describe'> {
  settings: Settings;
  verifier: TokenVerifier;
  isAllowedOrigin: OriginCheck;
  /** Faults of the store in our words. */
  explain?: Explain;
  /** Tells the audit trail who was refused what. */
  noteRefusal?: NoteRefusal;
  activity: Activity;
  clock: Clock;
  log: Log;
  /** Each with its paths below `/api/v1`. */
  features: readonly OpenAPIHono<GateEnv>[];
  /** With their whole paths, where another product's form has its own. */
  outside?: readonly OpenAPIHono<GateEnv>[];
}

/** The gate in its order, then the features. Opens no port: `app.request('/healthz')` answers. */
export function createApp(deps: AppDeps): OpenAPIHono<GateEnv> {
  const { settings, verifier, metrics, activity, clock, log } = deps;
  const app = newRouter();
  app.onError(onProblem(log, activity, deps.explain, deps.noteRefusal, clock));
  app.notFound(onNotFound(app));

  app.use(inOrder(count(metrics, activity, clock), nosniff()));
  app.use('/api/*', inOrder(
    origin(deps.isAllowedOrigin),
    bodyLimit(),
    authenticate(verifier, routesWhere(app, needNoBearer), routesWhere(app, takeModules)),
    tenant(settings.tenants),
  ));

  app.route('/', operationsRoutes({ ...deps, describe: () => describeInterface(app, deps.version) }));
  for (const feature of deps.features) app.route('/api/v1', feature);
  for (const door of deps.outside ?? []) app.route('/', door);
  return app;
}

type Security = readonly Record<string, readonly string[]>[];

/** By a `security` without `bearer` a declaration says that its route needs no bearer token. */
function needNoBearer(security: Security): boolean {
  return !security.some((scheme) => 'bearer' in scheme);
}

/** By `moduleSecret` beside `bearer` it says that a module's own secret will do too. */
function takeModules(security: Security): boolean {
  return !needNoBearer(security) && security.some((scheme) => 'moduleSecret' in scheme);
}

/** The routes by their declaration: the published description and the gate read the same. What declares nothing is guarded. */
function routesWhere(app: OpenAPIHono<GateEnv>, fits: (security: Security) => boolean): IsOpen {
  let fitting: Map<string, Set<string>> | undefined;
  const read = (): Map<string, Set<string>> => {
    const found = new Map<string, Set<string>>();
    for (const definition of app.openAPIRegistry.definitions) {
      if (definition.type !== 'route') continue;
      const { method, path, security } = definition.route;
      if (security === undefined || !fits(security)) continue;
      const pattern = path.replaceAll(/\/\{([^}]+)\}/g, '/:$1');
      found.set(pattern, (found.get(pattern) ?? new Set()).add(method.toUpperCase()));
    }
    return found;
  };
  // At the first request: all features are mounted by then.
  return (method, pattern) => (fitting ??= read()).get(pattern)?.has(method) ?? false;
}
