import type { Carrier, CcmClient, Off, PageSignals } from '../client/client.js';
import { CcmError } from '../client/errors.js';
import type { CcmFault } from '../client/errors.js';
import { createListeners } from '../client/listeners.js';
import type { Alert, Severity } from '../contract/alert.js';
import type { TenantDisplay } from '../contract/answer.js';

/** What one client knows of its alerts: loaded once for all who look, and kept right by what the edge pushes. */
export interface AlertList {
  /** All that are not in order: the worst first, of those the newest. */
  readonly alerts: readonly Alert[];
  readonly state: 'loading' | 'ready' | 'failed';
  /** Why the last reading failed; what was known before stays, except where the caller may not see it any more. */
  readonly fault: CcmFault | undefined;
  /** There are more than are kept. */
  readonly isCut: boolean;
  /** The caller's own subject, and whether they may silence; undefined where the edge does not say. */
  readonly me: string | undefined;
  readonly mayManage: boolean | undefined;
  /** How times and numbers are written for them; undefined where the edge does not say. */
  readonly tenant: TenantDisplay | undefined;
  /** Those of one widget, in the same order. */
  of(widgetId: string): readonly Alert[];
  /** Tells of each change, several at once as one. Who subscribes keeps it loaded. */
  subscribe(listener: (list: AlertList) => void): Off;
  /** Takes the edge's answer to an action, before it is pushed. */
  take(alert: Alert): void;
  /** Resolves when what the edge has now is here, or why it is not. */
  reload(): Promise<void>;
}

/** How many are kept at most: the worst and newest. */
const MOST = 1000;
const PAGE = 200;
/** Pages that one reading takes at most: some may have nothing that the caller may see. */
const PAGES = 20;
/** Milliseconds between two readings where nothing is pushed. */
const EVERY = 30_000;
/** Milliseconds in which changes are told as one. */
const SETTLE = 40;

const RANK: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };
const lists = new WeakMap<CcmClient, AlertList>();

/** The list of a client; the first who asks makes it. `page` says when nobody looks: then it is not read again and again. */
export function alertListOf(client: CcmClient, page?: PageSignals): AlertList {
  let list = lists.get(client);
  if (list === undefined) lists.set(client, (list = createAlertList(client, page)));
  return list;
}

