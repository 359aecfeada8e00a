import { UpstreamStatusError } from '../../kernel/http-client.js';
import { ProblemError } from '../../kernel/problems.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { labelOf } from './credential.js';

/** What the API's status means to who asked. Never a word of what it said: that may hold the key, or markup. */
export function apiProblem(error: unknown, connector: ConnectorSettings, hasCredential: boolean): unknown {
  if (!(error instanceof UpstreamStatusError)) return error;
  const { upstreamStatus, retryAfter } = error;
  const own = connector.errors?.[upstreamStatus];
  if (own !== undefined) return new ProblemError(own.code, own.detail, { ...(retryAfter !== undefined && { retryAfter }), cause: error });
  switch (upstreamStatus) {
    case 401:
    case 403:
      return hasCredential ? refused(connector, upstreamStatus, error) : new ProblemError('credential_missing', `Connect ${labelOf(connector)}.`, { cause: error });
    case 429:
      return new ProblemError('rate_limited', `${labelOf(connector)} admits no more calls for now.`, { retryAfter: retryAfter ?? 60, cause: error });
    default:
      return error;
  }
}

/** The credential is there, and the other side does not want it. */
export function refused(connector: ConnectorSettings, status: number, cause: unknown): ProblemError {
  return new ProblemError('credential_refused', `${labelOf(connector)} refuses the credential (status ${status}).`, { cause });
}
