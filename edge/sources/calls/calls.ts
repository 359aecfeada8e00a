import type { ApiUsage } from '../../kernel/api-usage.js';
import type { CallAccount, Calls } from '../../kernel/calls.js';
import type { Clock } from '../../kernel/clock.js';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../kernel/http-client.js';
import type { Limiter } from '../../kernel/limiter.js';
import type { Log } from '../../kernel/log.js';
import type { Metrics } from '../../kernel/metrics.js';
import { asProblem, ProblemError } from '../../kernel/problems.js';
import { createAccounts, type Account } from './account.js';
import { createOutages } from './outages.js';
import { askedPause, isDown, NotCalled, repeatAfter } from './retry.js';
import { createTurns, type Turn } from './turns.js';
import { wait } from './wait.js';

export interface CallsDeps {
  http: HttpClient;
  limiter: Limiter;
  usage: ApiUsage;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'upstreamCall' | 'upstreamWaiting' | 'upstreamBroken'>;
  /** Whether the API stands in the settings: only those names become labels of metrics. */
  isKnown: (api: string) => boolean;
  /** In [0, 1); `Math.random` where absent. */
  random?: () => number;
}

/** Milliseconds for a call with all that it waits for. */
const DEADLINE = 30_000;
/** Seconds of the limiter's window. */
const MINUTE = 60;
/** Milliseconds: a call that had less than this when its turn came, and was late, says nothing of the other side. */
const FAIR_CHANCE = 5_000;

/** One call on its way through. Times are monotonic. */
interface Call {
  readonly request: HttpRequest;
  readonly by: CallAccount;
  readonly account: Account;
  readonly until: number;
}

export function createCalls({ http, limiter, usage, clock, log, metrics, isKnown, random = Math.random }: CallsDeps): Calls {
  const waiting = metrics.upstreamWaiting;
  const accounts = createAccounts(clock, metrics.upstreamBroken);
  const outages = createOutages(log);
  const turns = createTurns((account) => account.pausedUntil <= clock.monotonic(), accounts.moved);

  function count(api: string, outcome: string): void {
    metrics.upstreamCall(isKnown(api) ? api : 'other', outcome);
  }

  function pause(account: Account, ms: number): void {
    const until = clock.monotonic() + ms;
    if (until <= account.pausedUntil) return;
    account.pausedUntil = until;
    wake(account, ms);
  }

  /** Timers may come a hair early: who waits would then be asked too soon, and never again. */
  function wake(account: Account, ms: number): void {
    clock.after(ms, () => {
      const left = account.pausedUntil - clock.monotonic();
      if (left > 0) wake(account, Math.ceil(left));
      else turns.next(account);
    });
  }

  /** Why no call is made now nor before `until`; undefined where one may be. */
  function hindrance({ account, until }: Pick<Call, 'account' | 'until'>): ProblemError | undefined {
    const broken = account.breaker.wait();
    if (broken > 0) return new NotCalled('upstream_unreachable', 'The source failed several times in a row and is left alone for a moment.', broken);
    const paused = account.pausedUntil - clock.monotonic();
    if (account.pausedUntil >= until && paused > 0) return new NotCalled('rate_limited', 'The source admits no more calls for now.', paused);
    return undefined;
  }

  /** Waits for the call's turn. What it resolves to ends the turn. */
  function turnOf(call: Call, first: boolean): Promise<() => void> {
    const { account, by, request: { base: { origin }, signal }, until } = call;
    return new Promise((resolve, reject) => {
      const left = usage.wait(by.tenant, by.api);
      waiting.inc();
      const settled = (): void => {
        left();
        waiting.dec();
        cancel();
        signal?.removeEventListener('abort', givenUp);
      };
      const turn: Turn = {
        by,
        account,
        origin,
        go() {
          settled();
          resolve(() => turns.done(turn));
        },
      };
      const leave = (problem: ProblemError): void => {
        settled();
        turns.leave(turn);
        reject(problem);
      };
      const givenUp = (): void => leave(new ProblemError('upstream_timeout', 'The call was given up before its turn came.'));
      const cancel = clock.after(Math.max(0, until - clock.monotonic()), () => {
        leave(new NotCalled('rate_limited', 'The source has too many calls already; this one found no room in time.', account.pausedUntil - clock.monotonic()));
      });
      signal?.addEventListener('abort', givenUp, { once: true });
      if (signal?.aborted === true) return givenUp();
      if (!turns.join(turn, first)) return leave(new NotCalled('rate_limited', 'Too many calls to the source wait already.', 1_000));
      turns.next(origin);
    });
  }

  /** Takes one of the calls that the account has in a minute; false where it has none left, and is paused. */
  async function admitted(account: Account): Promise<boolean> {
    if (account.perMinute === undefined) return true;
    try {
      const { allowed, resetIn } = await limiter.take(`calls:${account.key}`, account.perMinute, MINUTE);
      if (!allowed) pause(account, Math.max(1, resetIn));
      return allowed;
    } catch (error) {
      log.warn({ err: error, api: account.api }, 'calls are not counted: the limiter fails');
      return true;
    }
  }

  async function attempt(call: Call): Promise<HttpAnswer> {
    const { account, by, request, until } = call;
    for (let first = false; ; first = true) {
      let problem = hindrance(call);
      if (problem !== undefined) throw problem;
      const done = await turnOf(call, first);
      try {
        problem = hindrance(call);
        if (problem !== undefined) throw problem;
        if (!(await admitted(account))) continue;
        const deadline = until - clock.monotonic();
        if (deadline <= 0) throw new ProblemError('upstream_timeout', 'The call was given up before its turn came.');
        const ended = usage.begin(by.tenant, by.api);
        const failed = (error: unknown): boolean => isDown(error) && (deadline >= FAIR_CHANCE || asProblem(error).code !== 'upstream_timeout');
        try {
          const answer = await account.breaker.run(() => http.json({ ...request, deadline }), failed);
          ended();
          count(by.api, 'ok');
          outages.back(by.api, request.base.host);
          return answer;
        } catch (error) {
          const { code } = asProblem(error);
          ended(code);
          count(by.api, code);
          // Who gave up says nothing of the other side, and one that answers is there, whatever it says.
          if (failed(error) && request.signal?.aborted !== true) outages.away(by.api, request.base.host, error);
          else if (!isDown(error) && code.startsWith('upstream_')) outages.back(by.api, request.base.host);
          const asked = askedPause(error);
          if (asked > 0) pause(account, asked);
          throw error;
        }
      } finally {
        done();
      }
    }
  }

  return {
    async json(request, by) {
      const call: Call = { request, by, account: accounts.of(by), until: clock.monotonic() + (request.deadline ?? DEADLINE) };
      for (let repeats = 0; ; repeats += 1) {
        try {
          return await attempt(call);
        } catch (error) {
          const again = repeatAfter(request, error, repeats, random);
          const now = clock.monotonic();
          if (again === undefined || now + again >= call.until || request.signal?.aborted === true || call.account.breaker.wait() > 0) {
            if (error instanceof NotCalled) count(by.api, 'not_called');
            throw error;
          }
          await wait(clock, again, request.signal);
        }
      }
    },
    recovered(api) {
      for (const account of accounts.mend(api)) turns.next(account);
    },
  };
}
