import type { MiddlewareHandler } from 'hono';
import type { GateEnv } from './env.js';

/**
 * Several middleware as one, each called with the next as its `next`. Hono itself waits for a promise at each of them;
 * those of the gate mostly have nothing to wait for, and on a cached answer that waiting was a fifth of the request.
 */
export function inOrder(...steps: MiddlewareHandler<GateEnv>[]): MiddlewareHandler<GateEnv> {
  return function gate(c, next) {
    const run = (index: number): ReturnType<MiddlewareHandler> => {
      const step = steps[index];
      return step === undefined ? next() : step(c, () => run(index + 1) as Promise<void>);
    };
    return run(0);
  };
}
