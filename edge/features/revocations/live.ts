import type { Principal } from '../../kernel/principal.js';
import type { Revocation, RevocationKey } from './store.js';

interface OfTenant {
  /** By `jti`. */
  readonly token: Map<string, Revocation>;
  /** By subject. */
  readonly user: Map<string, Revocation>;
}

/** What is revoked, in memory: two look-ups a request, one where its tenant has none. */
export interface LiveRevocations {
  /** The revocation that is about this token at that moment. A user's is about those issued before it, and those that do not say when. */
  of(principal: Principal, now: number): Revocation | undefined;
  put(row: Revocation): void;
  drop(key: RevocationKey): void;
  /** Puts these in the place of all. Whether any of them is new, or newer. */
  replace(rows: readonly Revocation[]): boolean;
}

export function createLiveRevocations(): LiveRevocations {
  let tenants = new Map<string, OfTenant>();

  const putInto = (into: Map<string, OfTenant>, row: Revocation): void => {
    let known = into.get(row.tenant);
    if (known === undefined) into.set(row.tenant, (known = { token: new Map(), user: new Map() }));
    known[row.kind].set(row.value, row);
  };

  return {
    of({ tenant, subject, tokenId, issuedAt }, now) {
      const known = tenants.get(tenant);
      if (known === undefined) return undefined;
      const token = tokenId === undefined ? undefined : known.token.get(tokenId);
      if (token !== undefined && token.until > now) return token;
      const user = known.user.get(subject);
      return user !== undefined && user.until > now && (issuedAt === undefined || issuedAt < user.at) ? user : undefined;
    },
    put: (row) => putInto(tenants, row),
    drop({ tenant, kind, value }) {
      const known = tenants.get(tenant);
      known?.[kind].delete(value);
      if (known !== undefined && known.token.size === 0 && known.user.size === 0) tenants.delete(tenant);
    },
    replace(rows) {
      const next = new Map<string, OfTenant>();
      let news = false;
      for (const row of rows) {
        putInto(next, row);
        const before = tenants.get(row.tenant)?.[row.kind].get(row.value);
        news ||= before === undefined || before.at < row.at;
      }
      tenants = next;
      return news;
    },
  };
}
