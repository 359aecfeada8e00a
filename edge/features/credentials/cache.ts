import { LRUCache } from 'lru-cache';
import type { Clock } from '../../kernel/clock.js';
import type { CredentialRow, CredentialStore } from './store.js';

/** Owners whose credentials are held, still sealed; all together at most some 64 MB. */
const OWNERS = 20_000;
const MAX_SIZE = 32 * 1024 * 1024;
/** Milliseconds after which they are read again: the bus, which tells of other processes' writes, may lose one. */
const KEEP = 60_000;
/** Characters of a row besides its sealed secret, roughly; also of an owner who has none. */
const ROW_SIZE = 300;

/** The credentials of each owner in memory, newest first. */
export interface CredentialCache {
  of(tenant: string, owner: string): readonly CredentialRow[];
  drop(tenant: string, owner: string): void;
  clear(): void;
}

export function createCredentialCache(rows: Pick<CredentialStore, 'list'>, clock: Clock): CredentialCache {
  const owners = new LRUCache<string, { rows: readonly CredentialRow[]; until: number }>({
    max: OWNERS,
    maxSize: MAX_SIZE,
    sizeCalculation: ({ rows: kept }) => kept.reduce((sum, { sealed }) => sum + ROW_SIZE + sealed.length, ROW_SIZE),
  });
  return {
    of(tenant, owner) {
      const key = keyOf(tenant, owner);
      const known = owners.get(key);
      if (known !== undefined && clock.monotonic() < known.until) return known.rows;
      const read = rows.list(tenant, owner).sort((a, b) => b.createdAt - a.createdAt);
      owners.set(key, { rows: read, until: clock.monotonic() + KEEP });
      return read;
    },
    drop: (tenant, owner) => void owners.delete(keyOf(tenant, owner)),
    clear: () => owners.clear(),
  };
}

/** The length goes before, so that no choice of names makes two owners' keys equal. */
function keyOf(tenant: string, owner: string): string {
  return `${tenant.length}:${tenant}:${owner}`;
}
