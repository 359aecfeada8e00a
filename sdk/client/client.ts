import type { Alert, AlertEvent, AlertPage, AlertRule, AlertRuleInput, AlertRuleTrial, AlertState, BacktestResult, Severity, Silence, SilenceInput } from '../contract/alert.js';
import type { Answer, ListPage, TenantDisplay } from '../contract/answer.js';
import type { ExternalAPIDataSource, ModuleDataSource, SystemDataSource } from '../contract/data-source.js';
import type { WidgetExplanation } from '../contract/explanation.js';
import type { ChangedFrame } from '../contract/frames.js';
import type { DashboardLayout, DashboardPreset, LayoutInput, LayoutPatch } from '../contract/layout.js';
import type { ModuleInfo, ModuleInput } from '../contract/module.js';
import type { NotificationSettings } from '../contract/notification.js';
import type { CCMWidget, WidgetDefinition } from '../contract/widget.js';
import type { Snapshot } from '../store/snapshot.js';

/** Undoes a subscription; calling it again does nothing. */
export type Off = () => void;

/** Values that a viewer sets for a widget's declared params. */
export type ViewerParams = Record<string, string | number | boolean>;

/** How live news arrives now; `off`: not connected. */
export type Carrier = 'ws' | 'sse' | 'poll' | 'off';

/**
 * Why there is no token:
 * - `missing`: none was given
 * - `refused`: the token source says no (401, 403, or an empty answer): the viewer is not logged in there
 * - `expired`: the one that was given is at its end, or will be in a moment
 * - `rejected`: the edge does not accept the token, and there is no newer one
 * - `unavailable`: the token source failed; it is asked again by itself
 */
export type AuthReason = 'missing' | 'refused' | 'expired' | 'rejected' | 'unavailable';

export interface AuthRequired {
  readonly reason: AuthReason;
  readonly detail: string;
}

/** What a page tells of itself, so that this code needs no DOM. */
export interface PageSignals {
  /** Nobody sees the page: polling rests. */
  readonly hidden: boolean;
  /** Called when `hidden` changes, the network is back, or the page wakes. Returns the undo. */
  onChange(listener: () => void): Off;
}

/** The part of a browser's WebSocket that is used. */
export interface WebSocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

export interface ClientOptions {
  /** Address of the edge, for example `https://edge.example`; a path before `/api` is kept. */
  edge: string;
  /** A JWT. Renew it with `setToken`. */
  token?: string;
  /** Gives a JWT whenever a new one is needed. */
  getToken?: () => string | Promise<string>;
  /** POSTed with the page's own cookie; answers `{token, expiresAt}`. */
  tokenEndpoint?: string;
  /** Default: the global one. */
  fetch?: typeof fetch;
  /** Default: the global one; `null` goes without (SSE, then polling). */
  WebSocket?: (new (url: string) => WebSocketLike) | null;
  /** `false`: first answers only, no live connection (default `true`). */
  live?: boolean;
  page?: PageSignals;
  /** Milliseconds that one request may take (default 30,000). */
  timeout?: number;
}

