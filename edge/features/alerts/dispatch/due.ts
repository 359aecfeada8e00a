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
}

/** Until when its cooldown holds back the next word about it: what flaps is one message. */
export function calmAt({ told, toldAt }: Pick<NoticeRow, 'told' | 'toldAt'>, { cooldown }: Pick<AlertInstance, 'cooldown'>): number {
  return told === null || toldAt === null ? 0 : toldAt + cooldown;
}

/** When what is pending is to be told, if nothing suppresses it. */
export function dueOf(notice: NoticeRow, { instance, receiver: { after }, plan: { groupWait, groupInterval }, lastAt }: DueFacts): number {
  const since = notice.pendingSince ?? 0;
  if (notice.pending === 'silence-ended') return since;
  const calm = calmAt(notice, instance);
  if (after !== undefined && notice.pending === 'firing') return Math.max(since + after, calm);
  const interval = lastAt === null ? 0 : lastAt + groupInterval;
  if (notice.pending === 'resolved' && notice.told === 'firing') return Math.max(since, interval, calm);
  // A critical does not wait for the interval of a group that was told already.
  return Math.max(since + groupWait, instance.severity === 'critical' ? 0 : interval, calm);
}