function createAlertList(client: CcmClient, page: PageSignals | undefined): AlertList {
  const listeners = createListeners<AlertList>();
  let known = new Map<string, Alert>();
  let sorted: readonly Alert[] | undefined = [];
  let state: AlertList['state'] = 'loading';
  let fault: CcmFault | undefined;
  let isCut = false;
  let me: string | undefined;
  let mayManage: boolean | undefined;
  let tenant: TenantDisplay | undefined;
  /** What came while a reading was under way: it is newer than that. */
  let meanwhile = new Map<string, Alert>();
  let reading: Promise<void> | undefined;
  /** A gap ended while a reading was under way, which may have begun before. */
  let isLate = false;
  let carrier: Carrier = 'off';
  let telling: ReturnType<typeof setTimeout> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stops: Off[] = [];

  function tell(): void {
    telling ??= setTimeout(() => {
      telling = undefined;
      listeners.tell(list);
    }, SETTLE);
  }

  function put(alert: Alert): void {
    if (typeof (alert as Partial<Alert> | null)?.id !== 'string') return;
    sorted = undefined;
    if (isOver(alert)) known.delete(alert.id);
    else known.set(alert.id, alert);
  }

  function inOrder(): readonly Alert[] {
    if (sorted === undefined) {
      sorted = [...known.values()].sort(worstFirst);
      if (sorted.length > MOST) {
        isCut = true;
        sorted = sorted.slice(0, MOST);
        known = new Map(sorted.map((alert) => [alert.id, alert]));
      }
    }
    return sorted;
  }

  function take(alert: Alert): void {
    put(alert);
    if (reading) meanwhile.set(alert.id, alert);
    tell();
  }

  async function read(): Promise<void> {
    meanwhile = new Map();
    try {
      const found: Alert[] = [];
      let cursor: string | undefined;
      let pages = 0;
      do {
        const answer = await client.alerts.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
        found.push(...answer.items);
        cursor = answer.cursor;
        ({ me = me, mayManage = mayManage, tenant = tenant } = answer);
      } while (cursor !== undefined && found.length < MOST && ++pages < PAGES);
      known = new Map();
      isCut = cursor !== undefined;
      for (const alert of [...found, ...meanwhile.values()]) put(alert);
      if (carrier === 'off') catchUp(found, state === 'loading');
      state = 'ready';
      fault = undefined;
    } catch (error) {
      fault = error instanceof CcmError ? error : new CcmError('internal', String(error));
      if (fault.code === 'forbidden' || fault.code === 'unauthenticated') {
        known = new Map();
        me = mayManage = undefined;
      }
      sorted = undefined;
      if (state === 'loading' || known.size === 0) state = 'failed';
    }
    tell();
  }

  /** The edge answers, and no news come yet: their widgets would show what was before beside them. */
  function catchUp(alerts: readonly Alert[], isFirst: boolean): void {
    client.connection.wake();
    if (isFirst) return;
    for (const id of new Set(alerts.map(({ widgetId }) => widgetId))) if (id !== undefined) client.refresh(id);
  }

  function reload(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined;
      plan();
      if (!isLate) return;
      isLate = false;
      void reload();
    });
    return reading;
  }

  /** What began before the gap ended may lack what happened in it. */
  function reloadAfterGap(): void {
    if (reading) isLate = true;
    else void reload();
  }

  function plan(): void {
    clearTimeout(timer);
    const isPushed = (carrier === 'ws' || carrier === 'sse') && fault === undefined;
    if (isPushed || listeners.size === 0 || page?.hidden) return;
    // An edge that restarts is not met by everybody at once.
    timer = setTimeout(() => void reload(), carrier === 'off' ? EVERY * (0.5 + Math.random()) : EVERY);
  }

  function onCarrier(next: Carrier): void {
    const before = carrier;
    carrier = next;
    if (next !== before && (next === 'ws' || next === 'sse')) reloadAfterGap();
    else plan();
  }

  function begin(): void {
    carrier = client.connection.carrier;
    stops = [client.onAlert(take), client.connection.onChange(onCarrier)];
    if (page) {
      stops.push(page.onChange(() => {
        if (page.hidden) clearTimeout(timer);
        else if (fault || (carrier !== 'ws' && carrier !== 'sse')) void reload();
      }));
    }
    void reload();
  }

  function end(): void {
    for (const stop of stops) stop();
    stops = [];
    clearTimeout(timer);
  }

  const list: AlertList = {
    get alerts() {
      return inOrder();
    },
    get state() {
      return state;
    },
    get fault() {
      return fault;
    },
    get isCut() {
      inOrder();
      return isCut;
    },
    get me() {
      return me;
    },
    get mayManage() {
      return mayManage;
    },
    get tenant() {
      return tenant;
    },
    of: (widgetId) => inOrder().filter((alert) => alert.widgetId === widgetId),
    subscribe(listener) {
      const off = listeners.add(listener);
      if (listeners.size === 1) begin();
      let isOn = true;
      return () => {
        if (!isOn) return;
        isOn = false;
        off();
        if (listeners.size === 0) end();
      };
    },
    take,
    reload,
  };
  return list;
}

/** It is in order, or not there any more. */
function isOver({ state }: Alert): boolean {
  return state === 'resolved' || state === 'inactive';
}

function worstFirst(a: Alert, b: Alert): number {
  return (RANK[a.severity] ?? 3) - (RANK[b.severity] ?? 3) || time(b) - time(a) || (a.id < b.id ? -1 : 1);
}

function time({ firedAt, since }: Alert): number {
  return Date.parse(firedAt ?? since) || 0;
}
