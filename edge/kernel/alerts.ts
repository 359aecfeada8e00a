import type { Alert, AlertCondition, AlertRule, AlertState, NotificationType, Severity } from '../../sdk/contract/alert.js';
import { topic } from './bus.js';
import type { TimeInterval } from '../../sdk/contract/time-interval.js';

/** A rule as it is evaluated: with its defaults, for one tenant. */
export interface EvaluatedRule {
  readonly tenant: string;
  readonly id: string;
  readonly widgetId: string;
  readonly widgetTitle: string;
  readonly name: string;
  readonly origin: AlertRule['origin'];
  readonly owner?: string;
  readonly condition: AlertCondition;
  readonly notifications: readonly NotificationType[];
  /** Milliseconds. */
  readonly cooldown: number;
  readonly schedule?: readonly TimeInterval[];
  /** IANA: the tenant's. */
  readonly timeZone: string;
  /** Field that tells rows apart, where the definition names one. */
  readonly rowKey?: string;
  /** Field that says to people which row it is, where the definition shows one. */
  readonly rowName?: string;
  /** Where the rows are, as the definition says. */
  readonly dataPath?: string;
}

/** One instance of a rule as it is kept. Times are epoch milliseconds. */
export interface AlertInstance {
  readonly tenant: string;
  readonly id: string;
  readonly ruleId: string;
  /** Empty for the whole answer. */
  readonly key: string;
  /** Whose rows they are; empty for all who may see the widget. */
  readonly user: string;
  /** Empty for what came from outside. */
  readonly widgetId: string;
  readonly rule: string;
  readonly name: string;
  readonly state: AlertState;
  readonly severity: Severity;
  readonly value: unknown;
  /** Path of what is compared; absent for what came from outside. */
  readonly field?: string;
  readonly operator?: AlertCondition['operator'];
  readonly threshold: unknown;
  readonly since: number;
  readonly firedAt?: number;
  readonly resolvedAt?: number;
  /** Milliseconds, by a clock that does not jump, for which it has been `pending` or `recovering`. */
  readonly held: number;
  /** Evaluations in a row in which its row was not there. */
  readonly missing: number;
  readonly reason?: Alert['reason'];
  readonly title: string;
  readonly text?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly runbook?: string;
  readonly notifications: readonly NotificationType[];
  /** Milliseconds. */
  readonly cooldown: number;
  readonly ack?: Alert['ack'];
  readonly assignee?: string;
  readonly comments: number;
  /** Only of what came from outside: it is over then, unless its sender says it again before. */
  readonly until?: number;
  readonly updatedAt: number;
}

/** An instance that came into another state. Of one that is new `before` is absent. */
export interface AlertChange {
  readonly before?: AlertInstance;
  readonly now: AlertInstance;
}

/** Who is told of alerts: asked within the write that keeps the change, so that both stand or neither. */
export interface AlertNotices {
  within(changes: readonly AlertChange[]): void;
  /** After that write: the dispatcher has something to do. */
  wake(): void;
}

/** An alert came into another state, or somebody did something about it; for pages, and the other edges. */
export interface AlertNews {
  tenant: string;
  /** Set where it is this user's alone. */
  user?: string;
  alert: Alert;
}

export const ALERTS = topic<AlertNews>('alerts', (message) => {
  const { tenant, user, alert } = (typeof message === 'object' && message !== null ? message : {}) as Record<string, unknown>;
  return typeof tenant === 'string' && (user === undefined || typeof user === 'string') && typeof alert === 'object' && alert !== null && typeof (alert as { id?: unknown }).id === 'string';
});

/** What one message says: some alerts that have something in common. Kept in the outbox as JSON. */
export interface Notification {
  /** The same on each try: who receives it twice may drop one. */
  readonly id: string;
  readonly tenant: string;
  readonly tenantName: string;
  /** Name of the notifier. */
  readonly notifier: string;
  /** An address of a user's own, where it is for one user: an email address, a phone number, a push subscription as JSON. */
  readonly to?: string;
  readonly status: 'firing' | 'resolved' | 'test' | 'silence-ended';
  readonly groupKey: string;
  readonly groupLabels: Readonly<Record<string, string>>;
  /** Those that changed first. */
  readonly alerts: readonly NotifiedAlert[];
  /** How many more there are than `alerts` has. */
  readonly truncated: number;
  /** Says why, where it is told because nobody acknowledged, or once more. */
  readonly reason?: 'escalated' | 'repeated';
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface NotifiedAlert extends Alert {
  /** Values of the last hours, for a picture, where they are known: epoch milliseconds and value. */
  readonly history?: readonly (readonly [time: number, value: number])[];
}

/** Sends messages one way (drivers: notify). */
export interface Notifier {
  readonly name: string;
  readonly type: NotifierType;
  /** Rejects with `NotifyFault`. */
  send(notification: Notification, signal: AbortSignal): Promise<void>;
}

export type NotifierType = 'email' | 'sms' | 'webhook' | 'alertmanager' | 'slack' | 'teams' | 'push';

/** Why a message was not taken. */
export class NotifyFault extends Error {
  override readonly name = 'NotifyFault';
  /** Whether another try may do better: not where the receiver says that the message is wrong. */
  readonly retry: boolean;
  /** Milliseconds that the receiver asked to wait. */
  readonly after?: number;
  /** The address exists no more: it is not to be used again. */
  readonly gone: boolean;

  constructor(message: string, { retry, after, gone = false, cause }: { retry: boolean; after?: number; gone?: boolean; cause?: unknown }) {
    super(message, { cause });
    this.retry = retry;
    if (after !== undefined) this.after = after;
    this.gone = gone;
  }
}

