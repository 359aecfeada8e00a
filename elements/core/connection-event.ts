/** Apart from the other events: only what makes connections needs it. */
export interface ConnectionChangeDetail {
  /** Name of the external API. */
  name: string;
}

/** A credential of an external API was set or removed, or the API itself was. The secret is in no event. */
export class CcmConnectionChangeEvent extends CustomEvent<ConnectionChangeDetail> {
  static readonly type = 'ccm-connection-change';

  constructor(detail: ConnectionChangeDetail) {
    super(CcmConnectionChangeEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ccm-connection-change': CcmConnectionChangeEvent;
  }
}
