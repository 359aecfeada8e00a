import { setImmediate as breath } from 'node:timers/promises';
import type { Connection } from '../../drivers/store/open-store.js';
import type { Audit, AuditEvent, ChangeAudit } from '../../kernel/audit.js';
import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { Metrics } from '../../kernel/metrics.js';
import { ProblemError } from '../../kernel/problems.js';
import type { Anomalies } from './anomalies.js';
import { extend } from './chain.js';
import { CHECKPOINT_ROWS, type Checkpoints } from './checkpoints.js';
import { contentOf, type AuditContent } from './row.js';
import type { TrailStore } from './store.js';

/** Events that wait at most. */
export const QUEUE = 10_000;
/** Milliseconds that a note waits for others at most. */
const NOTE_DELAY = 50;
/** A record waits this often the time of the last write: so a slow disk gets fewer writes, and the edge waits a fifth of its time at most. */
const PACE = 4;
/** Milliseconds after a write that failed. */
const RETRY = 1_000;
/** Milliseconds between two lines that say that rows are lost. */
const DROP_LINES = 10_000;

export interface WriterDeps {
  /** Writes with this one stand on the disk. */
  durable: { connection: Connection; trail: TrailStore };
  /** The connection of all others: for rows that stand together with a change. */
  plain: TrailStore;
  checkpoints: Checkpoints;
  anomalies: Anomalies;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'auditDropped' | 'auditFailed'>;
}

export interface AuditWriter extends Audit, ChangeAudit {
  /** A note that says when it stands on disk: what a crash may not lose is known by it. Rejects where it cannot be written. */
  record(event: AuditEvent): Promise<void>;
  /** Writes what waits, and takes no more. */
  close(): Promise<void>;
}

interface Waiting {
  content: AuditContent;
  stands?: () => void;
  failed?: (error: unknown) => void;
}

export function createAuditWriter({ durable, plain, checkpoints, anomalies, clock, log, metrics }: WriterDeps): AuditWriter {
  const queue: Waiting[] = [];
  /** Rows that stand with a change, and were not looked at for anomalies yet. */
  const changes: AuditContent[] = [];
  let room = CHECKPOINT_ROWS;
  let pace = 0;
  let broken = false;
  let closed = false;
  let lost = 0;
  let lineAt = -Infinity;
  let timer: { handle: NodeJS.Timeout; at: number } | undefined;
  let running: Promise<void> | undefined;

  const drop = (count: number): void => {
    metrics.auditDropped(count);
    lost += count;
    if (clock.monotonic() - lineAt < DROP_LINES) return;
    lineAt = clock.monotonic();
    log.error({ lost }, 'rows of the audit trail are lost: more come than can be written');
    lost = 0;
  };

  const schedule = (delay: number, keepAlive: boolean): void => {
    if (running !== undefined) return;
    const at = performance.now() + delay;
    if (timer === undefined || at < timer.at) {
      clearTimeout(timer?.handle);
      timer = { handle: setTimeout(flush, delay).unref(), at };
    }
    // Who waits for a record may be a command that has nothing else to do.
    if (keepAlive) timer.handle.ref();
  };

  const scheduleNext = (): void => {
    if (closed || (queue.length === 0 && changes.length === 0)) return;
    const awaited = queue.some(({ stands }) => stands !== undefined);
    schedule(broken ? RETRY : awaited ? Math.min(NOTE_DELAY, PACE * pace) : NOTE_DELAY, awaited);
  };

  function flush(): void {
    timer = undefined;
    running ??= writeAll().finally(() => {
      running = undefined;
      scheduleNext();
    });
  }

  /** What waits now; what comes meanwhile waits for the next time, so that a steady stream is not written row by row. */
  const writeAll = async (): Promise<void> => {
    observe(changes.splice(0));
    let left = queue.length;
    do {
      // Not past the next checkpoint, so that none of them is late.
      const batch = queue.splice(0, Math.min(left, Math.max(1, room)));
      if (batch.length > 0 && !write(batch)) return;
      left -= batch.length;
      room = await checkpoints.due();
      if (left > 0) await breath();
    } while (left > 0);
  };

  const write = (batch: Waiting[]): boolean => {
    const began = performance.now();
    try {
      durable.connection.write(() => extend(durable.trail, batch.map(({ content }) => content)));
    } catch (error) {
      fail(error, batch);
      return false;
    }
    pace = performance.now() - began;
    if (broken) log.info('the audit trail is written again');
    broken = false;
    for (const { stands } of batch) stands?.();
    observe(batch.map(({ content }) => content));
    return true;
  };

  /** Who waits hears of it; what was only noted is kept for the next try. */
  const fail = (error: unknown, batch: Waiting[]): void => {
    metrics.auditFailed();
    if (!broken) log.error({ err: error }, 'the audit trail cannot be written');
    broken = true;
    for (const { failed } of batch) failed?.(error);
    const notes = batch.filter(({ failed }) => failed === undefined);
    const kept = notes.slice(0, Math.max(0, QUEUE - queue.length));
    if (kept.length < notes.length) drop(notes.length - kept.length);
    queue.unshift(...kept);
  };

  const observe = (rows: AuditContent[]): void => {
    for (const row of rows) {
      try {
        for (const event of anomalies.observe(row)) {
          log.warn({ tenant: event.tenant, user: event.user, kind: event.target, detail: event.detail }, 'unusual');
          push({ content: contentOf(event, clock.now()) });
        }
      } catch (error) {
        log.error({ err: error }, 'a row of the audit trail could not be looked at');
      }
    }
  };

  const push = (waiting: Waiting): boolean => {
    if (closed || queue.length >= QUEUE || waiting.content.tenant === '') return false;
    queue.push(waiting);
    return true;
  };

  return {
    note(event) {
      try {
        if (push({ content: contentOf(event, clock.now()) })) schedule(broken ? RETRY : NOTE_DELAY, false);
        else drop(1);
      } catch (error) {
        drop(1);
        log.error({ err: error, action: event.action }, 'an event for the audit trail could not be read');
      }
    },
    record: (event) => new Promise((resolve, reject) => {
      const failed = (cause: unknown): void => reject(new ProblemError('store_unavailable', 'This cannot be written to the audit trail right now. Nothing was changed.', { cause, retryAfter: 30 }));
      if (push({ content: contentOf(event, clock.now()), stands: resolve, failed })) {
        schedule(Math.min(NOTE_DELAY, PACE * pace), true);
      } else {
        metrics.auditFailed();
        failed(new Error(closed ? 'the audit trail is closed' : 'the queue of the audit trail is full, or the event has no tenant'));
      }
    }),
    within(event) {
      const content = contentOf(event, clock.now());
      try {
        extend(plain, [content]);
      } catch (error) {
        metrics.auditFailed();
        throw error;
      }
      changes.push(content);
      schedule(NOTE_DELAY, false);
    },
    async close() {
      closed = true;
      clearTimeout(timer?.handle);
      await running;
      await writeAll();
      const left = queue.splice(0);
      if (left.length > 0) {
        drop(left.length);
        for (const { failed } of left) failed?.(new Error('the edge has stopped'));
      }
      await checkpoints.close();
    },
  };
}
