import type { Clock } from '../kernel/clock.js';
import type { FeedSpec } from '../kernel/feed.js';
import { asProblem, ProblemError } from '../kernel/problems.js';
import type { TenantSettings } from '../kernel/settings.js';
import type { Sources } from '../kernel/source.js';
import { serialise, type Taken } from './answer.js';
import { fetchFrom } from './fetch-from.js';
import type { SharedAnswers } from './shared.js';

/** Milliseconds that a source may take. */
const DEADLINE = 30_000;

export interface AskDeps {
  readonly sources: Sources;
  readonly tenants: ReadonlyMap<string, TenantSettings>;
  readonly clock: Clock;
  /** Answers of other edges; none where this one is alone. */
  readonly shared?: SharedAnswers;
}

export interface Asked {
  readonly spec: FeedSpec;
  /** Milliseconds; another edge's answer that is younger will do. */
  readonly maxAge: number;
  /** Epoch milliseconds: what another edge began to fetch before it will not do. */
  readonly notBefore: number;
  /** Ends it early. */
  readonly abort: AbortController;
  /** Told how many milliseconds the source took, however it ended. */
  readonly took: (ms: number) => void;
}

/** Asks for one answer, of the source or of another edge, within the deadline. Never rejects. */
export async function askFor(deps: AskDeps, { spec, maxAge, notBefore, abort, took }: Asked): Promise<Taken | ProblemError> {
  const { clock, shared, tenants } = deps;
  const { signal } = abort;
  const late = new ProblemError('upstream_timeout', `The source did not answer within ${DEADLINE / 1000} s.`);
  // Not every source watches the signal: the feed itself stops waiting.
  let cancel: () => void = () => undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(DEADLINE, () => {
      reject(late);
      abort.abort(late);
    });
    signal.addEventListener('abort', () => reject(late), { once: true });
  });
  try {
    const tenant = tenants.get(spec.tenant);
    if (tenant === undefined) throw new ProblemError('internal', `The tenant ${spec.tenant} is not in the settings.`);
    const ask = (): Promise<Taken> => askSource(deps, spec, tenant, signal, took);
    const answer = shared === undefined ? ask() : shared.fetch({ spec, maxAge, notBefore, signal, ask });
    return await Promise.race([answer, deadline]);
  } catch (error) {
    return signal.aborted ? late : asProblem(error);
  } finally {
    cancel();
  }
}

async function askSource({ clock, sources }: AskDeps, spec: FeedSpec, tenant: TenantSettings, signal: AbortSignal, took: (ms: number) => void): Promise<Taken> {
  const call = { tenant, dataSource: spec.dataSource, signal, ...(spec.viewer && { viewer: spec.viewer }), ...(spec.credential && { credential: spec.credential }) };
  const began = clock.monotonic();
  const { data, timestamp } = await fetchFrom(sources, call).finally(() => took(clock.monotonic() - began));
  // What was pushed is as old as it is, however lately it was looked at.
  const at = spec.dataSource.type === 'push' && timestamp !== undefined ? Date.parse(timestamp) : undefined;
  return at === undefined ? serialise(data, spec) : { ...serialise(data, spec), at };
}
