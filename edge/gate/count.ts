import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Activity } from '../kernel/activity.js';
import type { Clock } from '../kernel/clock.js';
import type { Metrics } from '../kernel/metrics.js';
import type { Principal } from '../kernel/principal.js';
import type { GateEnv } from './env.js';

/** Counts each answer under its declared pattern, with its time and who asked. Only reads, so the answer stays as it was made. */
export function count(metrics: Metrics, activity: Activity, clock: Clock): MiddlewareHandler<GateEnv> {
  const names = new Map<string, string>();
  const nameOf = (method: string, pattern: string): string => {
    const key = method + pattern;
    let name = names.get(key);
    if (name === undefined) names.set(key, (name = `${method} ${pattern}`));
    return name;
  };

  return async function countAnswer(c, next) {
    const started = clock.monotonic();
    await next();
    const route = matchedRoutes(c).at(-1);
    // What no route declares is one line: its paths and methods are the caller's invention.
    const name = route === undefined || route.method === 'ALL' ? 'unmatched' : nameOf(route.method, route.path);
    metrics.request(name, c.res.status);
    activity.request(name, c.res.status, clock.monotonic() - started);
    const principal: Principal | undefined = c.get('principal');
    if (principal !== undefined) activity.seen(principal);
  };
}
