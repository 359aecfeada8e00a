import type { Alert, AlertEvent, AlertPage, AlertState, Severity } from '../../../sdk/contract/alert.js';
import type { ListPage, TenantDisplay } from '../../../sdk/contract/answer.js';
import type { Access } from '../../gate/access.js';
import { maySeeAlert } from '../../gate/alert-access.js';
import { ALERTS, type AlertInstance, type AlertNews } from '../../kernel/alerts.js';
import type { AuditAction, ChangeAudit, Trace } from '../../kernel/audit.js';
import type { Bus } from '../../kernel/bus.js';
import type { Catalogue } from '../../kernel/catalogue.js';
import type { Clock } from '../../kernel/clock.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError, withheld } from '../../kernel/problems.js';
import { isText, isTime, readCursor, writeCursor } from './cursor.js';
import { eventOf } from './event.js';
import { alertOf, type Suppression } from './shown.js';
import { MOST_COMMENTS, type AlertStore } from './store.js';

/** What a caller needs to silence, and to change what others made. */
export const MANAGE_ALERTS = 'alerts.manage';

/** States that the list has where none is asked for: all that is not in order, and what was until a moment ago. */
const NOT_IN_ORDER: readonly AlertState[] = ['pending', 'firing', 'recovering', 'noData', 'error', 'resolved'];
/** States in which there is something to acknowledge. */
const OPEN: ReadonlySet<AlertState> = new Set<AlertState>(['firing', 'recovering', 'noData', 'error']);
/** Milliseconds that an alert is listed after it was over, where no state is asked for. */
export const RESOLVED_SHOWN = 15 * 60_000;
/** Rows that one page looks at: what an index cannot find is looked for in them, and the cursor goes on behind them. */
export const LOOKED_AT = 2_000;

export interface AlertListQuery {
  state?: AlertState;
  severity?: Severity;
  widget?: string;
  /** Of the page before. */
  cursor?: string;
  /** Items on a page. */
  limit: number;
}

export interface AlertEventQuery {
  alert?: string;
  widget?: string;
  severity?: Severity;
  /** Epoch milliseconds, both ends included. */
  from?: number;
  to?: number;
  cursor?: string;
  limit: number;
}

export interface AlertServiceDeps {
  rows: AlertStore;
  catalogue: Catalogue;
  access: Access;
  /** What keeps an alert from being told now. */
  suppression: (instance: AlertInstance) => Suppression;
  /** Each change leaves a row, in the same write. */
  audit: ChangeAudit;
  bus: Bus;
  clock: Clock;
  /** How each writes numbers and times: a page that shows alerts alone learns it nowhere else. */
  tenants?: ReadonlyMap<string, TenantDisplay>;
}

/** Alerts as people read them, and what they do with them. What a caller may not see is `not_found`, like what is not there. */
export interface AlertService {
  /** The worst first, then the newest. A page may have fewer items than `limit`, also none: where there is a cursor, the list goes on. */
  list(principal: Principal, query: AlertListQuery): Promise<AlertPage>;
  /** Newest first; pages as above. */
  history(principal: Principal, query: AlertEventQuery): Promise<ListPage<AlertEvent>>;
  /** Says that the caller has seen it: nobody else is called. Throws `conflict` where there is nothing to see any more. */
  ack(principal: Principal, id: string, comment?: string, trace?: Trace): Promise<Alert>;
  /** Gives it to a subject, or to nobody. */
  assign(principal: Principal, id: string, assignee: string | null, trace?: Trace): Promise<Alert>;
  comment(principal: Principal, id: string, text: string, trace?: Trace): Promise<Alert>;
}

/** What somebody does with an alert. */
interface Deed {
  readonly action: AuditAction;
  readonly what: AlertEvent['what'];
  readonly text?: string;
  readonly after: AlertInstance;
}

