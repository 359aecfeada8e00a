import type { Calendar } from '../../data/calendar.js';
import { type SetOrder, totalOf } from '../../data/superstore.js';
import type { Order } from '../../ledger/orders.js';
import { type Lead, type Stage, leadsOf } from '../../ledger/pipeline.js';
import { type Db, openModuleDatabase } from '../database.js';

const SCHEMA = `
  CREATE TABLE opportunities (
    tenant TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER, customer TEXT NOT NULL, segment TEXT NOT NULL, amount INTEGER NOT NULL,
    lost_at TEXT, stage TEXT NOT NULL, opened_at INTEGER NOT NULL, closed_at INTEGER, outcome TEXT,
    PRIMARY KEY (id, tenant)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX opportunities_by_place ON opportunities (tenant, seq);
  CREATE INDEX opportunities_open ON opportunities (tenant, stage, amount) WHERE outcome IS NULL;
  CREATE INDEX opportunities_by_close ON opportunities (tenant, closed_at, outcome, amount);
  CREATE TABLE customers (
    tenant TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, segment TEXT NOT NULL, first_day TEXT NOT NULL,
    PRIMARY KEY (id, tenant)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE buys (tenant TEXT NOT NULL, day TEXT NOT NULL, customer_id TEXT NOT NULL, amount INTEGER NOT NULL) STRICT;
  CREATE INDEX buys_by_day ON buys (tenant, day, customer_id);
`;

/** Deals and customers. Money is in cents. */
export interface CrmStore {
  readonly db: Db;
  /** The deal of a coming order and the leads beside it enter the pipeline. */
  open(tenant: string, order: SetOrder, seq: number, stage: Stage, at: number): void;
  /** The deal at a place of the queue moves on; what ends at this stage is lost. */
  enter(tenant: string, seq: number, stage: Stage, at: number): void;
  /** The order arrived: its deal is won. One that a visitor placed was never a lead: it is opened and won at once. */
  win(order: Order, calendar: Calendar): void;
}

export function openCrmStore(folder: string): CrmStore {
  const db = openModuleDatabase(folder, 'crm', SCHEMA);
  const insert = db.prepare(
    `INSERT INTO opportunities VALUES (@tenant, @id, @seq, @customer, @segment, @amount, @lostAt, @stage, @openedAt, @closedAt, @outcome)`,
  );
  const move = db.prepare('UPDATE opportunities SET stage = @stage WHERE tenant = @tenant AND seq = @seq AND outcome IS NULL');
  const lose = db.prepare(
    `UPDATE opportunities SET outcome = 'lost', closed_at = @at
     WHERE tenant = @tenant AND seq = @seq AND outcome IS NULL AND lost_at = @stage`,
  );
  const won = db.prepare(
    `UPDATE opportunities SET outcome = 'won', closed_at = @at
     WHERE tenant = @tenant AND seq = @seq AND outcome IS NULL AND lost_at IS NULL`,
  );
  const meet = db.prepare('INSERT INTO customers VALUES (@tenant, @customerId, @customer, @segment, @day) ON CONFLICT DO NOTHING');
  const buy = db.prepare('INSERT INTO buys VALUES (@tenant, @day, @customerId, @amount)');

  type Entry = Omit<Lead, 'seq'> & { seq: number | null };
  const add = (tenant: string, order: SetOrder | Order, lead: Entry, stage: Stage, at: number, outcome: 'won' | null) => {
    const { customer, segment } = order;
    insert.run({
      tenant, id: lead.id, seq: lead.seq, customer, segment, amount: totalOf(order), lostAt: lead.lostAt ?? null, stage,
      openedAt: at, closedAt: outcome === null ? null : at, outcome,
    });
  };
  return {
    db,
    open(tenant, order, seq, stage, at) {
      for (const lead of leadsOf(order, seq)) add(tenant, order, lead, stage, at, null);
    },
    enter(tenant, seq, stage, at) {
      lose.run({ tenant, seq, stage, at });
      move.run({ tenant, seq, stage });
    },
    win(order, calendar) {
      const { tenant, at, seq, customerId, customer, segment } = order;
      if (seq === undefined) add(tenant, order, { id: order.id, seq: null }, 'negotiation', at, 'won');
      else {
        lose.run({ tenant, seq, stage: 'close', at });
        if (won.run({ tenant, seq, at }).changes !== 1) throw new Error(`Order ${order.id} of ${tenant} was no open deal.`);
      }
      const day = calendar.day(at);
      meet.run({ tenant, customerId, customer, segment, day });
      buy.run({ tenant, day, customerId, amount: totalOf(order) });
    },
  };
}
