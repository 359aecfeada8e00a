import type { Snapshot } from '../../sdk/store/snapshot.js';
import type { Fault } from './states.js';

/** The fault of code that did not come. */
export function lost(error: unknown): Fault {
  return { code: 'load', detail: error instanceof Error ? error.message : String(error) };
}

/** Nothing to show, and why. */
export function failed(code: string, detail: string): Snapshot {
  return { state: 'failed', error: { code, detail } as Snapshot['error'] };
}
