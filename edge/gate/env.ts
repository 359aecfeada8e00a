import type { Context } from 'hono';
import type { Principal } from '../kernel/principal.js';
import { ProblemError } from '../kernel/problems.js';

/** What the gate leaves on each request for those behind it. */
export interface GateEnv {
  Variables: {
    /** Who asks; absent on the open routes. */
    principal: Principal;
    /** Set as soon as somebody asks for it: see `requestIdOf`. */
    requestId: string;
    /** What a page of another origin needs to read the answer; absent for the edge's own. */
    originHeaders: Readonly<Record<string, string>>;
  };
}

/** Who asks. Throws `unauthenticated` where no token was read: a route outside the gate must not ask. */
export function principalOf(c: Context<GateEnv>): Principal {
  const principal: Principal | undefined = c.get('principal');
  if (principal === undefined) throw new ProblemError('unauthenticated', 'A valid bearer token is needed.');
  return principal;
}
