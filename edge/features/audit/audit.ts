import type { Store } from '../../drivers/store/open-store.js';
import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { Metrics } from '../../kernel/metrics.js';
import type { StatementSigner } from '../../kernel/signer.js';
import { createAnomalies } from './anomalies.js';
import { createCheckpoints } from './checkpoints.js';
import { createTrailQueries, createTrailStore, type TrailQueries } from './store.js';
import { createAuditWriter, type AuditWriter } from './writer.js';

export interface AuditDeps {
  store: Pick<Store, 'db' | 'write' | 'durable'>;
  signer: StatementSigner;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'auditDropped' | 'auditFailed'>;
}

/** Rows of a user that are looked through for the networks that they came from, when the edge first hears of them. */
const NETWORK_ROWS = 500;

/** The whole trail: what writes it, and what it is read by. */
export function createAudit({ store, signer, clock, log, metrics }: AuditDeps): { audit: AuditWriter; trail: TrailQueries } {
  const connection = store.durable();
  const plain = createTrailStore(store);
  const trail = createTrailQueries(store);
  const audit = createAuditWriter({
    durable: { connection, trail: createTrailStore(connection) },
    plain,
    checkpoints: createCheckpoints({ trail: plain, signer, clock, log, metrics }),
    anomalies: createAnomalies((tenant, user, before) => trail.networks(tenant, user, before, NETWORK_ROWS)),
    clock, log, metrics,
  });
  return { audit, trail };
}
