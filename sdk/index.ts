import type { Fault } from './contract/problem.js';

export { createClient } from './client/create-client.js';
export { CcmError } from './client/errors.js';
export type { CcmErrorCode, CcmErrorOptions, CcmFault } from './client/errors.js';
export type {
  AlertHistoryQuery, AlertQuery, AlertRulePatch, AlertsResource, AuthReason, AuthRequired, Carrier, CatalogueItem, CatalogueQuery, CcmClient,
  ClientOptions, ConnectionStatus, LayoutsResource, ModulesResource, Off, PageSignals, PresetsResource, Reply, RequestOptions, SubscribeOptions,
  ViewerParams, WebSocketLike, WidgetDataOptions, WidgetKeyOptions, WidgetsResource, WriteOptions,
} from './client/client.js';
export { createConnectors } from './client/connectors.js';
export type { ConnectorsResource } from './client/connectors.js';
export { createCredentials } from './client/credentials.js';
export type { CredentialsResource } from './client/credentials.js';
export type { Snapshot, SnapshotState } from './store/snapshot.js';

export type * from './contract/access.js';
export type * from './contract/alert.js';
export type * from './contract/answer.js';
export type {
  AuthForm, ConnectorDefinition, ConnectorErrorCode, ConnectorLimits, DateForm, Pagination, ParamEncoding,
} from './contract/connector-definition.js';
export type * from './contract/connector.js';
export type * from './contract/credential.js';
export type * from './contract/data-source.js';
export type * from './contract/display.js';
export type * from './contract/explanation.js';
export type * from './contract/frames.js';
export type * from './contract/json-schema.js';
export type * from './contract/layout.js';
export type * from './contract/module.js';
export type * from './contract/notification.js';
export type * from './contract/problem.js';
export type * from './contract/time-interval.js';
export type * from './contract/widget.js';
export { REFRESH_INTERVAL, WIDGET_SIZES, WIDGET_TYPES } from './contract/widget.js';

export { createFormatter } from './data/format.js';
export type { Formatter, FormatterOptions } from './data/format.js';
export { toNumber } from './data/number.js';
export { getPath } from './data/path.js';
export { rowKeyOf, rowsOf } from './data/rows.js';
export { thresholdFor } from './data/threshold.js';
export { parseTime } from './data/time.js';

export { defineConnector } from './define/define-connector.js';
export { defineWidget, onWidgetKind, widgetKindOf, widgetKinds } from './define/define-widget.js';
export type { RenderWidget, WidgetBox, WidgetInput, WidgetKind, WidgetSample } from './define/widget-kind.js';


/**
 * What is wrong with a widget file, each with its path; an empty list where nothing is.
 * The validator loads with the first call.
 */
export async function validateWidget(value: unknown): Promise<Fault[]> {
  return (await import('./contract/validate.js')).validateWidget(value);
}

/** The same for a layout as a client sends it. */
export async function validateLayout(value: unknown): Promise<Fault[]> {
  return (await import('./contract/validate.js')).validateLayout(value);
}
