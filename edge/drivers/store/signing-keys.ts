import { eq, sql } from 'drizzle-orm';
import type { Clock } from '../../kernel/clock.js';
import type { KeyStore } from '../../kernel/signer.js';
import type { Store } from './open-store.js';
import { signingKeys } from './tables/signing-keys.js';

/** The edge's own keys, in its database. */
export function createKeyStore(store: Pick<Store, 'db'>, clock: Clock): KeyStore {
  const read = store.db.select().from(signingKeys).where(eq(signingKeys.name, sql.placeholder('name'))).prepare();
  const write = store.db
    .insert(signingKeys)
    .values({ name: sql.placeholder('name'), jwk: sql.placeholder('jwk'), createdAt: sql.placeholder('createdAt') })
    .onConflictDoNothing()
    .prepare();

  const load = async (name: string): Promise<Record<string, unknown> | undefined> => {
    const row = read.get({ name });
    return row === undefined ? undefined : (JSON.parse(row.jwk) as Record<string, unknown>);
  };

  return {
    load,
    async save(name, jwk) {
      write.run({ name, jwk: JSON.stringify(jwk), createdAt: clock.now() });
      // Another edge may have been faster: what stands in the table counts.
      return (await load(name)) ?? jwk;
    },
  };
}