export interface RequestOptions {
  /** A list is sent with commas between. */
  query?: Record<string, readonly string[] | string | number | boolean | undefined>;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** One thing as the edge gave it. */
export interface Reply<T = unknown> {
  data: T;
  /** For `If-Match`. */
  etag?: string;
  status: number;
}

export interface SubscribeOptions {
  params?: ViewerParams;
  /** Seconds; of several live ones the shortest counts, never below the definition's. */
  refreshInterval?: number;
  /** Keeps what is known and hears of it where another asks; by itself it asks for nothing. For what nobody sees. */
  idle?: boolean;
}

export interface WidgetKeyOptions {
  params?: ViewerParams;
}

export interface CatalogueQuery {
  /** Only these; those that are not there, or not to be seen, are left out. */
  ids?: readonly string[];
  query?: string;
  category?: string;
  tag?: string;
  type?: string;
  cursor?: string;
  limit?: number;
}

/** A definition in the catalogue, with what it needs to be of use. */
export interface CatalogueItem extends WidgetDefinition {
  requires?: { connector?: string; credential?: string; met: boolean };
}

export interface WidgetDataOptions {
  params?: ViewerParams;
  /** A window of a long table; the answer then has `total`. */
  rows?: { from: number; count: number };
  sort?: string;
  search?: string;
  signal?: AbortSignal;
}

export interface WriteOptions {
  /** An etag: if the thing changed since, nothing is written and the error's code is `stale_etag`. */
  ifMatch?: string;
}

export interface WidgetsResource {
  list(query?: CatalogueQuery): Promise<ListPage<CatalogueItem>>;
  get(id: string): Promise<Reply<WidgetDefinition>>;
  data(id: string, options?: WidgetDataOptions): Promise<Answer>;
  /** How its answer is got: its source, how old it is, the last error, when it is asked again. */
  explain(id: string, options?: Pick<WidgetDataOptions, 'params' | 'signal'>): Promise<WidgetExplanation>;
  create(widget: CCMWidget): Promise<Reply<CCMWidget>>;
  replace(id: string, widget: CCMWidget, options?: WriteOptions): Promise<Reply<CCMWidget>>;
  /** A JSON Merge Patch: `null` takes a field away. */
  patch(id: string, patch: { [Field in keyof CCMWidget]?: CCMWidget[Field] | null }, options?: WriteOptions): Promise<Reply<CCMWidget>>;
  remove(id: string, options?: WriteOptions): Promise<void>;
}

export interface LayoutsResource {
  list(): Promise<ListPage<DashboardLayout>>;
  /** `default`: the caller's default, else the preset of their role. */
  get(id: string): Promise<Reply<DashboardLayout>>;
  /** Asks for it now; the next `get` of it, within seconds, is answered by that. */
  ahead(id: string): void;
  create(layout: LayoutInput): Promise<Reply<DashboardLayout>>;
  /** On `default` of one who has none: makes their copy of the preset. */
  update(id: string, patch: LayoutPatch, options?: WriteOptions): Promise<Reply<DashboardLayout>>;
  remove(id: string, options?: WriteOptions): Promise<void>;
  duplicate(id: string): Promise<Reply<DashboardLayout>>;
}

export interface PresetsResource {
  /** Those that the caller's roles allow. */
  list(): Promise<ListPage<DashboardPreset>>;
  apply(role: string): Promise<Reply<DashboardLayout>>;
}

export interface ModulesResource {
  list(): Promise<ListPage<ModuleInfo>>;
  /** Registers a module for the caller's tenant, or gives it another address or secret. Needs `modules.manage`, as does `remove`. */
  register(name: string, input: ModuleInput): Promise<ModuleInfo>;
  remove(name: string): Promise<void>;
}

export interface AlertQuery {
  /** Default: all that is not in order. */
  state?: AlertState;
  severity?: Severity;
  widget?: string;
  cursor?: string;
  limit?: number;
}

export interface AlertHistoryQuery {
  alert?: string;
  widget?: string;
  severity?: Severity;
  /** ISO 8601. */
  from?: string;
  to?: string;
  cursor?: string;
  limit?: number;
}

/** A change of a rule: `null` takes a field away. */
export type AlertRulePatch = { [Field in keyof AlertRuleInput]?: AlertRuleInput[Field] | null };

export interface AlertsResource {
  /** Those of widgets that the caller may see, the worst and newest first. */
  list(query?: AlertQuery): Promise<AlertPage>;
  /** Newest first. */
  history(query?: AlertHistoryQuery): Promise<ListPage<AlertEvent>>;
  ack(id: string, comment?: string): Promise<Alert>;
  /** To a subject; `null` to nobody. */
  assign(id: string, assignee: string | null): Promise<Alert>;
  comment(id: string, text: string): Promise<Alert>;
  /** Of definitions, of the settings and of users. */
  rules(query?: { widget?: string }): Promise<ListPage<AlertRule>>;
  createRule(input: AlertRuleInput): Promise<AlertRule>;
  patchRule(id: string, patch: AlertRulePatch): Promise<AlertRule>;
  removeRule(id: string): Promise<void>;
  /** What the rule would have done in the last hours (default 24). */
  backtest(rule: AlertRuleTrial, hours?: number): Promise<BacktestResult>;
  silences(): Promise<ListPage<Silence>>;
  silence(input: SilenceInput): Promise<Silence>;
  endSilence(id: string): Promise<void>;
  testNotifier(name: string): Promise<{ ok: boolean; detail?: string }>;
  notifications(): Promise<NotificationSettings>;
  setNotifications(settings: NotificationSettings): Promise<NotificationSettings>;
}

export interface ConnectionStatus {
  readonly carrier: Carrier;
  onChange(listener: (carrier: Carrier) => void): Off;
  /** The edge was just heard, the page is seen again, or the network is back: what waits for another try is tried within a second. */
  wake(): void;
}

/** One edge, one token, one live connection, one snapshot a widget. */
export interface CcmClient {
  /** The address given, without a slash at the end. */
  readonly edge: string;
  readonly widgets: WidgetsResource;
  readonly layouts: LayoutsResource;
  readonly presets: PresetsResource;
  readonly modules: ModulesResource;
  readonly alerts: AlertsResource;
  readonly connection: ConnectionStatus;
  /** How the tenant writes numbers and times; known after the first batch. */
  readonly tenant: TenantDisplay | undefined;

  /**
   * One call to the edge. `path` is relative to `/api/v1` and starts with a slash.
   * GETs are tried again where that can help. Rejects with `CcmError`.
   */
  request<T = unknown>(method: string, path: string, options?: RequestOptions): Promise<Reply<T>>;

  fetchModuleData(dataSource: ModuleDataSource): Promise<Answer>;
  fetchExternalAPIData(dataSource: ExternalAPIDataSource): Promise<Answer>;
  fetchSystemMetric(dataSource: SystemDataSource): Promise<Answer>;

  /**
   * Tells of each new snapshot of a widget, and at once (before it returns) of the one that stands.
   * All subscriptions made in one task are asked in one request and share one connection.
   */
  subscribe(widgetId: string, listener: (snapshot: Snapshot) => void, options?: SubscribeOptions): Off;
  snapshot(widgetId: string, options?: WidgetKeyOptions): Snapshot;
  /** Asks the edge to fetch again now; it may decline where that was done a moment ago. */
  refresh(widgetId: string, options?: WidgetKeyOptions): void;

  onTenant(listener: (tenant: TenantDisplay) => void): Off;
  /** Definitions or layouts changed at the edge. Widgets on screen are asked again by the client itself. */
  onChanged(listener: (frame: ChangedFrame) => void): Off;
  /** An alert of a widget that the caller may see came into another state, or somebody did something about it. */
  onAlert(listener: (alert: Alert) => void): Off;
  /**
   * An alert of this widget fires: told at once where that is known, and each time that the edge says so. Where nothing is pushed
   * nothing is told.
   */
  onFiring(widgetId: string, listener: () => void): Off;
  onAuthRequired(listener: (event: AuthRequired) => void): Off;
  /** Another token. That of another subject or tenant empties the store. */
  setToken(token: string): void;
  /** Ends the connection, the timers and the requests under way. */
  close(): void;
}
