import type { Log } from '../../kernel/log.js';
import type { Readiness } from './probes.js';

/** Says in the log what the edge waits for, and that it is ready: when that changes, however often probes ask. */
export function tellReadiness(readiness: Readiness, log: Log): Readiness {
  let told = '';
  return {
    ...readiness,
    missing() {
      const missing = readiness.missing();
      const now = missing.join('; ');
      if (now !== told) {
        if (now === '') log.info('the edge is ready');
        else log.warn({ missing }, 'the edge is not ready');
        told = now;
      }
      return missing;
    },
  };
}
