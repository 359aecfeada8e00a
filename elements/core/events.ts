import type { DashboardLayout } from '../../sdk/contract/layout.js';

/** Every event of the elements bubbles and crosses shadow roots; its name and `detail` are the contract. */
abstract class CcmEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: string, detail: Detail) {
    super(type, { detail, bubbles: true, composed: true });
  }
}

export interface DataDetail {
  widgetId: string;
  data: unknown;
  /** ISO 8601. */
  timestamp: string;
  stale: boolean;
}
/** A widget has an answer, or learned that it is stale. */
export class CcmDataEvent extends CcmEvent<DataDetail> {
  constructor(detail: DataDetail) {
    super('ccm-data', detail);
  }
}

export interface ActionDetail {
  widgetId: string;
  action: string;
  row: unknown;
  rowKey: string;
}
/** A row's action was chosen. */
export class CcmActionEvent extends CcmEvent<ActionDetail> {
  constructor(detail: ActionDetail) {
    super('ccm-action', detail);
  }
}

export interface ErrorDetail {
  widgetId?: string;
  code: string;
  detail: string;
}
/** Something went wrong; the element shows it too. */
export class CcmErrorEvent extends CcmEvent<ErrorDetail> {
  constructor(detail: ErrorDetail) {
    super('ccm-error', detail);
  }
}

export interface ReadyDetail {
  /** Of a widget: those of a dashboard tell of themselves through it. */
  widgetId?: string;
}
/** The element shows its first answer. */
export class CcmReadyEvent extends CcmEvent<ReadyDetail> {
  constructor(detail: ReadyDetail = {}) {
    super('ccm-ready', detail);
  }
}

export interface AuthRequiredDetail {
  reason: string;
}
/** The edge takes no token of ours: the host page has to log its user in. */
export class CcmAuthRequiredEvent extends CcmEvent<AuthRequiredDetail> {
  constructor(detail: AuthRequiredDetail) {
    super('ccm-auth-required', detail);
  }
}

export interface LayoutChangeDetail {
  layout: DashboardLayout;
  etag?: string;
  /** What was done: `move`, `add`, `remove`, `load`, … */
  reason: string;
}
/** A dashboard's layout changed. */
export class CcmLayoutChangeEvent extends CcmEvent<LayoutChangeDetail> {
  constructor(detail: LayoutChangeDetail) {
    super('ccm-layout-change', detail);
  }
}

export interface WidgetItemDetail {
  widgetId: string;
  itemId: string;
}
/** A widget was put on a dashboard. */
export class CcmWidgetAddEvent extends CcmEvent<WidgetItemDetail> {
  constructor(detail: WidgetItemDetail) {
    super('ccm-widget-add', detail);
  }
}
/** A widget was taken off a dashboard. */
export class CcmWidgetRemoveEvent extends CcmEvent<WidgetItemDetail> {
  constructor(detail: WidgetItemDetail) {
    super('ccm-widget-remove', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ccm-data': CcmDataEvent;
    'ccm-action': CcmActionEvent;
    'ccm-error': CcmErrorEvent;
    'ccm-ready': CcmReadyEvent;
    'ccm-auth-required': CcmAuthRequiredEvent;
    'ccm-layout-change': CcmLayoutChangeEvent;
    'ccm-widget-add': CcmWidgetAddEvent;
    'ccm-widget-remove': CcmWidgetRemoveEvent;
  }
}
