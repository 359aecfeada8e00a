import { NotifyFault, type Notification, type Notifier } from '../../../kernel/alerts.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Log } from '../../../kernel/log.js';
import type { Metrics } from '../../../kernel/metrics.js';
import { causeOf } from '../../../sources/calls/outages.js';
import { faultOf } from './fault.js';
import type { DispatchStore, OutboxRow } from './store.js';
import type { SteadyTime } from './time.js';

/** Messages that one notifier sends at a time. */
const AT_A_TIME = 4;
/** Milliseconds that one try may take. */
export const SEND_DEADLINE = 45_000;
/** Milliseconds for which a message is one process's, and between two times at which it says that it still is. Of one that died it comes free. */
export const CLAIM = 15_000;
const HOLD = 5_000;
/** Milliseconds before another try: the first, and the longest. */
const FIRST_WAIT = 5_000;
export const LONGEST_WAIT = 15 * 60_000;
/** Milliseconds that a receiver may ask for. */
const LONGEST_AFTER = 3_600_000;
/** Milliseconds for which a message is tried. */
export const GIVE_UP = 24 * 3_600_000;

export interface SenderDeps {
  rows: DispatchStore;
  notifiers: readonly Notifier[];
  time: SteadyTime;
  clock: Clock;
  log: Log;
  metrics?: Pick<Metrics, 'notified'>;
  /** It is not tried any more. Within the write that says so. */
  onDead(row: OutboxRow, fault: string): void;
  /** Its address exists no more. */
  onGone(row: OutboxRow): void;
  /** Milliseconds for which its address has had enough. */
  waitFor?(row: OutboxRow): Promise<number>;
  /** What there is to say of it by now; undefined where its user is not to hear of it any more. */
  sayable?(row: OutboxRow): Notification | undefined;
  /** One has been sent, or has failed: there is room, and another time to wait for. */
  onRoom(): void;
  random?: () => number;
}

export interface Sender {
  /** Sends what is due, so many at a time. Returns when the next is (of `SteadyTime`). */
  pump(): number | undefined;
  /** Gives up what is too old and has no notifier any more. */
  giveUpOrphans(): void;
  /** Takes nothing new; resolves when nothing is on its way any more, which is at most `milliseconds` away. */
  close(milliseconds: number): Promise<void>;
}

