import type { CallAccount, Calls } from '../../../kernel/calls.js';
import { systemClock, type Clock } from '../../../kernel/clock.js';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../../kernel/http-client.js';
import type { Limiter } from '../../../kernel/limiter.js';
import { createLog, type Log } from '../../../kernel/log.js';
import { createMetrics, type Metrics } from '../../../kernel/metrics.js';
import type { ApiUsage } from '../../../kernel/api-usage.js';
import { createApiUsage } from '../../api-usage.js';
import { createCalls } from '../calls.js';

/** A limiter of fixed windows by the test's own clock; each begins with its first call. */
export function windowLimiter(clock: Clock): Limiter {
  const windows = new Map<string, { ends: number; taken: number }>();
  return {
    take(key, limit, seconds) {
      const now = clock.monotonic();
      let window = windows.get(key);
      if (window === undefined || window.ends <= now) windows.set(key, (window = { ends: now + seconds * 1000, taken: 0 }));
      const allowed = window.taken < limit;
      if (allowed) window.taken += 1;
      return Promise.resolve({ allowed, remaining: limit - window.taken, resetIn: window.ends - now });
    },
  };
}

/** Real calls with the limits of their accounts, over a client of the test. */
export function callsOver(http: HttpClient, clock: Clock = systemClock): Calls {
  return callsRig({ http, clock }).calls;
}

export interface CallsRig {
  readonly calls: Calls;
  readonly usage: ApiUsage;
  readonly metrics: Metrics;
  /** Requests that reached the other side, each with when (monotonic). */
  readonly made: { request: HttpRequest; at: number }[];
  /** Calls under way at the other side. */
  underWay(): number;
}

/** What the other side does with a request: its body, or what it throws. */
export type Answering = (request: HttpRequest) => unknown;

export function callsRig({ http, answer = () => ({}), clock, limiter = windowLimiter(clock), random = () => 0.5, log = createLog({ level: 'silent' }) }: {
  http?: HttpClient; answer?: Answering; clock: Clock; limiter?: Limiter; random?: () => number; log?: Log;
}): CallsRig {
  const made: CallsRig['made'] = [];
  let active = 0;
  const inner = http ?? {
    async json(request: HttpRequest): Promise<HttpAnswer> {
      return { status: 200, elapsed: 1, bytes: 2, body: await answer(request), headers: {} };
    },
    close: () => Promise.resolve(),
  };
  const counting: HttpClient = {
    async json(request) {
      made.push({ request, at: clock.monotonic() });
      active += 1;
      try {
        return await inner.json(request);
      } finally {
        active -= 1;
      }
    },
    close: () => inner.close(),
  };
  const usage = createApiUsage(clock);
  const metrics = createMetrics();
  const calls = createCalls({
    http: counting, limiter, usage, clock, log, metrics,
    isKnown: (api) => api === 'stripe' || api.startsWith('module:'), random,
  });
  return { calls, usage, metrics, made, underWay: () => active };
}

export function accountOf(more: Partial<CallAccount> = {}): CallAccount {
  return { tenant: 'acme', api: 'stripe', credential: 'c1', limits: { concurrent: 4 }, ...more };
}

export function requestOf(more: Partial<HttpRequest> = {}): HttpRequest {
  return { base: new URL('https://api.example'), path: '/v1/charges', ...more };
}
