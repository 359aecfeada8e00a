import type { Dispatcher } from 'undici';
import { MOST_ANSWER_BYTES, UpstreamStatusError, type HttpAnswer, type HttpClient, type HttpRequest } from '../../kernel/http-client.js';
import { systemClock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import { ProblemError } from '../../kernel/problems.js';
import { createSeldom } from '../../kernel/seldom.js';
import { loadPeer } from '../optional.js';
import { createAddressGuard } from './addresses.js';
import { ACCEPTED_ENCODINGS, readBody, tooLarge } from './body.js';
import { guardedConnector, RefusedAddressError, type Resolve } from './connector.js';
import { callProblem, CutShort } from './faults.js';
import { parseJson } from './json.js';
import { checkPort, targetOf, type Ports } from './target.js';

export interface HttpClientOptions {
  /** Host names, addresses or CIDRs that may be called although they are not public. */
  allowPrivateHosts: readonly string[];
  /** Those that may be called beside 80 and 443, as they are at the moment of the call; any where absent. */
  ports?: Ports;
  log?: Log;
  /** Default: the system's resolver. */
  resolve?: Resolve;
}

const DEADLINE_MS = 30_000;

/** @throws MissingPeerError: asked at the start, so that the edge does not run without being able to call anybody */
export function loadUndici() {
  return loadPeer('undici@7', 'Calling modules and external APIs', () => import('undici'));
}

/** Aborts at the deadline, or with the caller's own signal. */
function cutter(deadline: number, given: AbortSignal | undefined) {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new CutShort(new ProblemError('upstream_timeout', `The source did not answer within ${deadline / 1000} s.`)));
  }, deadline);
  const giveUp = () => {
    controller.abort(new CutShort(new ProblemError('upstream_timeout', 'The call was given up before the source answered.')));
  };
  if (given?.aborted === true) giveUp();
  else given?.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      given?.removeEventListener('abort', giveUp);
    },
  };
}

function headerOf(answer: Dispatcher.ResponseData, name: string): string {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value.join(', ') : value) ?? '';
}

/** Headers of an answer that may be read; the rest stays here. */
const READABLE = /^(link|date|retry-after|x-?ratelimit-[a-z-]+)$/;

function readable(answer: Dispatcher.ResponseData): Record<string, string> {
  return Object.fromEntries(Object.keys(answer.headers).filter((name) => READABLE.test(name)).map((name) => [name, headerOf(answer, name)]));
}

/** Seconds of a `Retry-After`, which is a number of them or a date (RFC 9110, 10.2.3). */
function retryAfterOf(header: string): number | undefined {
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

function contentOf({ body, form, bytes }: HttpRequest): { body: string | Uint8Array | null; headers: Record<string, string> } {
  if (bytes !== undefined) return { body: bytes, headers: {} };
  if (form !== undefined) return { body: new URLSearchParams(form).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  if (body !== undefined) return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return { body: null, headers: {} };
}

/** Reads away a short text, so that the connection can be used again. */
async function dump({ body }: Dispatcher.ResponseData): Promise<undefined> {
  await body.dump({ limit: 16 * 1024 }).catch(() => undefined);
  return undefined;
}

async function checkStatus(answer: Dispatcher.ResponseData, maxSaid: number): Promise<void> {
  if (answer.statusCode >= 200 && answer.statusCode <= 299) return;
  const said = maxSaid > 0 ? await readBody(answer.body, headerOf(answer, 'content-encoding'), maxSaid).catch(() => undefined) : await dump(answer);
  throw new UpstreamStatusError(answer.statusCode, retryAfterOf(headerOf(answer, 'retry-after')), said?.toString('utf8'));
}

async function bodyOf(answer: Dispatcher.ResponseData, maxBytes: number): Promise<Buffer> {
  const { body } = answer;
  const type = headerOf(answer, 'content-type').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/html' || type === 'application/xhtml+xml') {
    body.destroy();
    throw new ProblemError('upstream_invalid', 'The source answered with HTML instead of JSON.');
  }
  if (Number(headerOf(answer, 'content-length')) > maxBytes) {
    body.destroy();
    throw tooLarge(maxBytes);
  }
  return readBody(body, headerOf(answer, 'content-encoding'), maxBytes);
}

/**
 * The one door for outgoing calls. It calls registered bases only, checks every address while connecting, follows no redirect,
 * ends at a total deadline and at a cap of decompressed bytes, reads JSON only (or nothing, where only the status counts), and sends no header but those it is given
 * and `accept`, `accept-encoding`, `user-agent`. Without undici (an optional peer) each call fails and names it.
 */
export function createHttpClient({ allowPrivateHosts, ports, log, resolve }: HttpClientOptions): HttpClient {
  const guard = createAddressGuard(allowPrivateHosts);
  const seldom = createSeldom(systemClock);
  const ready = loadUndici().then(({ Agent, buildConnector, request }) => {
    const agent = new Agent({
      connect: guardedConnector(buildConnector, guard, resolve),
      connections: 32,
      pipelining: 1,
      keepAliveTimeout: 15_000,
      // One total deadline counts instead.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    return { agent, request };
  });
  ready.catch((error: unknown) => log?.error({ err: error }, 'no outgoing call can be made'));

  async function call(given: HttpRequest): Promise<HttpAnswer> {
    const url = targetOf(given.base, given.path, given.query);
    if (ports !== undefined) checkPort(url, ports);
    const { agent, request } = await ready;
    const content = contentOf(given);
    const start = performance.now();
    const cut = cutter(given.deadline ?? DEADLINE_MS, given.signal);
    try {
      const answer = await request(url, {
        dispatcher: agent,
        method: given.method ?? 'GET',
        signal: cut.signal,
        headers: {
          accept: 'application/json',
          'accept-encoding': ACCEPTED_ENCODINGS,
          'user-agent': 'ccm-edge',
          ...content.headers,
          ...given.headers,
        },
        body: content.body,
      });
      // A body that is left unread is destroyed, and says so with an error that nobody else hears.
      answer.body.on('error', () => {});
      await checkStatus(answer, given.maxSaid ?? 0);
      if (given.discard === true) {
        await dump(answer);
        return { status: answer.statusCode, elapsed: performance.now() - start, bytes: 0, body: undefined, headers: readable(answer) };
      }
      const bytes = await bodyOf(answer, given.maxBytes ?? MOST_ANSWER_BYTES);
      return { status: answer.statusCode, elapsed: performance.now() - start, bytes: bytes.length, body: parseJson(bytes), headers: readable(answer) };
    } catch (error) {
      const fault: unknown = cut.signal.aborted ? cut.signal.reason : error;
      if (fault instanceof RefusedAddressError && seldom(fault.hostname)) {
        log?.warn({ host: fault.hostname }, 'outgoing call refused: the address is not public; CCM_ALLOW_PRIVATE_HOSTS may list it');
      }
      throw callProblem(fault);
    } finally {
      cut.release();
    }
  }

  return {
    json: call,
    async close() {
      await ready.then(({ agent }) => agent.destroy(), () => undefined);
    },
  };
}
