import type { Alert } from '../../sdk/contract/alert.js';

/** Apart from the other events: only what shows alerts needs them. */
export interface AlertDetail {
  alert: Alert;
}

/** An alert was opened: its details are shown. */
export class CcmAlertOpenEvent extends CustomEvent<AlertDetail> {
  static readonly type = 'ccm-alert-open';

  constructor(detail: AlertDetail) {
    super(CcmAlertOpenEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** The viewer acknowledged an alert, and the edge has taken it. */
export class CcmAlertAckEvent extends CustomEvent<AlertDetail> {
  static readonly type = 'ccm-alert-ack';

  constructor(detail: AlertDetail) {
    super(CcmAlertAckEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ccm-alert-open': CcmAlertOpenEvent;
    'ccm-alert-ack': CcmAlertAckEvent;
  }
}
