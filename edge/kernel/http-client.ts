import { ProblemError } from './problems.js';

/** Bytes after decompression that are read of one answer, where who asks names no fewer. */
export const MOST_ANSWER_BYTES = 10 * 1024 * 1024;

/** The one guarded door for outgoing calls (driver: drivers/http). */
export interface HttpClient {
  /**
   * Calls `path` below a registered base and gives the parsed JSON.
   * Throws `ProblemError`: `bad_request` for a path that would leave the base, else an `upstream_*` code.
   */
  json(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface HttpRequest {
  /** Scheme, host, port and an optional path prefix: from settings, never from a caller. */
  base: URL;
  /** Absolute path below the base's own. */
  path: string;
  /** Encoded query, without `?`. */
  query?: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: unknown;
  /** Sent as `application/x-www-form-urlencoded`, in the place of `body`. */
  form?: Record<string, string>;
  /** Sent as they are, in the place of `body`; `headers` say what they are. */
  bytes?: Uint8Array;
  /** The status alone counts: what else the other side answers may be anything or nothing, and `body` is undefined. */
  discard?: boolean;
  /** Bytes after decompression of an answer that is no success that are read, for `UpstreamStatusError.said`: of a longer one nothing is kept (default 0). */
  maxSaid?: number;
  /** Milliseconds for the whole call (default 30 000). */
  deadline?: number;
  /** Bytes after decompression (default `MOST_ANSWER_BYTES`). */
  maxBytes?: number;
  signal?: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  /** Milliseconds. */
  elapsed: number;
  /** Bytes of the body after decompression. */
  bytes: number;
  body: unknown;
  /** Those that may be read: `link`, `date`, and what tells limits. Lower case. */
  headers: Readonly<Record<string, string>>;
}

/** The other side answered, with a status that is no success. */
export class UpstreamStatusError extends ProblemError {
  readonly upstreamStatus: number;
  /** The answer itself, where it was asked for: as the other side wrote it, for nobody's eyes as it is. */
  readonly said?: string;

  /** @param retryAfter seconds, where the other side named a time to wait */
  constructor(upstreamStatus: number, retryAfter?: number, said?: string) {
    super('upstream_status', `The source answered with status ${upstreamStatus}.`, { retryAfter });
    this.upstreamStatus = upstreamStatus;
    // Not to be seen by a log, which writes all fields of an error.
    if (said !== undefined) Object.defineProperty(this, 'said', { value: said });
  }
}
