import { LRUCache } from 'lru-cache';
import type { Clock } from '../../kernel/clock.js';
import type { LayoutAnswer } from '../../kernel/layouts.js';

/** All layouts of one user, as they leave. */
export interface UserLayouts {
  readonly byId: ReadonlyMap<string, LayoutAnswer>;
  readonly default?: LayoutAnswer;
  /** The answer to the list: `{"items":[…]}`. */
  readonly listJson: string;
}

/** UTF-16 units kept in all, some 64 MB at most. */
const MAX_SIZE = 32 * 1024 * 1024;
/** Milliseconds after which a user's layouts are read again: the bus, which tells of other processes' writes, may lose one. */
const KEEP = 60_000;

export interface LayoutCache {
  get(tenant: string, user: string): UserLayouts | undefined;
  set(tenant: string, user: string, layouts: UserLayouts): void;
  drop(tenant: string, user: string): void;
  dropAll(): void;
}

export function createLayoutCache(clock: Clock): LayoutCache {
  const users = new LRUCache<string, { layouts: UserLayouts; until: number }>({
    maxSize: MAX_SIZE,
    sizeCalculation: ({ layouts }) => 2 * layouts.listJson.length,
  });
  return {
    get(tenant, user) {
      const kept = users.get(keyOf(tenant, user));
      return kept !== undefined && clock.monotonic() < kept.until ? kept.layouts : undefined;
    },
    set: (tenant, user, layouts) => void users.set(keyOf(tenant, user), { layouts, until: clock.monotonic() + KEEP }),
    drop: (tenant, user) => void users.delete(keyOf(tenant, user)),
    dropAll: () => users.clear(),
  };
}

/** The length goes before, so that no choice of names makes two users' keys equal. */
function keyOf(tenant: string, user: string): string {
  return `${tenant.length}:${tenant}:${user}`;
}
