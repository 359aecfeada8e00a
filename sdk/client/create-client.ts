import type { Alert } from '../contract/alert.js';
import type { TenantDisplay } from '../contract/answer.js';
import { isAnswerFrame } from '../contract/frames.js';
import type { AnswerFrame, ChangedFrame, PushFrame } from '../contract/frames.js';
import { REFRESH_INTERVAL } from '../contract/widget.js';
import { createConnection } from '../live/connection.js';
import type { LiveItem } from '../live/link.js';
import { createStore, keyOf } from '../store/store.js';
import type { Entry, Origin } from '../store/store.js';
import { createBatch } from './batch.js';
import type { CcmClient, ClientOptions, Off, WebSocketLike } from './client.js';
import { createServerClock } from './clock.js';
import { createHttp, edgeAddress } from './http.js';
import { late } from './late.js';
import { createLayouts } from './layouts.js';
import { createListeners, type Listeners } from './listeners.js';
import { PACE } from './pace.js';
import type { Pace } from './pace.js';
import { createTokenSource } from './token.js';
import { createWidgets } from './widgets.js';

/** Node 20 has none of its own. */
interface Sockets {
  WebSocket?: new (url: string) => WebSocketLike;
}

const seldom = () => import('./seldom.js');

/**
 * A client of one edge. Throws a `TypeError` where `edge` is no absolute http(s) address.
 *
 * @example
 * const client = createClient({ edge: 'https://edge.example', tokenEndpoint: '/session/ccm-token' });
 * const off = client.subscribe('sales-summary', ({ state, data }) => show(state, data));
 */
