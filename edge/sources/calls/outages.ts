import { LRUCache } from 'lru-cache';
import { UpstreamStatusError, type HttpClient } from '../../kernel/http-client.js';
import type { Log } from '../../kernel/log.js';
import { asProblem } from '../../kernel/problems.js';

/** Sources that are remembered as away. */
const REMEMBERED = 1_000;

/** Says in the log when a source is away, why, and when it is back: once each, however many widgets ask it. Who asked is told neither host nor cause. */
export interface Outages {
  away(api: string, host: string, error: unknown): void;
  back(api: string, host: string): void;
}

export function createOutages(log: Log): Outages {
  const known = new LRUCache<string, true>({ max: REMEMBERED });
  const keyOf = (api: string, host: string): string => `${api} ${host}`;
  return {
    away(api, host, error) {
      const key = keyOf(api, host);
      if (known.has(key)) return;
      known.set(key, true);
      log.warn({ api, host, why: causeOf(error) }, 'a source is away; it is tried again');
    },
    back(api, host) {
      if (known.delete(keyOf(api, host))) log.info({ api, host }, 'a source is back');
    },
  };
}

/** The client, with its outages told of under this name. For what is called without a queue, and given up only where no answer came in time. */
export function tellingOutages(http: HttpClient, api: string, outages: Outages): HttpClient {
  return {
    async json(request) {
      try {
        const answer = await http.json(request);
        outages.back(api, request.base.host);
        return answer;
      } catch (error) {
        outages.away(api, request.base.host, error);
        throw error;
      }
    },
    close: () => http.close(),
  };
}

/** The system's own word, which says what to look for: `ECONNREFUSED`, `ENOTFOUND`, the certificate's fault. */
export function causeOf(error: unknown): string {
  if (error instanceof UpstreamStatusError) return `status ${error.upstreamStatus}`;
  const problem = asProblem(error);
  if (problem.code === 'upstream_timeout') return 'timeout';
  for (let cause: unknown = problem.cause; cause instanceof Error; cause = cause.cause) {
    if (cause.name === 'RefusedAddressError') return 'its address is not public, and not in CCM_ALLOW_PRIVATE_HOSTS';
    if ('code' in cause && typeof cause.code === 'string') return cause.code === 'UND_ERR_CONNECT_TIMEOUT' ? 'timeout while connecting' : cause.code;
  }
  return problem.message;
}
