import type { AlertState } from '../../../../sdk/contract/alert.js';
import type { AlertInstance } from '../../../kernel/alerts.js';
import type { Receiver } from './receiver.js';
import type { Plan } from './routing.js';
import type { NoticeRow } from './store.js';

/** What a receiver is to be told. `silence-ended`: that it fires, now that nothing keeps it from being told any more. */
export type Pending = 'firing' | 'resolved' | 'silence-ended';

export const FIRING: ReadonlySet<AlertState> = new Set<AlertState>(['firing', 'recovering']);
export const OVER: ReadonlySet<AlertState> = new Set<AlertState>(['resolved', 'inactive']);

export interface DueFacts {
  readonly instance: Pick<AlertInstance, 'severity' | 'cooldown'>;
  readonly receiver: Receiver;
  readonly plan: Pick<Plan, 'groupWait' | 'groupInterval'>;
  /** When its group was told last. */
  readonly lastAt: number | null;
  /** Of a step of an escalation: when the first receivers were told that it fires, where there are any. */
  readonly firstAt?: number;
}

/**
 * Until when its cooldown holds back the next word about it: what flaps is one message. A critical whose last word was that it is over
 * is not held back where it fires: that word is wrong. That it is over has to last then, which makes a pair of messages in each cooldown at most.
 */
export function calmAt({ pending, pendingSince, told, toldAt }: NoticeRow, { severity, cooldown }: DueFacts['instance'], { groupWait }: Pick<Plan, 'groupWait'>): number {
  if (told === null || toldAt === null) return 0;
  if (severity !== 'critical') return toldAt + cooldown;
  if (pending === 'firing' && told === 'resolved') return 0;
  return Math.max(toldAt + cooldown, pending === 'resolved' && told === 'firing' ? (pendingSince ?? 0) + groupWait : 0);
}

/** When what is pending is to be told, if nothing suppresses it. */
export function dueOf(notice: NoticeRow, { instance, receiver: { after }, plan, lastAt, firstAt = 0 }: DueFacts): number {
  const since = notice.pendingSince ?? 0;
  if (notice.pending === 'silence-ended') return since;
  const calm = calmAt(notice, instance, plan);
  // Who was told first has that long to acknowledge it.
  if (after !== undefined && notice.pending === 'firing') return Math.max(Math.max(since, firstAt) + after, calm);
  const interval = lastAt === null ? 0 : lastAt + plan.groupInterval;
  if (notice.pending === 'resolved' && notice.told === 'firing') return Math.max(since, interval, calm);
  // A critical does not wait for the interval of a group that was told already.
  return Math.max(since + plan.groupWait, instance.severity === 'critical' ? 0 : interval, calm);
}
