import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Store } from '../../drivers/store/open-store.js';
import { credentials } from '../../drivers/store/tables/credentials.js';
import type { SecretPlace } from '../../kernel/vault.js';

export type CredentialRow = typeof credentials.$inferSelect;

/** Credentials by prepared statements. Each names tenant and owner; the owner of shared ones is the empty text. */
export interface CredentialStore {
  /** By name. */
  list(tenant: string, owner: string): CredentialRow[];
  get(place: SecretPlace): CredentialRow | undefined;
  count(tenant: string, owner: string): number;
  /** Those of users for an API, and whose they are: by owner. */
  ownedFor(tenant: string, apiName: string): Pick<CredentialRow, 'owner' | 'name'>[];
  /** Makes the row, or puts another secret in its place. */
  save(row: CredentialRow): void;
  remove(place: SecretPlace): void;
  /** Puts another ciphertext in the place of that very secret's; false where it is not there any more. */
  reseal(row: SecretPlace & Pick<CredentialRow, 'id'>, sealed: string): boolean;
  /** Remembers a use of that very secret, at epoch milliseconds. */
  used(row: SecretPlace & Pick<CredentialRow, 'id'>, at: number): void;
  /** Runs reads and writes as one. */
  write<T>(work: () => T): T;
}

export function createCredentialStore({ db, write }: Pick<Store, 'db' | 'write'>): CredentialStore {
  const at = (name: string) => sql.placeholder(name);
  const ofOwner = and(eq(credentials.tenant, at('tenant')), eq(credentials.owner, at('owner')));
  const one = and(ofOwner, eq(credentials.name, at('name')));
  const all = db.select().from(credentials).where(ofOwner).orderBy(asc(credentials.name)).prepare();
  const byName = db.select().from(credentials).where(one).prepare();
  const owned = db.select({ owner: credentials.owner, name: credentials.name }).from(credentials)
    .where(and(eq(credentials.tenant, at('tenant')), sql`${credentials.owner} > ''`, eq(credentials.apiName, at('apiName')))).orderBy(asc(credentials.owner)).prepare();
  const counted = db.select({ rows: count() }).from(credentials).where(ofOwner).prepare();
  const upsert = db.insert(credentials).values({
    tenant: at('tenant'), owner: at('owner'), name: at('name'), id: at('id'), apiName: at('apiName'), authType: at('authType'),
    last4: at('last4'), sealed: at('sealed'), createdBy: at('createdBy'), createdAt: at('createdAt'), lastUsedAt: null,
  }).onConflictDoUpdate({
    target: [credentials.tenant, credentials.owner, credentials.name],
    set: {
      id: sql`excluded.id`, apiName: sql`excluded.api_name`, authType: sql`excluded.auth_type`, last4: sql`excluded.last4`,
      sealed: sql`excluded.sealed`, createdBy: sql`excluded.created_by`, createdAt: sql`excluded.created_at`, lastUsedAt: null,
    },
  }).prepare();
  const drop = db.delete(credentials).where(one).prepare();
  const seal = db.update(credentials).set({ sealed: sql`${at('sealed')}` }).where(and(one, eq(credentials.id, at('id')))).prepare();
  const touch = db.update(credentials)
    // Several edges write what they saw, in any order.
    .set({ lastUsedAt: sql`max(coalesce(${credentials.lastUsedAt}, 0), ${at('at')})` })
    .where(and(one, eq(credentials.id, at('id')))).prepare();

  return {
    list: (tenant, owner) => all.all({ tenant, owner }),
    get: ({ tenant, owner, name }) => byName.get({ tenant, owner, name }),
    ownedFor: (tenant, apiName) => owned.all({ tenant, apiName }),
    count: (tenant, owner) => counted.get({ tenant, owner })?.rows ?? 0,
    save: (row) => void upsert.run(row),
    remove: ({ tenant, owner, name }) => void drop.run({ tenant, owner, name }),
    reseal: ({ tenant, owner, name, id }, sealed) => seal.run({ tenant, owner, name, id, sealed }).changes === 1,
    used: ({ tenant, owner, name, id }, time) => void touch.run({ tenant, owner, name, id, at: time }),
    write,
  };
}
