import type { Clock } from '../../../kernel/clock.js';
import type { Log } from '../../../kernel/log.js';
import { createSeldom } from '../../../kernel/seldom.js';
import { NOTHING_YET, type Missing } from '../engine/missing.js';
import type { Unit } from './unit.js';

/** Milliseconds before the same is said of the same rule once more: data may come and go with each answer. */
const AGAIN = 3_600_000;

/** Takes over whether a rule has something to compare. */
export type Lacks = (unit: Unit, missing: Missing | undefined) => void;

/** Says in the log, once for each cause, that a rule has nothing to compare: such a rule never fires, and shows nothing on a page. */
export function createLacks({ log, clock }: { log: Log; clock: Pick<Clock, 'monotonic'> }): Lacks {
  const seldom = createSeldom(clock, { again: AGAIN });
  return (unit, missing) => {
    const before = unit.missing;
    if (before === missing) return;
    if (missing === undefined) delete unit.missing;
    else unit.missing = missing;
    if (before?.kind === missing?.kind) return;
    // It is waited for: nobody has to mend anything.
    if (missing?.kind === NOTHING_YET || (missing === undefined && before?.kind === NOTHING_YET)) return;
    const { tenant, widgetId, id, name, condition: { field, value } } = unit.rule;
    const facts = { tenant, widget: widgetId, rule: id, name, ...(unit.user !== '' && { user: unit.user }) };
    // By what it asks for, too: one that was mended and still lacks something is news.
    const told = (what: string): boolean => seldom(JSON.stringify([id, unit.user, field, value, what]));
    if (missing !== undefined && told(missing.kind)) log.warn({ ...facts, why: missing.text }, 'an alert rule has nothing to compare, so it cannot fire');
    if (missing === undefined && told('')) log.info(facts, 'an alert rule has something to compare again');
  };
}