export function createClient(options: ClientOptions, pacing: Partial<Pace> = {}): CcmClient {
  const pace = { ...PACE, ...pacing };
  const edge = edgeAddress(options.edge);
  // Looked up at each call: tools that stand in for the network replace the global one.
  const fetcher: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));
  const { WebSocket: Socket = options.WebSocket === null ? undefined : (globalThis as Sockets).WebSocket } = options;
  const clock = createServerClock();
  const token = createTokenSource(options, clock, pace, fetcher);
  const http = createHttp({ edge, token, clock, pace, fetch: fetcher, timeout: options.timeout ?? 30_000 });
  const tenants = createListeners<TenantDisplay>();
  const changes = createListeners<ChangedFrame>();
  const alerts = createListeners<Alert>();
  const fires = createListeners<string | undefined>();
  /** Widgets that the edge said of that alerts of them fire; which still do says its list. */
  const fired = new Set<string | undefined>();
  let tenant: TenantDisplay | undefined;
  /** Version of the tenant's definitions, as the edge last said. */
  let definitions: string | undefined;

  const store = createStore({ local: clock.local, looked }, pace.linger);

  const batch = createBatch(http, {
    known(item) {
      const entry = store.get(item.key);
      return entry && { cursor: entry.snapshot.cursor, defined: store.isDefined(entry.id), version: entry.version };
    },
    line(frame, version) {
      if (frame.tenant) meet(frame.tenant);
      take(frame, { version });
      connection.sync();
    },
    failed(item, error) {
      store.fail(item.key, error);
    },
  }, pace);

  const listening = () => changes.size + alerts.size > 0;

  const connection = createConnection({
    http,
    token,
    pace,
    page: options.page,
    WebSocket: Socket ?? undefined,
    needed: () => options.live !== false && (store.watched().length > 0 || layouts.isExpected() || listening()),
    newsOnly: () => listening() && store.watched().every(({ answered }) => answered),
    items: () => store.watched().filter(({ answered, snapshot }) => answered && snapshot.state !== 'refused').map(itemOf),
    ask: batch.ask,
    frame,
  });

  // With the first of a dashboard's requests its connection opens: it stands when the widgets' answers come.
  const layouts = createLayouts(http, token, () => connection.sync());

  function itemOf(entry: Entry): LiveItem {
    const { key, id, params, snapshot } = entry;
    const interval = store.intervalOf(entry);
    return {
      key,
      id,
      ...(params && { params }),
      ...(snapshot.cursor !== undefined && { cursor: snapshot.cursor }),
      interval,
      ...(interval > (snapshot.widget?.refreshInterval ?? REFRESH_INTERVAL.default) && {
        refreshInterval: Math.min(REFRESH_INTERVAL.max, Math.ceil(interval)),
      }),
    };
  }

  function looked(entry: Entry, first: boolean): void {
    // Left and taken up again before anybody told the edge: its news never stopped.
    if (first && !connection.holds(entry.key)) batch.ask([entry]);
    connection.sync();
  }

  /** Another tenant than before means another viewer, whatever the token looked like. */
  function meet(next: TenantDisplay): void {
    if (tenant && tenant.id !== next.id) reset();
    const news = JSON.stringify(tenant) !== JSON.stringify(next);
    tenant = next;
    if (news) tenants.tell(next);
  }

  function take(answer: AnswerFrame, origin: Origin): void {
    const lacking = store.apply(answer, origin);
    // Asked for by the batch it would come round again and again.
    if (lacking && origin.stream !== undefined) batch.ask([lacking]);
  }

  function frame(news: PushFrame, stream: number): void {
    if (isAnswerFrame(news)) take(news, { stream });
    else if ('alert' in news) {
      alerts.tell(news.alert);
      if (news.alert.state === 'firing') fire(news.alert.widgetId);
    } else if (news.action === 'subscribed') {
      news.firing?.forEach(fire);
      // They changed while there was no connection to tell of it.
      if (definitions && definitions !== news.definitions) batch.ask(store.undefine());
      definitions = news.definitions;
      for (const { id, code, detail = code, ref } of news.refused) {
        const state = code === 'not_found' || code === 'forbidden' ? 'refused' : 'failed';
        take({ widget_id: id, ...(ref && { ref }), state, error: { code, detail } }, { stream });
      }
    } else if (news.action === 'changed') {
      batch.ask(store.undefine(news.widgets ?? []));
      changes.tell(news);
    }
  }

  function fire(id: string | undefined): void {
    fired.add(id);
    fires.tell(id);
  }

  /** Who listens keeps the connection open. */
  function listened<T>(listeners: Listeners<T>, listener: (news: T) => void): Off {
    const off = listeners.add(listener);
    connection.sync();
    return () => {
      off();
      connection.sync();
    };
  }

  function reset(): void {
    batch.reset();
    tenant = definitions = undefined;
    fired.clear();
    store.reset();
    connection.restart();
    batch.ask(store.watched());
  }

  token.onChange(({ stranger }) => {
    if (stranger) reset();
    else batch.resume();
  });

  const offPage = options.page?.onChange(() => {
    if (options.page?.hidden) return;
    token.retry();
    batch.resume();
    connection.wake();
  });

  return {
    edge,
    request: http.request,
    widgets: createWidgets(http),
    layouts,
    presets: late(async () => (await seldom()).createPresets(http)),
    modules: late(async () => (await seldom()).createModules(http)),
    alerts: late(async () => (await seldom()).createAlerts(http)),
    fetchModuleData: async (source) => (await seldom()).fetchModuleData(http, source),
    fetchExternalAPIData: async (source) => (await seldom()).fetchExternalAPIData(http, source),
    fetchSystemMetric: async (source) => (await seldom()).fetchSystemMetric(http, source),
    connection,
    get tenant() {
      return tenant;
    },
    subscribe: (id, listener, given = {}) => store.subscribe(id, listener, given),
    snapshot: (id, { params } = {}) => store.snapshot(id, params),
    refresh(id, { params } = {}) {
      const entry = store.get(keyOf(id, params));
      if (!entry) return;
      token.retry();
      if (!connection.refresh(itemOf(entry))) batch.ask([entry]);
    },
    onTenant: tenants.add,
    onChanged: (listener) => listened(changes, listener),
    onAlert: (listener) => listened(alerts, listener),
    onFiring(widgetId, listener) {
      if (fired.has(widgetId)) listener();
      return fires.add((id) => id === widgetId && listener());
    },
    onAuthRequired: token.onRequired,
    setToken: token.set,
    close() {
      offPage?.();
      batch.reset();
      connection.close();
      store.close();
      http.close();
    },
  };
}
