import type { IncomingMessage } from 'node:http';
import { startServer } from '../../../drivers/http/test/server.js';

/** A call as a stand-in sees it. */
export interface StandInCall {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface StandInReply {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON; text as it is. */
  body?: unknown;
}

export interface StandIn {
  url: string;
  /** Every call so far. */
  calls: StandInCall[];
  close(): Promise<void>;
}

export interface StandInOptions {
  /** Calls that are let in before it says 429, without end where absent. */
  admits?: number;
  /** Seconds of `Retry-After` then. */
  retryAfter?: number;
}

/** Not what was asked: the reply that says so. */
export class Refusal extends Error {
  readonly reply: StandInReply;

  constructor(reply: StandInReply) {
    super(`refused with ${reply.status ?? 200}`);
    this.reply = reply;
  }
}

/** A local server in the place of a public API: what it checks and how it answers is in `answer`. */
export async function startStandIn(answer: (call: StandInCall) => StandInReply, { admits = Infinity, retryAfter = 1 }: StandInOptions = {}): Promise<StandIn> {
  const calls: StandInCall[] = [];
  const server = await startServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk))).on('end', () => {
      const url = new URL(request.url ?? '/', 'http://stand-in');
      const call = { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body };
      calls.push(call);
      const reply = calls.length > admits ? { status: 429, headers: { 'retry-after': String(retryAfter) }, body: {} } : replyTo(answer, call);
      const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {});
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
      response.end(text);
    });
  });
  return { url: server.url.origin, calls, close: () => server.close() };
}

function replyTo(answer: (call: StandInCall) => StandInReply, call: StandInCall): StandInReply {
  try {
    return answer(call);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    return { status: 500, body: { error: String(error) } };
  }
}

export function formOf({ headers, body }: StandInCall): URLSearchParams {
  if (!(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) throw new Refusal({ status: 415 });
  return new URLSearchParams(body);
}

/** Name and password of Basic. */
export function basicOf({ headers }: StandInCall): [string, string] {
  const [, encoded] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
  const [name = '', ...password] = Buffer.from(encoded ?? '', 'base64').toString().split(':');
  return [name, password.join(':')];
}

export function bearerOf({ headers }: StandInCall): string {
  return /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
}
