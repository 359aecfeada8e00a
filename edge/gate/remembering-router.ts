import type { Result, Router } from 'hono/router';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';

/** Pages ask for the same few hundred paths; whoever asks for endless others only makes it forget. */
const REMEMBERED = 2_000;
/** Longer ones are nobody's daily path, and would make two thousand of them heavy. */
const MAX_LENGTH = 300;

/**
 * Hono's own choice of routers, with the last answers remembered. One pair of routes such as `/modules/jwks` and
 * `/modules/:name/widget-data` makes Hono take its slower router for all of them; a path that was asked before costs
 * one look-up instead.
 */
export function createRouter<T>(): Router<T> {
  const router = new SmartRouter<T>({ routers: [new RegExpRouter(), new TrieRouter()] });
  const known = new Map<string, Result<T>>();
  return {
    get name() {
      return router.name;
    },
    add(method, path, handler) {
      known.clear();
      router.add(method, path, handler);
    },
    match(method, path) {
      const key = method + path;
      let result = known.get(key);
      if (result === undefined) {
        result = router.match(method, path);
        if (known.size >= REMEMBERED) known.clear();
        if (key.length <= MAX_LENGTH) known.set(key, result);
      }
      return result;
    },
  };
}
