import type { ListPage } from '../../../../sdk/contract/answer.js';
import type { Access } from '../../../gate/access.js';
import type { Notification } from '../../../kernel/alerts.js';
import type { ChangeAudit, Trace } from '../../../kernel/audit.js';
import type { Principal } from '../../../kernel/principal.js';
import { notFound, ProblemError } from '../../../kernel/problems.js';
import { isText, isTime, readCursor, writeCursor } from '../cursor.js';
import { MANAGE_ALERTS } from '../service.js';
import { receiverOf } from './receiver.js';
import type { DispatchStore, OutboxRow, OutboxState } from './store.js';
import type { SteadyTime } from './time.js';

/** A message as who manages alerts sees it. */
export interface OutboxItem {
  id: string;
  notifier: string;
  /** Whose own address it goes to; which one is theirs alone to know. */
  user?: string;
  state: OutboxState;
  status: Notification['status'];
  reason?: string;
  /** How many it tells of. */
  alerts: number;
  /** What it tells of first; not of a message to a user's own address, which may be about what is theirs alone. */
  title?: string;
  attempts: number;
  /** ISO 8601. */
  createdAt: string;
  sentAt?: string;
  /** When it is tried next. */
  nextAt?: string;
  /** Why the last try failed. */
  fault?: string;
}

export interface OutboxService {
  /** Newest first. Each of these throws `forbidden` without `alerts.manage`. */
  list(principal: Principal, query: { state?: OutboxState; cursor?: string; limit: number }): ListPage<OutboxItem>;
  /** Tries a dead one from the beginning, with the same id. Throws `not_found`, or `conflict` where it is not dead. */
  resend(principal: Principal, id: string, trace?: Trace): OutboxItem;
}

export interface OutboxDeps {
  rows: DispatchStore;
  access: Access;
  audit: ChangeAudit;
  time: SteadyTime;
  /** There is something to send. */
  wake(): void;
}

export function createOutbox({ rows, access, audit, time, wake }: OutboxDeps): OutboxService {
  const iso = (moment: number): string => new Date(time.wall(moment)).toISOString();
  const itemOf = ({ id, receiver, notifier, state, body, attempts, nextAt, sentAt, fault }: OutboxRow): OutboxItem => {
    const { status, reason, alerts, truncated, at } = JSON.parse(body) as Notification;
    const { user } = receiverOf(receiver);
    const [first] = alerts;
    return {
      id, notifier, state: state as OutboxState, status, alerts: alerts.length + truncated, attempts, createdAt: new Date(at).toISOString(),
      ...(user !== undefined ? { user } : first && { title: first.title }),
      ...(reason && { reason }),
      ...(sentAt !== null && { sentAt: iso(sentAt) }),
      ...(state === 'waiting' && { nextAt: iso(nextAt) }),
      ...(fault !== null && { fault }),
    };
  };

  return {
    list(principal, { state, cursor, limit }) {
      access.require(principal, MANAGE_ALERTS);
      const last = cursor === undefined ? undefined : readCursor<[number, string]>(cursor, isTime, isText);
      const found = rows.messages({
        tenant: principal.tenant, limit: limit + 1, ...(state && { state }), ...(last && { before: { at: last[0], id: last[1] } }),
      });
      const page = found.slice(0, limit);
      const end = page.at(-1);
      return { items: page.map(itemOf), ...(found.length > limit && end && { cursor: writeCursor(end.createdAt, end.id) }) };
    },
    resend(principal, id, trace = {}) {
      access.require(principal, MANAGE_ALERTS);
      const { tenant, subject } = principal;
      const row = rows.write(() => {
        if (rows.message(tenant, id) === undefined) throw notFound();
        if (!rows.resend(tenant, id, time.now())) throw new ProblemError('conflict', 'This message is not given up: it waits for its turn, or was delivered.');
        audit.within({ tenant, user: subject, action: 'alert.resend', target: `message ${id}`, outcome: 'ok', ...trace });
        return rows.message(tenant, id);
      });
      if (row === undefined) throw notFound();
      wake();
      return itemOf(row);
    },
  };
}
