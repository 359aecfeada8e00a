import type { Clock } from '../../kernel/clock.js';
import type { CredentialRow, CredentialStore } from './store.js';

/** Milliseconds between two writes of when credentials were used: one a minute each, all in one. */
const EVERY = 60_000;

/** When each credential was used last, ahead of what the store says. */
export interface CredentialUses {
  mark(row: CredentialRow): void;
  /** Epoch milliseconds; undefined where that secret was never used. */
  lastOf(row: CredentialRow): number | undefined;
  /** Writes what is not written yet. */
  close(): void;
}

/** @param onFault told where they could not be written: no call fails for that */
export function createCredentialUses(rows: Pick<CredentialStore, 'used' | 'write'>, clock: Clock, onFault: (error: unknown) => void): CredentialUses {
  /** By the secret's id. */
  const unwritten = new Map<string, { row: CredentialRow; at: number }>();
  let cancel: (() => void) | undefined;

  const write = (): void => {
    cancel = undefined;
    const uses = [...unwritten.values()];
    try {
      rows.write(() => {
        for (const { row, at } of uses) rows.used(row, at);
      });
      unwritten.clear();
    } catch (error) {
      onFault(error);
    }
  };

  return {
    mark(row) {
      unwritten.set(row.id, { row, at: clock.now() });
      cancel ??= clock.after(EVERY, write);
    },
    lastOf: ({ id, lastUsedAt }) => unwritten.get(id)?.at ?? lastUsedAt ?? undefined,
    close() {
      cancel?.();
      if (unwritten.size > 0) write();
    },
  };
}
