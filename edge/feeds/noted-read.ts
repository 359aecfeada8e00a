import type { Audit, AuditEvent } from '../kernel/audit.js';
import type { Clock } from '../kernel/clock.js';
import type { FeedAnswer, Feeds, FeedSpec } from '../kernel/feed.js';
import { asProblem } from '../kernel/problems.js';

export interface NotedReadDeps {
  feeds: Pick<Feeds, 'read'>;
  clock: Clock;
  audit?: Pick<Audit, 'note'>;
}

/** Reads a feed for who asks by themselves, and notes who that was and what came of it. Throws what the feed throws. */
export type NotedRead = (spec: FeedSpec, event: Omit<AuditEvent, 'tenant' | 'outcome'>) => Promise<FeedAnswer>;

/**
 * A feed serves all who ask the same, and its source is asked for nobody in particular, or not at all: only here is it known
 * whose question an answer was.
 */
export function createNotedRead({ feeds, clock, audit }: NotedReadDeps): NotedRead {
  return async (spec, event) => {
    const started = clock.monotonic();
    const note = (came: Pick<AuditEvent, 'outcome' | 'code' | 'bytes'>): void =>
      audit?.note({ ...event, tenant: spec.tenant, milliseconds: Math.round(clock.monotonic() - started), ...came });
    try {
      const answer = await feeds.read(spec);
      note({ outcome: 'ok', bytes: answer.body.byteLength });
      return answer;
    } catch (error) {
      note({ outcome: 'failed', code: asProblem(error).code });
      throw error;
    }
  };
}
