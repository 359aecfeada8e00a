import { createKeyStore } from '../../../drivers/store/signing-keys.js';
import { openStore, type Store } from '../../../drivers/store/open-store.js';
import { createStatementSigner, createStatementVerifier } from '../../../gate/statements.js';
import type { AuditEvent } from '../../../kernel/audit.js';
import { systemClock, type Clock } from '../../../kernel/clock.js';
import { createLog } from '../../../kernel/log.js';
import { createMetrics, type Metrics } from '../../../kernel/metrics.js';
import { createAudit } from '../audit.js';
import { AUDIT_KEY } from '../checkpoints.js';
import { createTrailReader, type TrailQueries } from '../store.js';
import { verifyTrail, type Verification } from '../verify.js';
import type { AuditWriter } from '../writer.js';

/** The part of better-sqlite3 by which a test does what an attacker would. */
export interface SqliteClient {
  exec(sql: string): void;
  prepare(sql: string): { run(...values: unknown[]): unknown; all(...values: unknown[]): unknown[]; get(...values: unknown[]): unknown };
}

export interface AuditRig {
  store: Store;
  audit: AuditWriter;
  trail: TrailQueries;
  metrics: Metrics;
  /** Lines of the log, parsed. */
  lines: Record<string, unknown>[];
  client: SqliteClient;
  /** Drops the triggers and runs this. */
  tamper(...sql: string[]): void;
  verify(heads?: readonly string[], onProgress?: (rows: number, of: number) => void): Promise<Verification>;
  close(): Promise<void>;
}

export function event(more: Partial<AuditEvent> = {}): AuditEvent {
  return { tenant: 'acme', user: 'ada', action: 'external.call', target: 'stripe /v1/charges', outcome: 'ok', ...more };
}

/** The trail of a store, with all that belongs to it. */
export async function auditRig({ url = 'sqlite::memory:', clock = systemClock }: { url?: string; clock?: Clock } = {}): Promise<AuditRig> {
  const store = await openStore(url);
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ destination: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) } });
  const metrics = createMetrics();
  const keys = createKeyStore(store, clock);
  const { audit, trail } = createAudit({ store, signer: await createStatementSigner(keys, AUDIT_KEY), clock, log, metrics });
  const client = (store.db as Store['db'] & { $client: SqliteClient }).$client;
  return {
    store, audit, trail, metrics, lines, client,
    tamper(...statements) {
      for (const sql of ['DROP TRIGGER IF EXISTS audit_never_updated', 'DROP TRIGGER IF EXISTS audit_never_deleted', ...statements]) client.exec(sql);
    },
    verify: async (heads, onProgress) => verifyTrail({
      trail: createTrailReader(store), verifier: await createStatementVerifier(keys, AUDIT_KEY), ...(heads && { heads }), ...(onProgress && { onProgress }),
    }),
    async close() {
      await audit.close();
      store.close();
    },
  };
}

/** The value of a counter of `GET /metrics`. */
export async function counter(metrics: Metrics, name: string): Promise<number> {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await metrics.text())?.[1]);
}
