import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.js';
import type { Log } from './log.js';

/** Milliseconds between two words about the same. */
const AGAIN = 60_000;
/** Words a minute, whatever they are about: strangers may invent as many reasons as they like. */
const MOST = 20;
const REMEMBERED = 1_000;

/** Whether something may be told now: of each `key` once in `again` milliseconds, and of all together so many times a minute. */
export type Seldom = (key: string) => boolean;

export function createSeldom(clock: Pick<Clock, 'monotonic'>, { again = AGAIN, most = MOST } = {}): Seldom {
  // Made at the first word: most have none to say.
  let told: LRUCache<string, number> | undefined;
  let minute = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (key) => {
    const now = clock.monotonic();
    if (now - (told?.get(key) ?? Number.NEGATIVE_INFINITY) < again) return false;
    if (now - minute >= 60_000) [minute, count] = [now, 0];
    if (count >= most) return false;
    count += 1;
    (told ??= new LRUCache({ max: REMEMBERED })).set(key, now);
    return true;
  };
}

/** What a caller may not learn: why it was not let in. Never with the token or the secret itself. */
export type TellRefusal = (why: string, facts?: Readonly<Record<string, string>>) => void;

/** Characters of a fact, which may be a stranger's invention. */
const SHOWN = 100;

/** Says in the log, and nowhere else, why callers are not let in. The same reason with the same facts once a minute. */
export function createRefusalLog(log: Log, clock: Pick<Clock, 'monotonic'>, what: string): TellRefusal {
  const seldom = createSeldom(clock);
  return (why, facts = {}) => {
    const shown = Object.fromEntries(Object.entries(facts).map(([name, text]) => [name, text.slice(0, SHOWN)]));
    if (seldom(JSON.stringify([why, shown]))) log.info({ why, ...shown }, what);
  };
}
