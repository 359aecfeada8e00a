/** The floor: better-sqlite3 by hand on the same tables. Rows in transactions of 1,000 without a chain; and the peer, one row a statement by drizzle, not prepared. */
import Client from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { openStore } from '../../edge/drivers/store/open-store.js';
import { audit } from '../../edge/drivers/store/tables/audit.js';
import { listening } from '../contestant.js';
import { auditEvent, layoutRow, LAYOUTS, READS, ROWS } from './store-workload.js';

const file = process.argv[2] ?? '';
(await openStore(`sqlite:${file}`)).close();
const client = new Client(file);
client.pragma('synchronous = NORMAL');
const db = drizzle(client);
const hash = '0'.repeat(64);

const addRow = client.prepare(`INSERT INTO audit (seq, tenant, time, user, action, target, outcome, code, milliseconds, bytes, network, request_id, detail, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, NULL, ?, NULL, ?)`);
const thousand = client.transaction((from: number) => {
  for (let at = from; at < from + 1_000; at += 1) {
    const row = auditEvent(at);
    addRow.run(at, row.tenant, Date.now(), row.user, row.action, row.target, row.outcome, row.milliseconds, row.bytes, row.requestId, hash);
  }
});
const addLayout = client.prepare(`INSERT INTO layouts (tenant, user, id, name, is_default, columns, widgets, revision, created_at, updated_at)
  VALUES (?, ?, ?, ?, 0, NULL, ?, 1, ?, ?)`);
for (let at = 0; at < LAYOUTS; at += 1) {
  const row = layoutRow(at);
  addLayout.run(row.tenant, row.user, row.id, row.name, row.widgets, row.createdAt, row.updatedAt);
}
const getLayout = client.prepare('SELECT * FROM layouts WHERE tenant = ? AND user = ? AND id = ?');

let next = 1;
const turns: Record<string, () => void> = {
  insert() {
    for (let written = 0; written < ROWS; written += 1_000) thousand(next + written);
    next += ROWS;
  },
  /** A tenth of the rows: it takes long. */
  single() {
    for (const end = next + ROWS / 10; next < end; next += 1) db.insert(audit).values({ ...auditEvent(next), seq: next, time: Date.now(), hash }).run();
  },
  read() {
    for (let at = 0; at < READS; at += 1) {
      if (getLayout.get('bench', 'u', `layout-${at % LAYOUTS}`) === undefined) throw new Error('a layout is not there');
    }
  },
};
listening({ port: 0 }, (message) => {
  turns[(message as { turn: string }).turn]?.();
  return true;
});
