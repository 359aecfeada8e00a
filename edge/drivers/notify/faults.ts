import { NotifyFault } from '../../kernel/alerts.js';
import { UpstreamStatusError } from '../../kernel/http-client.js';
import { asProblem } from '../../kernel/problems.js';

/** Milliseconds: who asks for a longer wait than a day is asked again after a day. */
const LONGEST_WAIT = 24 * 3_600_000;
/** Those beside 5xx that say "not now" and not "never so". */
const LATER = new Set([408, 425, 429]);

/**
 * What became of a call that no receiver took. The words never hold an address or a secret.
 *
 * @param words of the receiver, clean
 */
export function httpFault(error: unknown, words?: string): NotifyFault {
  if (error instanceof NotifyFault) return error;
  if (error instanceof UpstreamStatusError) {
    const { upstreamStatus: status, retryAfter } = error;
    const retry = LATER.has(status) || status >= 500;
    const message = status >= 300 && status < 400
      ? `The receiver answered with status ${status}: it leads elsewhere, which is not followed.`
      : `The receiver answered with status ${status}${words === undefined ? '.' : `: ${words}`}`;
    return new NotifyFault(message, { retry, cause: error, ...(retry && retryAfter !== undefined && { after: Math.min(retryAfter * 1_000, LONGEST_WAIT) }) });
  }
  const { code, cause } = asProblem(error);
  switch (code) {
    case 'upstream_timeout': return new NotifyFault('The receiver did not answer in time.', { retry: true, cause: error });
    case 'upstream_invalid': return new NotifyFault('The receiver answered with something that is not HTTP.', { retry: true, cause: error });
    case 'upstream_unreachable':
      if (cause instanceof Error && cause.name === 'RefusedAddressError') {
        return new NotifyFault('The receiver has an address that this edge may not call; CCM_ALLOW_PRIVATE_HOSTS may list its host.', { retry: false, cause: error });
      }
      return new NotifyFault('The receiver could not be reached.', { retry: true, cause: error });
    case 'bad_request': return new NotifyFault('The receiver has an address that this edge may not call.', { retry: false, cause: error });
    default: return new NotifyFault('The message could not be made.', { retry: false, cause: error });
  }
}

/** One fault of several: another try where one of them may do better by it. */
export function faultOfAll(faults: readonly NotifyFault[], all: number): NotifyFault {
  const [first] = faults;
  if (first !== undefined && faults.length === 1 && all === 1) return first;
  const again = faults.filter(({ retry }) => retry);
  const after = Math.max(0, ...again.map((fault) => fault.after ?? 0));
  const words = [...new Set(faults.map(({ message }) => message))].slice(0, 3).join(' ');
  return new NotifyFault(`${faults.length} of ${all} addresses did not get it. ${words}`, { retry: again.length > 0, cause: first, ...(after > 0 && { after }) });
}
