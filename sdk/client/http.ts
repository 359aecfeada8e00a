import type { Reply, RequestOptions, WriteOptions } from './client.js';
import type { ServerClock } from './clock.js';
import { CcmError } from './errors.js';
import { fullJitter } from './pace.js';
import type { Pace } from './pace.js';
import { errorOf } from './problem.js';
import type { TokenSource } from './token.js';

const TRIES = 3;
/** Seconds: told to wait longer, the caller hears of it instead. */
const PATIENCE = 20;

export interface CallOptions extends RequestOptions {
  /** Milliseconds until the answer is there; each `alive()` of its reader starts them anew. */
  timeout?: number;
  /** `false`: the ticket in the query speaks for itself. */
  auth?: boolean;
  /** `false`: a GET that may not be repeated. */
  repeat?: boolean;
}

/** Reads an answer. `alive` says that something came and restarts the time-out. */
export type Reader<T> = (response: Response, alive: () => void) => Promise<T>;

/** The one door through which everything is asked of the edge. */
export interface Http {
  readonly edge: string;
  segment(id: string): string;
  call<T>(method: string, path: string, options: CallOptions, read: Reader<T>): Promise<T>;
  request<T>(method: string, path: string, options?: RequestOptions): Promise<Reply<T>>;
  close(): void;
}

export interface HttpParts {
  edge: string;
  token: TokenSource;
  clock: ServerClock;
  pace: Pace;
  fetch: typeof fetch;
  timeout: number;
}

/** The edge's address without its last slash. Throws where it is none. */
export function edgeAddress(edge: string): string {
  const url = URL.canParse(edge) ? new URL(edge) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new TypeError(`createClient: edge must be an absolute http(s) address, not "${edge}"`);
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** An id as one segment of a path. Throws on what would climb out of its place. */
export function segment(id: string): string {
  if (!id || /^\.\.?$/.test(id)) throw new CcmError('bad_request', `"${id}" is no id.`);
  return encodeURIComponent(id);
}

/** Headers of a write that a lost race forbids. */
export function unchanged({ ifMatch }: WriteOptions = {}): Record<string, string> {
  return ifMatch ? { 'if-match': ifMatch } : {};
}

function queryOf(query: RequestOptions['query']): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.append(name, String(value));
  const text = search.toString();
  return text && `?${text}`;
}

function mayRepeat(error: CcmError): boolean {
  return error.code === 'network' || error.status === 429 || error.status === 503;
}

async function readJson<T>(response: Response): Promise<Reply<T>> {
  const text = await response.text();
  const etag = response.headers.get('etag');
  try {
    return { data: (text ? JSON.parse(text) : undefined) as T, ...(etag && { etag }), status: response.status };
  } catch {
    const { status, headers } = response;
    throw new CcmError('contract', `The edge answered ${headers.get('content-type') ?? 'something'} that is not JSON.`, { status });
  }
}

export function createHttp({ edge, token, clock, pace, fetch: fetcher, timeout }: HttpParts): Http {
  const open = new Set<(error: CcmError) => void>();
  let closed = false;

  async function attempt<T>(method: string, path: string, options: CallOptions, bearer: string, read: Reader<T>): Promise<T> {
    const controller = new AbortController();
    let why: CcmError | undefined;
    const stop = (error: CcmError) => {
      why ??= error;
      controller.abort();
    };
    const aborted = () => {
      stop(new CcmError('aborted', 'The request was given up.', { cause: options.signal?.reason }));
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        stop(new CcmError('timeout', 'The edge did not answer in time.'));
      }, options.timeout ?? timeout);
    };
    if (closed || options.signal?.aborted) aborted();
    options.signal?.addEventListener('abort', aborted);
    open.add(stop);
    alive();
    try {
      const response = await fetcher(`${edge}/api/v1${path}${queryOf(options.query)}`, {
        method,
        credentials: 'omit',
        signal: controller.signal,
        headers: {
          accept: 'application/json',
          ...(bearer && { authorization: `Bearer ${bearer}` }),
          ...(options.body !== undefined && { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
      });
      clock.observe(response.headers.get('date'));
      if (!response.ok) throw await errorOf(response);
      return await read(response, alive);
    } catch (error) {
      if (why) throw why;
      throw error instanceof CcmError ? error : new CcmError('network', 'The edge cannot be reached.', { cause: error });
    } finally {
      clearTimeout(timer);
      open.delete(stop);
      options.signal?.removeEventListener('abort', aborted);
    }
  }

  /** With the token, and once more with a newer one where the edge does not take it. */
  async function authorised<T>(method: string, path: string, options: CallOptions, read: Reader<T>): Promise<T> {
    if (options.auth === false) return attempt(method, path, options, '', read);
    const used = await token.get();
    try {
      return await attempt(method, path, options, used, read);
    } catch (error) {
      if (!(error instanceof CcmError) || error.status !== 401) throw error;
      const newer = await token.renew(used);
      try {
        return await attempt(method, path, options, newer, read);
      } catch (again) {
        throw again instanceof CcmError && again.status === 401 ? token.reject() : again;
      }
    }
  }

  async function call<T>(method: string, path: string, options: CallOptions, read: Reader<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await authorised(method, path, options, read);
      } catch (error) {
        const again = method === 'GET' && options.repeat !== false && tries < TRIES && error instanceof CcmError && mayRepeat(error);
        if (!again || (error.retryAfter ?? 0) > PATIENCE) throw error;
        const wait = (error.retryAfter ?? 0) * 1000 + fullJitter(tries - 1, pace.retry, pace.backoffMax, pace.random);
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  return {
    edge,
    segment,
    call,
    request: <T>(method: string, path: string, options: RequestOptions = {}) => call<Reply<T>>(method, path, options, readJson),
    close() {
      closed = true;
      for (const stop of open) stop(new CcmError('aborted', 'The client is closed.'));
    },
  };
}
