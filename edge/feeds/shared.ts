import { createHash } from 'node:crypto';
import type { Cache } from '../kernel/cache.js';
import type { Clock } from '../kernel/clock.js';
import type { FeedSpec } from '../kernel/feed.js';
import { newId } from '../kernel/ids.js';
import type { Lease, Lock } from '../kernel/lock.js';
import { ProblemError } from '../kernel/problems.js';
import type { Taken } from './answer.js';
import { faultBytes, answerBytes, readAnswer, readFault, type KeptAnswer, type KeptFault } from './shared-form.js';

/** Milliseconds for which whoever fetches has the lock; held on to meanwhile, so that the death of an edge is soon noticed. */
export const LEASE = 5_000;
/** Milliseconds between two looks for the answer of the edge that fetches: longer each time, up to the longest. */
const LOOK = { first: 20, growth: 1.5, longest: 250 };
/** Milliseconds past its interval for which an answer is kept: somebody may be waiting for it. */
const SLACK = 5_000;
/** Milliseconds that a fault is kept: for those who wait for this fetch, and no longer. */
const FAULT_KEPT = 2_000;
/** Bytes: each edge fetches for itself what is larger. */
const MAX_SIZE = 8 * 1024 * 1024;

export interface SharedFetch {
  spec: FeedSpec;
  /** Milliseconds: an answer of another edge that is younger will do. */
  maxAge: number;
  /** Epoch milliseconds: an answer whose fetch began before is too old, whatever its age. */
  notBefore: number;
  /** Aborts when nobody waits any more. */
  signal: AbortSignal;
  /** Asks the source. */
  ask: () => Promise<Taken>;
}

/** What several edges fetch once for all of them. */
export interface SharedAnswers {
  /** The answer of another edge, or the source's own; of edges that ask at one time one fetches. Rejects as `ask` does. */
  fetch(wanted: SharedFetch): Promise<Taken>;
  /** The source sent its new data itself. `time`: epoch milliseconds. */
  put(spec: FeedSpec, taken: Taken, time: number): void;
}

export interface SharedDeps {
  cache: Cache;
  lock: Lock;
  clock: Clock;
}

interface Kept {
  answer?: KeptAnswer;
  fault?: KeptFault;
}

/**
 * Answers in the cache that edges share. What cannot be agreed on, each fetches for itself. Edges compare times:
 * the clocks of their machines have to agree within a second or so.
 */
export function createSharedAnswers({ cache, lock, clock }: SharedDeps): SharedAnswers {
  /** `ttl`: milliseconds for which the answer is young. */
  const keep = async (key: string, ttl: number, { cursor, dataJson }: Taken, { startedAt, checkedAt }: Pick<KeptAnswer, 'startedAt' | 'checkedAt'>): Promise<void> => {
    const bytes = answerBytes({ id: newId(), startedAt, checkedAt, cursor, dataJson });
    if (bytes.byteLength <= MAX_SIZE) await cache.set(key, bytes, ttl + SLACK);
  };

  const look = async (key: string): Promise<Kept> => {
    const [answer, fault] = await cache.getMany([key, faultKey(key)]);
    return { answer: answer && readAnswer(answer), fault: fault && readFault(fault) };
  };

  /** Fetches, for the others too. */
  const lead = async (key: string, { spec, maxAge, signal, ask }: SharedFetch, lease: Lease): Promise<Taken> => {
    const startedAt = clock.now();
    let heldUntil = clock.monotonic() + LEASE;
    let ended = false;
    let cancel: () => void = () => undefined;
    const hold = (): void => {
      cancel = clock.after(LEASE / 3, () => {
        void lease.extend(LEASE).then((held) => {
          if (held) heldUntil = clock.monotonic() + LEASE;
          // One that ran out may be another edge's by now; before that a reply may just have been lost.
          if (!ended && clock.monotonic() < heldUntil) hold();
        });
      });
    };
    hold();
    try {
      const taken = await unlessAborted(ask(), signal);
      // An interval may be longer than the definition's: what has a limit is asked less often.
      const checkedAt = taken.at ?? clock.now();
      void keep(key, Math.max(spec.interval, maxAge), taken, { startedAt, checkedAt });
      return { ...taken, at: checkedAt };
    } catch (error) {
      if (error instanceof ProblemError) void cache.set(faultKey(key), faultBytes(newId(), error), FAULT_KEPT);
      throw error;
    } finally {
      ended = true;
      cancel();
      // After what was kept: who gets the lock next finds it.
      void lease.release();
    }
  };

  return {
    async fetch(wanted) {
      const { spec, maxAge, notBefore, signal } = wanted;
      if (!hasUpstream(spec)) return wanted.ask();
      const key = sharedKey(spec);
      const before = await look(key);
      const { answer } = before;
      if (answer !== undefined && answer.startedAt >= notBefore) {
        const age = Math.max(0, clock.now() - answer.checkedAt);
        if (age < maxAge) return takenOf(answer, age);
      }
      /** What came of another edge's fetch that ended since. */
      const outcome = ({ answer: next, fault }: Kept): { taken?: Taken; problem?: ProblemError } => {
        if (next !== undefined && next.id !== answer?.id && next.startedAt >= notBefore) return { taken: takenOf(next, 0) };
        return fault !== undefined && fault.id !== before.fault?.id ? { problem: fault.problem } : {};
      };
      for (let wait = LOOK.first; ; wait = Math.min(wait * LOOK.growth, LOOK.longest)) {
        signal.throwIfAborted();
        const lease = await lock.take(`feed:${key}`, LEASE);
        // Also who has the lock looks: it may have been given back a moment ago, with the answer there.
        const { taken, problem } = outcome(await look(key));
        const none = taken === undefined && problem === undefined;
        if (none && lease !== undefined && !signal.aborted) return lead(key, wanted, lease);
        void lease?.release();
        if (problem !== undefined) throw problem;
        if (taken !== undefined) return taken;
        await pause(clock, wait, signal);
      }
    },
    put(spec, taken, time) {
      if (hasUpstream(spec)) void keep(sharedKey(spec), spec.interval, taken, { startedAt: time, checkedAt: taken.at ?? time });
    },
  };
}

/** Whether somebody else is asked. What stands in the definition or was pushed here costs nobody a call. */
function hasUpstream({ dataSource: { type } }: FeedSpec): boolean {
  return type !== 'static' && type !== 'push';
}

/** The feed's key has everything that tells answers apart (tenant, credential, user); hashed, since Redis need not know names. */
export function sharedKey({ key }: FeedSpec): string {
  return `feed:${createHash('sha256').update(key).digest('base64url')}`;
}

function faultKey(key: string): string {
  return `${key}:fault`;
}

function takenOf({ dataJson, cursor, checkedAt }: KeptAnswer, age: number): Taken {
  return {
    dataJson,
    cursor,
    at: checkedAt,
    age,
    // Parsed where somebody wants it: most answers leave as they came.
    get data(): unknown {
      return JSON.parse(dataJson);
    },
  };
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return unlessAborted(new Promise((resolve) => void clock.after(milliseconds, resolve)), signal);
}
