import type { CallAccount } from '../../kernel/calls.js';
import type { Account } from './account.js';

/**
 * Calls at one time to one host, whatever names lead there: fewer than the connections that the HTTP driver opens to it (32), so
 * that a check of its health always finds one. Of these one tenant may have so many, and one user of it so many: whoever hangs,
 * others get through.
 */
export const AT_ONCE = { host: 24, tenant: 16, user: 8 };
/** Calls that wait: in all, of one tenant, of one account, and of one user. */
export const WAITING = { all: 1_000, tenant: 400, account: 200, user: 50 };

/** A call that waits for its turn. */
export interface Turn {
  readonly by: CallAccount;
  readonly account: Account;
  /** Scheme, host and port of where it goes. */
  readonly origin: string;
  /** Its turn came: it counts as under way until `done`. */
  go(): void;
}

interface UserTurns {
  active: number;
  readonly waiting: Turn[];
}

interface TenantTurns {
  active: number;
  waiting: number;
  readonly users: Map<string, UserTurns>;
}

interface HostTurns {
  active: number;
  readonly tenants: Map<string, TenantTurns>;
}

export interface Turns {
  /** False where there is no room for one more. `first`: before the others of its user, for one that had its turn already. */
  join(turn: Turn, first?: boolean): boolean;
  /** It waits no longer: nobody needs it. */
  leave(turn: Turn): void;
  /** A call whose turn came has ended: others get theirs. */
  done(turn: Turn): void;
  /** Gives turns to those that may go now: to that origin, or of that account, wherever they go. */
  next(to: string | Account): void;
}

/**
 * The order of calls: each host's tenants take turns, and within a tenant its users, each with their calls in the order they came.
 *
 * @param ready whether an account may make a call now, apart from its number at one time
 * @param moved an account's counts changed
 */
export function createTurns(ready: (account: Account) => boolean, moved: (account: Account) => void): Turns {
  const hosts = new Map<string, HostTurns>();
  let all = 0;

  function placeOf({ origin, by: { tenant, user = '' } }: Turn): { host: HostTurns; tenant: TenantTurns; user: UserTurns } {
    const host = emplace(hosts, origin, () => ({ active: 0, tenants: new Map<string, TenantTurns>() }));
    const ofTenant = emplace(host.tenants, tenant, () => ({ active: 0, waiting: 0, users: new Map<string, UserTurns>() }));
    return { host, tenant: ofTenant, user: emplace(ofTenant.users, user, () => ({ active: 0, waiting: [] })) };
  }

  /** What stands for nobody any more is forgotten, so that names do not fill the memory. */
  function tidy(turn: Turn): void {
    const { origin, by: { tenant, user = '' } } = turn;
    const place = placeOf(turn);
    if (place.user.active === 0 && place.user.waiting.length === 0) place.tenant.users.delete(user);
    if (place.tenant.users.size === 0) place.host.tenants.delete(tenant);
    if (place.host.tenants.size === 0) hosts.delete(origin);
  }

  function count(turn: Turn, waiting: number, active: number): void {
    const place = placeOf(turn);
    const { account, origin } = turn;
    all += waiting;
    place.tenant.waiting += waiting;
    account.waiting += waiting;
    const there = (account.waitingAt.get(origin) ?? 0) + waiting;
    if (there > 0) account.waitingAt.set(origin, there);
    else account.waitingAt.delete(origin);
    place.host.active += active;
    place.tenant.active += active;
    place.user.active += active;
    account.active += active;
    moved(account);
  }

  /** Takes the one whose turn it is out of the queue. */
  function take(host: HostTurns): Turn | undefined {
    if (host.active >= AT_ONCE.host) return undefined;
    for (const [tenantId, tenant] of host.tenants) {
      if (tenant.active >= AT_ONCE.tenant || tenant.waiting === 0) continue;
      for (const [userId, user] of tenant.users) {
        if (userId !== '' && user.active >= AT_ONCE.user) continue;
        const index = user.waiting.findIndex(({ account }) => account.active < account.concurrent && ready(account));
        if (index < 0) continue;
        toEnd(tenant.users, userId, user);
        toEnd(host.tenants, tenantId, tenant);
        return user.waiting.splice(index, 1)[0];
      }
    }
    return undefined;
  }

  function nextTo(origin: string): void {
    for (;;) {
      const host = hosts.get(origin);
      const turn = host && take(host);
      if (turn === undefined) return;
      count(turn, -1, 1);
      turn.go();
    }
  }

  function next(to: string | Account): void {
    if (typeof to === 'string') nextTo(to);
    else for (const origin of [...to.waitingAt.keys()]) nextTo(origin);
  }

  return {
    join(turn, first = false) {
      const place = placeOf(turn);
      const full = all >= WAITING.all || place.tenant.waiting >= WAITING.tenant || turn.account.waiting >= WAITING.account
        || (turn.by.user !== undefined && place.user.waiting.length >= WAITING.user);
      if (full) {
        tidy(turn);
        return false;
      }
      if (first) place.user.waiting.unshift(turn);
      else place.user.waiting.push(turn);
      count(turn, 1, 0);
      return true;
    },
    leave(turn) {
      const { user } = placeOf(turn);
      const index = user.waiting.indexOf(turn);
      if (index >= 0) {
        user.waiting.splice(index, 1);
        count(turn, -1, 0);
      }
      tidy(turn);
    },
    done(turn) {
      count(turn, 0, -1);
      tidy(turn);
      next(turn.origin);
      // Its account may have calls elsewhere that wait for this one.
      next(turn.account);
    },
    next,
  };
}

function emplace<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function toEnd<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
}
