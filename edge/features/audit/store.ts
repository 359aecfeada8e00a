import { and, asc, desc, eq, gt, gte, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Connection } from '../../drivers/store/open-store.js';
import { audit, auditCheckpoints } from '../../drivers/store/tables/audit.js';
import type { Head } from './heads.js';

export type AuditRow = typeof audit.$inferSelect;
export type CheckpointRow = typeof auditCheckpoints.$inferSelect;

type Db = Pick<Connection, 'db'>;
const at = (name: string) => sql.placeholder(name);

/** What writes. */
export interface TrailStore {
  head(): Head | undefined;
  add(row: AuditRow): void;
  newestCheckpoint(): CheckpointRow | undefined;
  /** Does nothing where there is one of that seq: another edge has made it. */
  addCheckpoint(row: CheckpointRow): void;
}

export function createTrailStore(connection: Db): TrailStore {
  const insert = connection.db.insert(audit).values({
    seq: at('seq'), tenant: at('tenant'), time: at('time'), user: at('user'), action: at('action'), target: at('target'), outcome: at('outcome'),
    code: at('code'), milliseconds: at('milliseconds'), bytes: at('bytes'), network: at('network'), requestId: at('requestId'),
    detail: at('detail'), hash: at('hash'),
  }).prepare();
  const insertCheckpoint = connection.db.insert(auditCheckpoints)
    .values({ seq: at('seq'), time: at('time'), jws: at('jws') }).onConflictDoNothing().prepare();
  return {
    ...ends(connection),
    add: (row) => void insert.run(row),
    addCheckpoint: (row) => void insertCheckpoint.run(row),
  };
}

/** What is read to check the whole trail: page after page, so that it is never in memory. */
export interface TrailReader {
  head(): Head | undefined;
  newestCheckpoint(): CheckpointRow | undefined;
  /** Those after this seq, in their order. */
  rows(after: number, limit: number): AuditRow[];
  checkpoints(after: number, limit: number): CheckpointRow[];
}

export function createTrailReader(connection: Db): TrailReader {
  const rows = connection.db.select().from(audit).where(gt(audit.seq, at('after'))).orderBy(asc(audit.seq)).limit(at('limit')).prepare();
  const checkpoints = connection.db.select().from(auditCheckpoints)
    .where(gt(auditCheckpoints.seq, at('after'))).orderBy(asc(auditCheckpoints.seq)).limit(at('limit')).prepare();
  return {
    ...ends(connection),
    rows: (after, limit) => rows.all({ after, limit }),
    checkpoints: (after, limit) => checkpoints.all({ after, limit }),
  };
}

function ends({ db }: Db) {
  // The conditions hold for every row; with them SQLite says that it looks for one, and does not read them all.
  const head = db.select({ seq: audit.seq, hash: audit.hash }).from(audit).where(gt(audit.seq, 0)).orderBy(desc(audit.seq)).limit(1).prepare();
  const checkpoint = db.select().from(auditCheckpoints).where(gt(auditCheckpoints.seq, 0)).orderBy(desc(auditCheckpoints.seq)).limit(1).prepare();
  return { head: (): Head | undefined => head.get(), newestCheckpoint: (): CheckpointRow | undefined => checkpoint.get() };
}

/** A stretch of a tenant's rows: newest first, from the row behind `before` on. */
export interface Stretch {
  tenant: string;
  user?: string;
  action?: string;
  /** Epoch milliseconds, both ends included. */
  from: number;
  until: number;
  /** Rows of the very millisecond `until` are only those with a smaller seq. */
  before: number;
  limit: number;
}

/** What is read for people. Each query names the tenant. */
export interface TrailQueries {
  stretch(asked: Stretch): AuditRow[];
  /** Networks that the user came from, of their last `limit` rows before this time, latest first. */
  networks(tenant: string, user: string, before: number, limit: number): string[];
}

export function createTrailQueries({ db }: Db): TrailQueries {
  const stretchOf = (condition?: SQL) => db.select().from(audit).where(and(
    eq(audit.tenant, at('tenant')), condition, gte(audit.time, at('from')), lte(audit.time, at('until')),
    or(lt(audit.time, at('until')), lt(audit.seq, at('before'))),
  )).orderBy(desc(audit.time), desc(audit.seq)).limit(at('limit')).prepare();
  const ofTenant = stretchOf();
  // Without the hint SQLite thinks that the tenant and the time say enough, and walks over all other users' rows.
  const rare = (condition: SQL) => sql`unlikely(${condition})`;
  const ofUser = stretchOf(rare(eq(audit.user, at('user'))));
  const ofAction = stretchOf(rare(eq(audit.action, at('action'))));
  const lastNetworks = db.select({ network: audit.network }).from(audit)
    .where(and(eq(audit.tenant, at('tenant')), eq(audit.user, at('user')), lt(audit.time, at('before')))).orderBy(desc(audit.time)).limit(at('limit')).prepare();
  return {
    stretch(asked) {
      const query = asked.user !== undefined ? ofUser : asked.action !== undefined ? ofAction : ofTenant;
      return query.all({ ...asked });
    },
    networks: (tenant, user, before, limit) =>
      [...new Set(lastNetworks.all({ tenant, user, before, limit }).map(({ network }) => network))].filter((network) => network !== null),
  };
}
