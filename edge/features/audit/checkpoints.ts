import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { Metrics } from '../../kernel/metrics.js';
import type { StatementSigner } from '../../kernel/signer.js';
import { GENESIS } from './chain.js';
import { flattened } from './heads.js';
import type { TrailStore } from './store.js';

/** Name of the signing key in the store. */
export const AUDIT_KEY = 'audit';
/** Rows after which a checkpoint is due. */
export const CHECKPOINT_ROWS = 1000;
/** Milliseconds after which one is due where there is a new row. */
const CHECKPOINT_TIME = 60_000;

export interface CheckpointDeps {
  trail: TrailStore;
  signer: StatementSigner;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'auditFailed'>;
}

/** Signs the head of the trail now and then, into the store and into the log: a copy of the log stands outside the database. */
export interface Checkpoints {
  /** Signs where rows enough came since the last. Never rejects. Resolves with how many more may come until the next. */
  due(): Promise<number>;
  /** Signs what is new, and no more after it. */
  close(): Promise<void>;
}

export function createCheckpoints({ trail, signer, clock, log, metrics }: CheckpointDeps): Checkpoints {
  let last: Promise<unknown> = Promise.resolve();

  const sign = async (least: number): Promise<number> => {
    try {
      const head = trail.head() ?? GENESIS;
      const newest = trail.newestCheckpoint()?.seq ?? 0;
      if (newest > head.seq) {
        metrics.auditFailed();
        log.error({ rows: head.seq, checkpoint: newest }, 'the audit trail is shorter than its newest checkpoint: see ccm audit verify');
        return CHECKPOINT_ROWS;
      }
      const rows = head.seq - newest;
      if (rows < least) return CHECKPOINT_ROWS - rows;
      const time = clock.now();
      const jws = await signer.sign({ ...head, time });
      trail.addCheckpoint({ seq: head.seq, time, jws });
      log.info({ ...head, ...flattened(jws) }, 'audit checkpoint');
    } catch (error) {
      metrics.auditFailed();
      log.error({ err: error }, 'an audit checkpoint failed');
    }
    return CHECKPOINT_ROWS;
  };
  /** One at a time. */
  const next = (least: number): Promise<number> => {
    const run = last.then(() => sign(least));
    last = run;
    return run;
  };

  const timer = setInterval(() => void next(1), CHECKPOINT_TIME);
  timer.unref();
  return {
    due: () => next(CHECKPOINT_ROWS),
    async close() {
      clearInterval(timer);
      await next(1);
    },
  };
}
