import type { NotificationAddress, NotificationSettings } from '../../sdk/contract/notification.js';
import type { Severity } from '../../sdk/contract/alert.js';
import type { TimeInterval } from '../../sdk/contract/time-interval.js';
import { intervalsOf, WEEK, weeklyOf, type Weekly } from './weekly.js';

/** Addresses that a user has at most. */
export const MOST_ADDRESSES = 10;

/** Where a user is told, while it is typed. */
export interface NotificationDraft {
  addresses: readonly NotificationAddress[];
  /** `none`, `weekly`, or `kept`: times that cannot be typed here. */
  quiet: 'none' | 'weekly' | 'kept';
  weekly: Weekly;
  kept: TimeInterval[] | undefined;
  push: Severity | undefined;
}

export function draftOf({ addresses, quietHours, push }: NotificationSettings): NotificationDraft {
  const weekly = weeklyOf(quietHours);
  const isKept = weekly === undefined && quietHours !== undefined && quietHours.length > 0;
  return {
    addresses, push, quiet: weekly ? 'weekly' : isKept ? 'kept' : 'none', weekly: weekly ?? { weekdays: WEEK, start: '22:00', end: '07:00' }, kept: isKept ? quietHours : undefined,
  };
}

/** Lines that nobody filled in are left out. */
export function settingsOf({ addresses, quiet, weekly, kept, push }: NotificationDraft): NotificationSettings {
  const quietHours = quiet === 'weekly' ? intervalsOf(weekly) : quiet === 'kept' ? kept : undefined;
  return {
    addresses: addresses.map((address) => ({ ...address, to: address.to.trim() })).filter(({ to }) => to !== ''),
    ...(quietHours && { quietHours }), ...(push && { push }),
  };
}
