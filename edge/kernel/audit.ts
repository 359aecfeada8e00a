/** What a row of the trail may say was done. */
export type AuditAction =
  | 'external.call' | 'module.call' | 'credential.use' | 'credential.set' | 'credential.remove' | 'connector.set' | 'connector.remove' | 'connector.test'
  | 'access.refused' | 'widget.set' | 'widget.remove' | 'layout.set' | 'layout.remove' | 'module.set' | 'module.remove' | 'grant.use'
  | 'alert.ack' | 'alert.assign' | 'alert.comment' | 'alert.resend' | 'rule.set' | 'rule.remove' | 'silence.set' | 'silence.remove' | 'notifier.test' | 'notifications.set'
  | 'revocation.set' | 'keys.rotate' | 'anomaly';

export interface AuditEvent {
  tenant: string;
  /** Subject, or `module:NAME`; absent where the edge acts by itself (a feed that is due). */
  user?: string;
  action: AuditAction;
  /** What it was done to: `stripe /v1/charges`, `credential stripe-main`. Never a secret, never a query. */
  target: string;
  outcome: 'ok' | 'refused' | 'failed';
  /** The problem's code where it did not work. */
  code?: string;
  milliseconds?: number;
  bytes?: number;
  /** Network that the caller came from: /24 of IPv4, /48 of IPv6. */
  network?: string;
  requestId?: string;
  detail?: string;
}

/** Where a request came from: what the gate knows of it, and a service cannot. */
export type Trace = Pick<AuditEvent, 'network' | 'requestId'>;

/** The trail of what was done: append-only, chained (feature: audit). */
export interface Audit {
  /** Takes note; stands on disk a moment later, with others in one write. Never throws. */
  note(event: AuditEvent): void;
}

/** For changes of the store itself. */
export interface ChangeAudit {
  /** To be called within a write of the store (`store.write`): the row stands with what was written, or neither does. Throws what the database throws. */
  within(event: AuditEvent): void;
}
