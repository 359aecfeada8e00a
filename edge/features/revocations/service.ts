import type { Access } from '../../gate/access.js';
import { CLOCK_SKEW } from '../../gate/token.js';
import type { ChangeAudit, Trace } from '../../kernel/audit.js';
import { topic, type Bus } from '../../kernel/bus.js';
import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import type { Revocations } from '../../kernel/revocations.js';
import { createLiveRevocations } from './live.js';
import type { Revocation, RevocationKey, RevocationStore } from './store.js';

/** What a caller needs to revoke tokens and to see what is revoked. */
export const REVOKE_TOKENS = 'tokens.revoke';
/** Revocations that a tenant may have at a time. */
export const MAX_REVOCATIONS = 10_000;

/** Milliseconds that a token may live, where nobody says how long it does. */
const LONGEST_LIFE = 24 * 3_600_000;
/** Milliseconds between two looks: the bus may lose what it tells, and what is revoked must be so within 5 s. */
const LOOK = 2_000;
/** Looks after which all is read, whether it seems to have changed or not. */
const READ_EVERY = 30;
/** Looks between two sweeps. */
const SWEEP_EVERY = 150;

const REVOCATION_CHANGES = topic<RevocationKey>('revocations', (message) => {
  const { tenant, kind, value } = (message ?? {}) as Partial<RevocationKey>;
  return typeof tenant === 'string' && typeof value === 'string' && (kind === 'token' || kind === 'user');
});

export interface RevocationDeps {
  rows: RevocationStore;
  audit: ChangeAudit;
  access: Access;
  bus: Bus;
  clock: Clock;
  log: Log;
}

export interface RevocationInput {
  kind: Revocation['kind'];
  /** The `jti`, or the user's subject. */
  value: string;
  /** Epoch milliseconds: when the longest-lived token that it is about expires, where that is known. */
  expiresAt?: number;
}

/** Each of these throws `forbidden` without `tokens.revoke`. */
export interface RevocationService extends Revocations {
  list(principal: Principal): Revocation[];
  /** Throws `conflict` where the tenant has too many. */
  revoke(principal: Principal, input: RevocationInput, trace?: Trace): Revocation;
  /** Takes it back: its tokens count again. Throws `not_found`. */
  remove(principal: Principal, key: Pick<RevocationKey, 'kind' | 'value'>, trace?: Trace): void;
  /** Throws `forbidden`. */
  requireRight(principal: Principal): void;
  close(): void;
}

export function createRevocations({ rows, audit, access, bus, clock, log }: RevocationDeps): RevocationService {
  const live = createLiveRevocations();
  const listeners = new Set<() => void>();
  let looks = 0;
  /** When all was read last, and what it looked like. */
  let known = { at: 0, stamp: '' };
  let cancel: () => void = () => undefined;

  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  /** All tenants' rows may be many: a look at their index says whether they are needed. */
  const read = (): void => {
    const at = clock.now();
    const stamp = rows.stamp(at);
    if (live.replace(rows.live(at))) tell();
    known = { at, stamp };
  };
  const lookAgain = (): void => {
    try {
      if (looks % READ_EVERY === 0 || rows.stamp(known.at) !== known.stamp) read();
      // Not at the start: a store that cannot be written can still be read.
      looks += 1;
      if (looks % SWEEP_EVERY === 0) rows.sweep(clock.now());
    } catch (error) {
      log.error({ err: error }, 'what is revoked could not be read or swept; what was known goes on to count');
    }
    cancel = clock.after(LOOK, lookAgain);
  };

  const follow = (key: RevocationKey): void => {
    const row = rows.get(key);
    if (row === undefined) return live.drop(key);
    live.put(row);
    tell();
  };
  const unsubscribe = bus.subscribe(REVOCATION_CHANGES, follow);
  // A start that cannot read it must not go on as if nothing were revoked.
  read();
  cancel = clock.after(LOOK, lookAgain);

  /** A token that outlives its revocation would count again: the revocation goes on for as long as what was tried with it. */
  const outlast = (row: Revocation, until: number): void => {
    if (until <= row.until) return;
    live.put({ ...row, until });
    try {
      rows.extend(row, until);
    } catch (error) {
      log.error({ err: error }, 'a revocation could not be made to count longer');
    }
  };

  const endOf = (principal: Principal, { kind, value, expiresAt }: RevocationInput): number => {
    const own = kind === 'token' && value === principal.tokenId ? principal.expiresAt : undefined;
    const known = expiresAt ?? own;
    return Math.max(clock.now() + LONGEST_LIFE, known === undefined ? 0 : known + CLOCK_SKEW);
  };

  const requireRight = (principal: Principal): void => access.require(principal, REVOKE_TOKENS);

  return {
    isRevoked(principal) {
      const row = live.of(principal, clock.now());
      if (row === undefined) return false;
      outlast(row, principal.expiresAt + CLOCK_SKEW);
      return true;
    },
    onChange(listener) {
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    list(principal) {
      requireRight(principal);
      return rows.list(principal.tenant, clock.now());
    },
    revoke(principal, input, trace = {}) {
      requireRight(principal);
      const { tenant, subject } = principal;
      const { kind, value } = input;
      const row = rows.write(() => {
        if (rows.get({ tenant, kind, value }) === undefined && rows.count(tenant) >= MAX_REVOCATIONS) {
          throw new ProblemError('conflict', `There are ${MAX_REVOCATIONS} revocations, which is the most; they end by themselves.`);
        }
        rows.save({ tenant, kind, value, at: clock.now(), until: endOf(principal, input), createdBy: subject });
        audit.within({ tenant, user: subject, action: 'revocation.set', target: `${kind} ${value}`, outcome: 'ok', ...trace });
        return rows.get({ tenant, kind, value });
      });
      if (row === undefined) throw notFound();
      live.put(row);
      bus.publish(REVOCATION_CHANGES, { tenant, kind, value });
      return row;
    },
    remove(principal, { kind, value }, trace = {}) {
      requireRight(principal);
      const { tenant, subject } = principal;
      const key = { tenant, kind, value };
      rows.write(() => {
        if (rows.get(key) === undefined) throw notFound();
        rows.remove(key);
        audit.within({ tenant, user: subject, action: 'revocation.set', target: `${kind} ${value}`, outcome: 'ok', detail: 'taken back', ...trace });
      });
      live.drop(key);
      bus.publish(REVOCATION_CHANGES, key);
    },
    requireRight,
    close() {
      cancel();
      unsubscribe();
    },
  };
}
