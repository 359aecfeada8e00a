import { LRUCache } from 'lru-cache';
import type { CallAccount } from '../../kernel/calls.js';
import type { Clock } from '../../kernel/clock.js';
import type { Level } from '../../kernel/metrics.js';
import { createBreaker, type Breaker } from './breaker.js';

/** Accounts with nothing under way that are remembered: there may be one for each user's credential. */
const IDLE_ACCOUNTS = 5_000;

/** What is known of one account, beside its calls. */
export interface Account {
  readonly key: string;
  readonly api: string;
  concurrent: number;
  perMinute: number | undefined;
  /** Calls under way, and calls that wait. */
  active: number;
  waiting: number;
  /** Of those that wait: how many, by the origin that they go to. */
  readonly waitingAt: Map<string, number>;
  /** Monotonic: the other side, or its limit, asks for no call before. */
  pausedUntil: number;
  breaker: Breaker;
}

export interface Accounts {
  of(account: CallAccount): Account;
  /** Its counts changed: one that is in use is kept, whatever their number. */
  moved(account: Account): void;
  /** The other side is well: its accounts are neither paused nor broken off. Returns those that it had. */
  mend(api: string): Account[];
}

/** One credential has one account; where the API has none, the tenant has one. */
function accountKey({ tenant, api, credential, shared }: Pick<CallAccount, 'tenant' | 'api' | 'credential' | 'shared'>): string {
  return JSON.stringify([shared === true ? null : tenant, api, credential]);
}

/** @param broken how many accounts are broken off */
export function createAccounts(clock: Clock, broken: Level): Accounts {
  const busy = new Map<string, Account>();
  const open = new Set<Account>();
  const count = (account: Account, isOpen: boolean): void => {
    if (open.has(account) === isOpen) return;
    if (isOpen) {
      open.add(account);
      broken.inc();
    } else {
      open.delete(account);
      broken.dec();
    }
  };
  const idle = new LRUCache<string, Account>({
    max: IDLE_ACCOUNTS,
    dispose(account, _key, reason) {
      if (reason === 'evict') count(account, false);
    },
  });

  function breakerOf(account: () => Account): Breaker {
    // An old breaker's last word does not count once another is in its place.
    const breaker: Breaker = createBreaker(clock, (isOpen) => {
      if (account().breaker === breaker) count(account(), isOpen);
    });
    return breaker;
  }

  function make({ api, limits }: CallAccount, key: string): Account {
    const account: Account = {
      key, api, concurrent: limits.concurrent, perMinute: limits.perMinute, active: 0, waiting: 0, waitingAt: new Map(), pausedUntil: 0,
      breaker: breakerOf(() => account),
    };
    return account;
  }

  return {
    of(given) {
      const key = accountKey(given);
      const account = busy.get(key) ?? idle.get(key) ?? make(given, key);
      account.concurrent = given.limits.concurrent;
      account.perMinute = given.limits.perMinute;
      return account;
    },
    moved(account) {
      if (account.active + account.waiting > 0) {
        busy.set(account.key, account);
        idle.delete(account.key);
      } else {
        busy.delete(account.key);
        idle.set(account.key, account);
      }
    },
    mend(api) {
      const mended = [...busy.values(), ...idle.values()].filter((account) => account.api === api);
      for (const account of mended) {
        account.pausedUntil = 0;
        account.breaker = breakerOf(() => account);
        count(account, false);
      }
      return mended;
    },
  };
}
