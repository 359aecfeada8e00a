/** The edge's own store: the audit trail as it is shipped (hash chain, full sync, checkpoints, anomalies), and the layouts' prepared reads. */
import { openStore } from '../../edge/drivers/store/open-store.js';
import { createKeyStore } from '../../edge/drivers/store/signing-keys.js';
import { createAudit } from '../../edge/features/audit/audit.js';
import { createLayoutStore } from '../../edge/features/layouts/store.js';
import { createStatementSigner } from '../../edge/gate/statements.js';
import { systemClock } from '../../edge/kernel/clock.js';
import { createLog } from '../../edge/kernel/log.js';
import { createMetrics } from '../../edge/kernel/metrics.js';
import { createQueryStats } from '../../edge/sources/system/query-stats.js';
import { listening } from '../contestant.js';
import { auditEvent, layoutRow, LAYOUTS, READS, ROWS } from './store-workload.js';

const queries = createQueryStats(systemClock);
const store = await openStore(`sqlite:${process.argv[2] ?? ''}`, { onQuery: (sql, milliseconds) => queries.query(sql, milliseconds) });
const keys = createKeyStore(store, systemClock);
const { audit } = createAudit({
  store, signer: await createStatementSigner(keys, 'audit'), clock: systemClock, log: createLog({ level: 'silent' }), metrics: createMetrics(),
});
const layouts = createLayoutStore(store);
for (let at = 0; at < LAYOUTS; at += 1) layouts.save(layoutRow(at));

/** In loads of the queue's half, the last of each awaited: what was asked for stands when the turn ends. */
async function insert(): Promise<void> {
  for (let at = 1; at <= ROWS; at += 1) {
    if (at % 5_000 === 0 || at === ROWS) await audit.record(auditEvent(at));
    else audit.note(auditEvent(at));
  }
}

function read(): void {
  for (let at = 0; at < READS; at += 1) {
    if (layouts.get('bench', 'u', `layout-${at % LAYOUTS}`) === undefined) throw new Error('a layout is not there');
  }
}

listening({ port: 0 }, async (message) => {
  if ((message as { turn: string }).turn === 'insert') await insert();
  else read();
  return true;
});
