import type { ListPage } from '../../../sdk/contract/answer.js';
import type { Access } from '../../gate/access.js';
import type { Principal } from '../../kernel/principal.js';
import { ProblemError } from '../../kernel/problems.js';
import type { AuditRow, TrailQueries } from './store.js';

/** What a caller needs to read the trail. */
export const VIEW_AUDIT = 'audit.view';

export interface AuditQuery {
  /** Epoch milliseconds, both ends included. */
  from?: number;
  to?: number;
  user?: string;
  action?: string;
  outcome?: string;
  /** Of the page before. */
  cursor?: string;
  /** Items on a page. */
  limit: number;
}

/** A row as it leaves: without the tenant, which is the caller's, and without what is not there. */
export interface AuditItem extends Pick<AuditRow, 'seq' | 'action' | 'target' | 'outcome'> {
  /** ISO 8601. */
  time: string;
  user?: string;
  code?: string;
  milliseconds?: number;
  bytes?: number;
  network?: string;
  requestId?: string;
  detail?: string;
}

export interface AuditService {
  /** The caller's own tenant's rows, newest first. Throws `forbidden`, or `bad_request` for a cursor that no page gave. */
  list(principal: Principal, query: AuditQuery): ListPage<AuditItem>;
}

/** Rows that one page looks at: what an index cannot find is looked for in them, and the cursor goes on behind them. */
export const LOOKED_AT = 2_000;

export function createAuditService({ trail, access }: { trail: TrailQueries; access: Access }): AuditService {
  return {
    list(principal, query) {
      access.require(principal, VIEW_AUDIT);
      const { user, action, outcome, from = 0, limit } = query;
      let [until, before] = query.cursor === undefined ? [query.to ?? Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] : readCursor(query.cursor);
      const filtered = outcome !== undefined || (user !== undefined && action !== undefined);
      const items: AuditItem[] = [];
      for (let looked = 0; looked < LOOKED_AT;) {
        const wanted = filtered ? Math.min(500, LOOKED_AT - looked) : limit - items.length + 1;
        const rows = trail.stretch({ tenant: principal.tenant, user, action, from, until, before, limit: wanted });
        for (const row of rows) {
          // There is more to look at: else no cursor is given.
          if (items.length === limit) return { items, cursor: writeCursor(until, before) };
          [until, before] = [row.time, row.seq];
          if ((action === undefined || row.action === action) && (outcome === undefined || row.outcome === outcome)) items.push(itemOf(row));
        }
        if (rows.length < wanted) return { items };
        looked += rows.length;
      }
      return { items, cursor: writeCursor(until, before) };
    },
  };
}

function itemOf({ tenant: _tenant, hash: _hash, time, ...row }: AuditRow): AuditItem {
  const given = Object.entries({ ...row, time: new Date(time).toISOString() }).filter(([, value]) => value !== null);
  return Object.fromEntries(given) as unknown as AuditItem;
}

/** The last row's place: what is written meanwhile stands before it and shifts nothing. */
function writeCursor(time: number, seq: number): string {
  return Buffer.from(JSON.stringify([time, seq])).toString('base64url');
}

function readCursor(cursor: string): [time: number, seq: number] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && place.length === 2 && place.every((part) => Number.isSafeInteger(part))) return [Number(place[0]), Number(place[1])];
  } catch {
    // Told below, like any other cursor that is not ours.
  }
  const fault = { path: 'cursor', message: 'is not a cursor that this list gave' };
  throw new ProblemError('bad_request', `query: cursor: ${fault.message}`, { errors: [fault] });
}
