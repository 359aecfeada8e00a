import type { Severity } from './alert.js';
import type { TimeInterval } from './time-interval.js';

/** One address of a user, and from which severity on it is used. */
export interface NotificationAddress {
  type: 'email' | 'sms';
  to: string;
  /** Default `warning`. */
  from?: Severity;
}

/** Where a user wants to be told of the alerts that they may see, and when not. */
export interface NotificationSettings {
  addresses: NotificationAddress[];
  /** Nothing but what is critical is told then; the rest waits for their end. */
  quietHours?: TimeInterval[];
  /** From which severity on the user's browsers are told (web push); none where absent. */
  push?: Severity;
}

/** What a browser's `PushManager` gives. */
export interface PushSubscriptionInput {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}
