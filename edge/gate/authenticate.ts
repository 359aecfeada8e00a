import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { GateEnv } from './env.js';
import { unauthenticated, type TokenVerifier } from './token.js';

/** `b64token` of RFC 6750 is wider; a JWT is what we take. The scheme's name has no case. */
const BEARER = /^Bearer +([^\s,]+)$/i;
const JWT = /^ey[^.]*\.[^.]*\.[^.]*$/;

/** Whether a declared route asks for no bearer token (or for a credential that it checks itself). */
export type IsOpen = (method: string, pattern: string) => boolean;
/** Whether a declared route takes a module's own secret in the place of a user's token, and checks it itself. */
export type TakesModules = IsOpen;

/**
 * Reads the bearer token of each request and leaves its principal on the context. A route that is not declared open
 * needs a token, also one that does not exist. A remembered token costs no promise.
 */
export function authenticate(verifier: TokenVerifier, isOpen: IsOpen, takesModules: TakesModules = () => false): MiddlewareHandler<GateEnv> {
  return function checkToken(c, next) {
    const route = matchedRoutes(c).at(-1);
    if (route !== undefined && isOpen(route.method, route.path)) return next();
    const token = bearerOf(c.req.header('authorization'));
    if (token === undefined) throw unauthenticated();
    // What has the form of a token is one, and is checked as one.
    if (route !== undefined && !JWT.test(token) && takesModules(route.method, route.path)) return next();
    const principal = verifier.verify(token);
    if (!(principal instanceof Promise)) {
      c.set('principal', principal);
      return next();
    }
    return principal.then((checked) => {
      c.set('principal', checked);
      return next();
    });
  };
}

function bearerOf(header: string | undefined): string | undefined {
  // The usual spelling without a regular expression: it is on every request's way.
  if (header?.startsWith('Bearer ey')) return header.slice('Bearer '.length);
  return BEARER.exec(header ?? '')?.[1];
}