export function createAlertService({ rows, catalogue, access, suppression, audit, bus, clock, tenants }: AlertServiceDeps): AlertService {
  const shown = (instance: AlertInstance): Alert => alertOf(instance, suppression(instance));

  /** Read, checked and written as one. Nothing is written where there is nothing to do. */
  const change = async (principal: Principal, id: string, deedOn: (instance: AlertInstance, now: number) => Deed | undefined, trace: Trace = {}): Promise<Alert> => {
    const { tenant, subject } = principal;
    const entries = await catalogue.of(tenant);
    const { instance, changed } = rows.write(() => {
      const found = rows.get(tenant, id);
      if (found === undefined) throw notFound();
      if (!maySeeAlert(access, principal, found, entries)) throw withheld(`alert ${id}`);
      const now = clock.now();
      const deed = deedOn(found, now);
      if (deed === undefined) return { instance: found, changed: false };
      const { action, what, text, after } = deed;
      // Later than what stood there, whatever the clock says: by it whoever evaluates sees that the row is another.
      const changedTo = { ...after, updatedAt: Math.max(now, found.updatedAt + 1) };
      rows.save(changedTo);
      rows.note(eventOf(changedTo, what, now, { by: subject, ...(text !== undefined && { text }) }));
      audit.within({ tenant, user: subject, action, target: `alert ${id}`, outcome: 'ok', detail: found.rule, ...trace });
      return { instance: changedTo, changed: true };
    });
    if (!changed) return shown(instance);
    const news = newsOf(instance, suppression(instance));
    bus.publish(ALERTS, news);
    return news.alert;
  };

  return {
    async list(principal, { state, severity, widget, cursor, limit }) {
      const { tenant, subject } = principal;
      const entries = await catalogue.of(tenant);
      const last = cursor === undefined ? undefined : readCursor<[Severity, number, string]>(cursor, isSeverity, isTime, isText);
      const display = tenants?.get(tenant);
      const mine = { me: subject, mayManage: access.holds(principal, MANAGE_ALERTS), ...(display && { tenant: display }) };
      const page = pageOf({
        limit,
        after: last && { severity: last[0], since: last[1], id: last[2] },
        read: (after, wanted) => rows.page({
          tenant, user: subject, states: state === undefined ? NOT_IN_ORDER : [state], resolvedFrom: state === undefined ? clock.now() - RESOLVED_SHOWN : 0,
          ...(severity && { severity }), ...(widget !== undefined && { widgetId: widget }), ...(after && { after }), limit: wanted,
        }),
        fits: (instance) => maySeeAlert(access, principal, instance, entries),
      });
      return { items: page.items.map(shown), ...(page.last && { cursor: writeCursor(page.last.severity, page.last.since, page.last.id) }), ...mine };
    },

    async history(principal, { alert, widget, severity, from = 0, to = Number.MAX_SAFE_INTEGER, cursor, limit }) {
      const { tenant } = principal;
      const entries = await catalogue.of(tenant);
      const last = cursor === undefined ? undefined : readCursor<[number, string]>(cursor, isTime, isText);
      const page = pageOf({
        limit,
        after: last && { at: last[0], id: last[1] },
        read: (before, wanted) => rows.events({
          tenant, from, to, ...(alert !== undefined && { alertId: alert }), ...(widget !== undefined && { widgetId: widget }), ...(before && { before }), limit: wanted,
        }).map((stored) => ({ ...stored, id: stored.event.id })),
        fits: ({ user, event }) => (severity === undefined || event.severity === severity)
          && maySeeAlert(access, principal, { tenant, user, widgetId: event.widgetId ?? '' }, entries),
      });
      return { items: page.items.map(({ event }) => event), ...(page.last && { cursor: writeCursor(page.last.at, page.last.id) }) };
    },

    ack: (principal, id, comment, trace) => change(principal, id, (instance, now) => {
      if (!OPEN.has(instance.state)) throw new ProblemError('conflict', 'This alert is over: there is nothing to acknowledge any more.');
      const { subject } = principal;
      if (instance.ack?.by === subject && comment === undefined) return undefined;
      const ack = { by: subject, at: new Date(now).toISOString(), ...(comment !== undefined && { comment }) };
      return { action: 'alert.ack', what: 'acked', text: comment, after: { ...instance, ack } };
    }, trace),

    assign: (principal, id, assignee, trace) => change(principal, id, ({ assignee: before, ...instance }) => {
      if ((before ?? null) === assignee) return undefined;
      return { action: 'alert.assign', what: 'assigned', text: assignee ?? '', after: assignee === null ? instance : { ...instance, assignee } };
    }, trace),

    comment: (principal, id, text, trace) => change(principal, id, (instance) => {
      if (instance.comments >= MOST_COMMENTS) throw new ProblemError('conflict', `An alert has at most ${MOST_COMMENTS} comments.`);
      return { action: 'alert.comment', what: 'commented', text, after: { ...instance, comments: instance.comments + 1 } };
    }, trace),
  };
}

/** What pages are told of an alert. */
export function newsOf(instance: AlertInstance, suppression: Suppression): AlertNews {
  const { tenant, user } = instance;
  return { tenant, ...(user !== '' && { user }), alert: alertOf(instance, suppression) };
}

interface PageOf<Item, Place> {
  limit: number;
  after: Place | undefined;
  read(after: Place | undefined, wanted: number): Item[];
  fits(item: Item): boolean;
}

/** A page of those that fit, and where the next begins: none where all were looked at. */
function pageOf<Item extends Place, Place>({ limit, after, read, fits }: PageOf<Item, Place>): { items: Item[]; last?: Place } {
  const items: Item[] = [];
  let last = after;
  for (let looked = 0; looked < LOOKED_AT;) {
    const wanted = Math.min(Math.max(100, limit + 1), LOOKED_AT - looked);
    const found = read(last, wanted);
    for (const item of found) {
      // There is more to look at: else no cursor is given.
      if (items.length === limit) return { items, ...(last && { last }) };
      last = item;
      if (fits(item)) items.push(item);
    }
    if (found.length < wanted) return { items };
    looked += found.length;
  }
  return { items, ...(last && { last }) };
}

function isSeverity(part: unknown): part is Severity {
  return part === 'info' || part === 'warning' || part === 'critical';
}
