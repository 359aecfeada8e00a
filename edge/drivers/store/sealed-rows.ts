import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Vault } from '../../kernel/vault.js';
import type { Connection } from './open-store.js';
import { credentials } from './tables/credentials.js';
import { modules } from './tables/modules.js';

/** Where a sealed secret stands. */
export interface SealedPlace {
  what: 'credential' | 'module';
  tenant: string;
  /** The user's subject; empty where the tenant shares it, and of modules. */
  owner: string;
  name: string;
}

/** How far a rotation is, and in the end how it went. */
export interface Rotation {
  total: number;
  seen: number;
  /** Sealed anew under the newest key. */
  renewed: number;
  /** Rows that no key opens; they stay as they are. */
  unopened: SealedPlace[];
}

export interface RotationOptions {
  /** Told after each batch. */
  onBatch?: (soFar: Rotation) => void;
  /** Told within the write of a batch, once for each tenant with rows that are sealed anew in it: what it writes stands with them, or neither does. */
  within?: (tenant: string, renewed: number) => void;
}

/** Rows of one transaction: other processes wait that long for their turn to write. */
const BATCH = 100;

/** Of all tenants: the keys are the edge's. A later table with sealed secrets belongs here too. */
interface SealedRows {
  count(): number;
  /** Those after this place, in the order of the key; at most so many. */
  after(place: Omit<SealedPlace, 'what'>, limit: number): (SealedPlace & { sealed: string })[];
  reseal(place: SealedPlace, sealed: string): void;
}

const FIRST = { tenant: '', owner: '', name: '' };

/** Whether anything in the store can only be read with a key of the vault. */
export function holdsSecrets(connection: Pick<Connection, 'db'>): boolean {
  return sealedRows(connection).some((rows) => rows.after(FIRST, 1).length > 0);
}

/**
 * Seals every stored secret anew under the newest key. A batch stands as a whole or not at all, and what is under the
 * newest key already stays: it may be stopped anywhere and begun again.
 */
export function rotateKeys(connection: Connection, vault: Vault, { onBatch, within }: RotationOptions = {}): Rotation {
  const tables = sealedRows(connection);
  const result: Rotation = { total: tables.reduce((sum, rows) => sum + rows.count(), 0), seen: 0, renewed: 0, unopened: [] };

  const batch = (rows: SealedRows, from: Omit<SealedPlace, 'what'>): SealedPlace | undefined => connection.write(() => {
    const found = rows.after(from, BATCH);
    const byTenant = new Map<string, number>();
    for (const { sealed, ...place } of found) {
      const renewed = renew(vault, sealed);
      if (renewed === null) result.unopened.push(place);
      else if (renewed !== undefined) {
        rows.reseal(place, renewed);
        byTenant.set(place.tenant, (byTenant.get(place.tenant) ?? 0) + 1);
      }
    }
    for (const [tenant, count] of byTenant) {
      within?.(tenant, count);
      result.renewed += count;
    }
    result.seen += found.length;
    return found.at(-1);
  });

  for (const rows of tables) {
    for (let last = batch(rows, FIRST); last !== undefined; last = batch(rows, last)) onBatch?.(result);
  }
  return result;
}

/** The stored secrets that no key of the vault opens. Nothing is written. */
export function unopenedSecrets(connection: Pick<Connection, 'db'>, vault: Vault): SealedPlace[] {
  const unopened: SealedPlace[] = [];
  for (const rows of sealedRows(connection)) {
    for (let found = rows.after(FIRST, BATCH); found.length > 0; found = rows.after(found.at(-1) ?? FIRST, BATCH)) {
      for (const { sealed, ...place } of found) if (renew(vault, sealed) === null) unopened.push(place);
    }
  }
  return unopened;
}

/** Undefined where it is under the newest key already, null where no key opens it. */
function renew(vault: Vault, sealed: string): string | undefined | null {
  try {
    return vault.renew(sealed);
  } catch {
    return null;
  }
}

function sealedRows(connection: Pick<Connection, 'db'>): readonly SealedRows[] {
  return [credentialRows(connection), moduleRows(connection)];
}

const at = (name: string) => sql.placeholder(name);

function credentialRows({ db }: Pick<Connection, 'db'>): SealedRows {
  const { tenant, owner, name, sealed } = credentials;
  const counted = db.select({ rows: count() }).from(credentials).prepare();
  const next = db.select({ tenant, owner, name, sealed }).from(credentials)
    // As one comparison: SQLite finds the place in the key and reads on from there.
    .where(sql`(${tenant}, ${owner}, ${name}) > (${at('tenant')}, ${at('owner')}, ${at('name')})`)
    .orderBy(asc(tenant), asc(owner), asc(name)).limit(at('limit')).prepare();
  const write = db.update(credentials).set({ sealed: sql`${at('renewed')}` })
    .where(and(eq(tenant, at('tenant')), eq(owner, at('owner')), eq(name, at('name')))).prepare();
  return {
    count: () => counted.get()?.rows ?? 0,
    after: (place, limit) => next.all({ ...place, limit }).map((row) => ({ what: 'credential', ...row })),
    reseal: (place, renewed) => void write.run({ ...place, renewed }),
  };
}

function moduleRows({ db }: Pick<Connection, 'db'>): SealedRows {
  const { tenant, name, sealed } = modules;
  const counted = db.select({ rows: count() }).from(modules).prepare();
  const next = db.select({ tenant, name, sealed }).from(modules)
    .where(sql`(${tenant}, ${name}) > (${at('tenant')}, ${at('name')})`)
    .orderBy(asc(tenant), asc(name)).limit(at('limit')).prepare();
  const write = db.update(modules).set({ sealed: sql`${at('renewed')}` }).where(and(eq(tenant, at('tenant')), eq(name, at('name')))).prepare();
  return {
    count: () => counted.get()?.rows ?? 0,
    after: (place, limit) => next.all({ ...place, limit }).map((row) => ({ what: 'module', owner: '', ...row })),
    reseal: (place, renewed) => void write.run({ ...place, renewed }),
  };
}