/** Takes messages out of the outbox and sends them: at least once, and never twice at the same time, whatever number of processes there are. */
export function createSender({ rows, notifiers, time, clock, log, metrics, onDead, onGone, onRoom, waitFor, sayable = bodyOf, random = Math.random }: SenderDeps): Sender {
  const underWay = new Map(notifiers.map(({ name }) => [name, new Set<Promise<void>>()]));
  const controllers = new Set<AbortController>();
  /** Notifiers whose outage was told. */
  const away = new Set<string>();
  let closed = false;

  /** The full jitter lets those that failed together come back one by one. */
  const waitAfter = (attempts: number, after = 0): number =>
    Math.max(1, Math.round(random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempts - 1, 20))), Math.min(after, LONGEST_AFTER));

  const giveUp = (row: OutboxRow, fault: string): void => {
    rows.write(() => {
      rows.give(row.id, fault);
      onDead(row, fault);
    });
    metrics?.notified(row.notifier, 'dead');
    log.error({ notifier: row.notifier, message: row.id, attempts: row.attempts, fault }, 'a message about alerts could not be delivered, and is not tried any more');
  };

  const failed = (row: OutboxRow, error: unknown): void => {
    const { text, retry, gone, after } = faultOf(error);
    metrics?.notified(row.notifier, 'failed');
    if (gone) forget(row);
    if (!retry || time.now() - row.createdAt >= GIVE_UP) return giveUp(row, text);
    if (!away.has(row.notifier)) {
      away.add(row.notifier);
      const cause = error instanceof NotifyFault ? error.cause : undefined;
      log.warn({ notifier: row.notifier, fault: text, ...(cause !== undefined && { why: causeOf(cause) }) }, 'messages about alerts do not get through; they are tried again');
    }
    rows.again(row.id, time.now() + waitAfter(row.attempts, after), text);
  };
  const forget = (row: OutboxRow): void => {
    try {
      onGone(row);
    } catch (error) {
      log.error({ err: error, message: row.id }, 'an address that exists no more could not be forgotten');
    }
  };

  const send = async (notifier: Notifier, row: OutboxRow): Promise<void> => {
    const controller = new AbortController();
    controllers.add(controller);
    let cancel: () => void = () => undefined;
    let letGo: () => void = () => undefined;
    const hold = (): void => {
      letGo = clock.after(HOLD, () => {
        try {
          rows.hold(row.id, time.now() + CLAIM);
        } catch (error) {
          log.warn({ err: error, message: row.id }, 'that a message is under way could not be written down; it may be sent twice');
        }
        hold();
      });
    };
    hold();
    try {
      const late = new Promise<never>((_resolve, reject) => {
        cancel = clock.after(SEND_DEADLINE, () => controller.abort(new NotifyFault(`no answer within ${SEND_DEADLINE / 1000} s`, { retry: true })));
        controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error));
      });
      late.catch(() => undefined);
      const wait = (await Promise.race([waitFor?.(row), late])) ?? 0;
      if (wait > 0) return rows.putOff(row.id, time.now() + wait, 'this address has had as many messages as one may get in an hour; it waits');
      const notification = sayable(row);
      if (notification === undefined) return rows.give(row.id, 'its user may not see it any more, or does not want to be told of it here');
      // One that does not listen to the signal hurts only itself.
      await Promise.race([notifier.send(notification, controller.signal), late]);
      rows.sent(row.id, time.now());
      metrics?.notified(row.notifier, 'sent');
      if (away.delete(row.notifier)) log.info({ notifier: row.notifier }, 'messages about alerts get through again');
    } catch (error) {
      failed(row, error);
    } finally {
      cancel();
      letGo();
      controllers.delete(controller);
    }
  };

  const start = (notifier: Notifier, row: OutboxRow, busy: Set<Promise<void>>): void => {
    const sending = send(notifier, row)
      .catch((error: unknown) => log.error({ err: error, message: row.id }, 'how the sending of a message ended could not be written down; it may be sent twice'))
      .finally(() => {
        busy.delete(sending);
        if (!closed) onRoom();
      });
    busy.add(sending);
  };

  const pumpOf = (notifier: Notifier): void => {
    const busy = underWay.get(notifier.name);
    try {
      while (busy !== undefined && busy.size < AT_A_TIME) {
        const now = time.now();
        const row = rows.claim(notifier.name, now, now + CLAIM);
        if (row === undefined) return;
        start(notifier, row, busy);
      }
    } catch (error) {
      log.error({ err: error, notifier: notifier.name }, 'what is to be sent could not be read');
    }
  };

  return {
    pump() {
      if (closed) return undefined;
      for (const notifier of notifiers) pumpOf(notifier);
      // One that has no room is looked at again as soon as it has.
      const free = notifiers.filter(({ name }) => (underWay.get(name)?.size ?? 0) < AT_A_TIME);
      const times = free.flatMap(({ name }) => rows.nextMessage(name) ?? []);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    giveUpOrphans() {
      for (const row of rows.orphans(notifiers.map(({ name }) => name), time.now() - GIVE_UP)) giveUp(row, 'there is no notifier of that name any more');
    },
    async close(milliseconds) {
      closed = true;
      const sending = [...underWay.values()].flatMap((set) => [...set]);
      if (sending.length === 0) return;
      const timer = setTimeout(() => {
        for (const controller of [...controllers]) controller.abort(new NotifyFault('the edge is stopping', { retry: true }));
      }, milliseconds);
      await Promise.allSettled(sending);
      clearTimeout(timer);
    },
  };
}

function bodyOf({ body }: OutboxRow): Notification {
  return JSON.parse(body) as Notification;
}
