import type { Severity } from '../../../../sdk/contract/alert.js';
import type { Notification, NotifiedAlert } from '../../../kernel/alerts.js';
import type { Clock } from '../../../kernel/clock.js';
import { MOST_ALERTS } from './message.js';
import { receiverOf } from './receiver.js';
import type { DispatchStore, OutboxRow } from './store.js';
import type { SteadyTime } from './time.js';

/** Messages that wait for one address of a user. */
export const MOST_WAITING = 20;
/** Milliseconds for which what is more is collected before it is sent. */
const COLLECTED = 60_000;
/** Milliseconds that is remembered how many wait. */
const KNOWN = 1_000;
const RANKS: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

export interface OverflowDeps {
  rows: Pick<DispatchStore, 'waiting' | 'addMessage' | 'message' | 'rewrite'>;
  time: Pick<SteadyTime, 'now'>;
  clock: Pick<Clock, 'monotonic'>;
}

/** Keeps what waits for one address within bounds: of hundreds of groups at once the first have a message each, the rest one together that says how many they are. */
export interface Overflow {
  /** Whether the next message goes into that of the rest. Those of notifiers' own lists never do: machines may read them. */
  isFull(place: Pick<OutboxRow, 'tenant' | 'receiver'>): boolean;
  /** Puts a message into the outbox, within `together`. */
  add(row: OutboxRow): void;
  /** Runs work within a write, and puts what is more than enough of its messages into one. */
  together(work: () => void): void;
}

export function createOverflow({ rows, time, clock }: OverflowDeps): Overflow {
  /** By address: how many wait, and the message of the rest. */
  let counts = new Map<string, number>();
  let countedAt = Number.NEGATIVE_INFINITY;
  const rests = new Map<string, string>();
  let left: OutboxRow[] = [];

  const count = (): void => {
    if (clock.monotonic() - countedAt < KNOWN) return;
    countedAt = clock.monotonic();
    counts = new Map(rows.waiting().map(({ tenant, receiver, count: waiting }) => [keyOf({ tenant, receiver }), waiting]));
    for (const key of rests.keys()) if (!counts.has(key)) rests.delete(key);
  };
  const isFull = (place: Pick<OutboxRow, 'tenant' | 'receiver'>): boolean => {
    if (receiverOf(place.receiver).user === undefined) return false;
    count();
    return (counts.get(keyOf(place)) ?? 0) >= MOST_WAITING;
  };

  /** Into the message of the rest that nobody has sent yet, else into a new one. */
  const putLeft = (key: string, more: readonly OutboxRow[]): void => {
    const [first] = more;
    if (first === undefined) return;
    const known = rests.get(key);
    const rest = known === undefined ? undefined : rows.message(first.tenant, known);
    const said = more.map(({ body }) => JSON.parse(body) as Notification);
    if (rest?.state === 'waiting' && rest.attempts === 0) {
      const body = JSON.stringify(merged([JSON.parse(rest.body) as Notification, ...said]));
      if (rows.rewrite(rest.id, body)) return;
    }
    rests.set(key, first.id);
    rows.addMessage({ ...first, body: JSON.stringify(merged(said)), nextAt: time.now() + COLLECTED });
  };

  return {
    isFull,
    add(row) {
      if (isFull(row)) return void left.push(row);
      const key = keyOf(row);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      rows.addMessage(row);
    },
    together(work) {
      left = [];
      work();
      const byKey = new Map<string, OutboxRow[]>();
      for (const row of left) byKey.set(keyOf(row), [...(byKey.get(keyOf(row)) ?? []), row]);
      for (const [key, more] of byKey) putLeft(key, more);
    },
  };
}

function keyOf({ tenant, receiver }: Pick<OutboxRow, 'tenant' | 'receiver'>): string {
  return JSON.stringify([tenant, receiver]);
}

/** What was said of an alert last, the worst first; with the id and the time of the first. */
function merged(said: readonly Notification[]): Notification {
  const last = new Map<string, NotifiedAlert>();
  for (const { alerts } of said) for (const alert of alerts) last.set(alert.id, alert);
  const all = [...last.values()].sort((one, other) => RANKS[one.severity] - RANKS[other.severity]);
  const { reason: _reason, ...first } = said[0] as Notification;
  return {
    ...first,
    status: said.some(({ status }) => status !== 'resolved') ? 'firing' : 'resolved',
    groupKey: 'rest', groupLabels: {},
    alerts: all.slice(0, MOST_ALERTS),
    truncated: said.reduce((sum, { truncated }) => sum + truncated, 0) + Math.max(0, all.length - MOST_ALERTS),
  };
}
