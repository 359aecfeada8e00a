import type { Clock } from '../kernel/clock.js';
import type { FeedSpec } from '../kernel/feed.js';

/** Of an account's calls a minute, those for refreshes that are planned. The rest is for people who open a page, or ask for a refresh. */
const PLANNED = 0.85;
const MINUTE = 60_000;

/** What a feed's calls are counted against. */
export interface Quota {
  /** Equal for all feeds that call with the same credential. */
  readonly account: string;
  /** Calls a minute. */
  readonly perMinute: number;
  /** Milliseconds that the source keeps an answer: asking it more often brings nothing. */
  readonly keptFor?: number;
}

/** Undefined for a feed whose source has no limit. */
export type QuotaOf = (spec: FeedSpec) => Quota | undefined;

/** One watched feed's part in the budget of its account. */
export interface Share {
  /** Milliseconds between two refreshes, of one that wants to be refreshed each `interval`. */
  stretched(interval: number): number;
  /** It is watched with this interval now; not at all where it is infinite. */
  watch(interval: number): void;
  /** Monotonic milliseconds at which a planned refresh that is due may go. It is reserved: ask once for each. */
  turn(): number;
  /** Takes a call that a person asks for out of the rest; false where there is none. */
  spare(): boolean;
}

export interface Budget {
  /** Undefined where nothing is to be kept within. */
  shareOf(spec: FeedSpec): Share | undefined;
}

interface Account {
  perMinute: number;
  /** Planned calls a minute, as the intervals would have them. */
  wanted: number;
  members: number;
  /** Monotonic: the next planned refresh goes no sooner. */
  nextTurn: number;
  /** Monotonic: when all of the rest is there again. */
  restFull: number;
  /** Ends the wait to be forgotten. */
  stay?: () => void;
}

/**
 * Keeps the refreshes of all feeds of one credential within its API's limit. Where they want more than their part, the intervals of all
 * of them are stretched by one factor, and shrink again when some leave; and they are spread over the minute, so that no minute,
 * whenever it begins, has more.
 */
export function createBudget(quotaOf: QuotaOf, clock: Clock): Budget {
  const accounts = new Map<string, Account>();

  function accountOf({ account: key, perMinute }: Quota): Account {
    let account = accounts.get(key);
    if (account === undefined) accounts.set(key, (account = { perMinute, wanted: 0, members: 0, nextTurn: 0, restFull: 0 }));
    account.perMinute = perMinute;
    return account;
  }

  /** Once nobody watches and nothing of what was spent is left to remember. */
  function forget(key: string, account: Account): void {
    account.stay?.();
    if (account.members > 0) return;
    const spent = Math.max(account.nextTurn, account.restFull) - clock.monotonic();
    if (spent > 0) account.stay = clock.after(spent, () => forget(key, account));
    else if (accounts.get(key) === account) accounts.delete(key);
  }

  return {
    shareOf(spec) {
      const quota = quotaOf(spec);
      if (quota === undefined) return undefined;
      const { keptFor = 0 } = quota;
      const account = accountOf(quota);
      let wanted = 0;
      const planned = (): number => account.perMinute * PLANNED;

      return {
        stretched: (interval) => Math.max(interval, keptFor) * Math.max(1, account.wanted / planned()),
        watch(interval) {
          const next = MINUTE / Math.max(interval, keptFor);
          account.members += Math.sign(next) - Math.sign(wanted);
          account.wanted += next - wanted;
          wanted = next;
          if (account.members > 0) return;
          // Sums of fractions leave a little behind.
          account.wanted = 0;
          // Not at once: who leaves and comes back would get a new minute by it.
          forget(quota.account, account);
        },
        turn() {
          const at = Math.max(clock.monotonic(), account.nextTurn);
          account.nextTurn = at + MINUTE / planned();
          return at;
        },
        spare() {
          const now = clock.monotonic();
          const cost = MINUTE / (account.perMinute * (1 - PLANNED));
          const full = Math.max(now, account.restFull) + cost;
          if (full - now > Math.max(MINUTE, cost)) return false;
          account.restFull = full;
          return true;
        },
      };
    },
  };
}
