import type { MiddlewareHandler } from 'hono';
import type { Principal } from '../kernel/principal.js';
import type { Settings } from '../kernel/settings.js';
import type { GateEnv } from './env.js';
import { unauthenticated } from './token.js';

/** A tenant that the settings do not know is as good as no token: the same 401. Only the token says the tenant. */
export function tenant(tenants: Settings['tenants']): MiddlewareHandler<GateEnv> {
  return function checkTenant(c, next) {
    const principal: Principal | undefined = c.get('principal');
    if (principal !== undefined && !tenants.has(principal.tenant)) throw unauthenticated();
    return next();
  };
}
