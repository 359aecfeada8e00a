import type { ModuleState } from '../../../sdk/contract/module.js';
import type { Clock } from '../../kernel/clock.js';

/** Checks in a row that must fail before a module that ran counts as down: one lost answer is no fault of the module. */
const FAILS = 2;
/** A module that went down so often within `WINDOW` milliseconds flaps: it must then answer `STEADY` checks in a row to run again. */
const FLAPS = 3;
const WINDOW = 5 * 60_000;
const STEADY = 3;

/** Turns what single checks saw into a state that does not change with every breath. */
export interface Damping {
  /** The state after this check. `settled` is false while it stands against what was seen: check again soon. */
  seen(state: ModuleState): { state: ModuleState; settled: boolean };
}

export function createDamping(clock: Pick<Clock, 'monotonic'>): Damping {
  let shown: ModuleState | undefined;
  /** Checks in a row that said other than what is shown: up or down. */
  let against = 0;
  let downs: number[] = [];

  function needed(): number {
    if (shown === 'running') return FAILS;
    downs = downs.filter((time) => clock.monotonic() - time < WINDOW);
    return downs.length >= FLAPS ? STEADY : 1;
  }

  return {
    seen(state) {
      const turns = shown !== undefined && (state === 'running') !== (shown === 'running');
      against = turns ? against + 1 : 0;
      if (shown !== undefined && turns && against < needed()) return { state: shown, settled: false };
      if (shown === 'running' && turns) downs.push(clock.monotonic());
      against = 0;
      shown = state;
      return { state, settled: true };
    },
  };
}
