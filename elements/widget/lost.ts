import type { Fault } from './states.js';

/** The fault of code that did not come. */
export function lost(error: unknown): Fault {
  return { code: 'load', detail: error instanceof Error ? error.message : String(error) };
}
