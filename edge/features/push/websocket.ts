import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type * as Ws from 'ws';
import { CLOSE_CODES, MAX_MESSAGE_BYTES } from '../../../sdk/contract/frames.js';
import { loadPeer } from '../../drivers/optional.js';
import type { OriginCheck } from '../../gate/origin.js';
import type { TokenVerifier } from '../../gate/token.js';
import type { Log } from '../../kernel/log.js';
import type { Hub } from './hub.js';
import { LIMITS } from './limits.js';
import { Session, type SessionDeps } from './session.js';
import type { Tickets } from './tickets.js';

export interface WebSocketDeps extends SessionDeps {
  hub: Hub;
  verifier: TokenVerifier;
  tickets: Tickets;
  isAllowedOrigin: OriginCheck;
  /** Whether `?token=` is taken. */
  queryToken: boolean;
  log: Log;
}

/** The WebSocket carrier. */
export interface WebSockets {
  /** Takes the upgrades of the server. */
  attach(server: Server): void;
  /** Ends the sockets that have not said who they are; the others are the hub's. */
  drain(): void;
}

const DASHBOARDS = new Set(['/api/ws/dashboard', '/ws/dashboard']);
const ONE_WIDGET = /^\/ws\/widgets\/([^/]+)$/;

/** Loads `ws`; throws naming it where it is not installed. */
export async function createWebSockets(deps: WebSocketDeps): Promise<WebSockets> {
  const { WebSocket, WebSocketServer } = await loadWs();

  /** ws closes a message that is too large with 1009, before it is in memory; our pages know it by another code. */
  class PushSocket extends WebSocket {
    override close(code?: number, reason?: string | Buffer): void {
      super.close(code === 1009 ? CLOSE_CODES.messageTooLarge : code, reason);
    }
  }
  const sockets = new WebSocketServer({
    noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES, WebSocket: PushSocket,
  });
  /** Those who have not yet shown who they are. */
  const unknown = new Set<Session>();
  /** Those of them who brought nothing to show either, oldest first. */
  const strangers = new Set<Session>();

  const welcome = (socket: Ws.WebSocket, raw: Duplex, { widget, token, ticket }: Target): void => {
    const session = new Session(socket, raw, deps, () => {
      unknown.delete(session);
      strangers.delete(session);
    });
    unknown.add(session);
    if (token === undefined && ticket === undefined) {
      // The oldest goes, not the one who comes: pages say who they are at once, and who opens sockets to keep others out says nothing.
      const [oldest] = strangers;
      if (strangers.size >= LIMITS.unauthenticated) oldest?.end(CLOSE_CODES.tooMany, 'too many strangers', true);
      strangers.add(session);
    }
    if (widget !== undefined) session.subscribeFirst(widget);
    if (ticket !== undefined) session.authenticateAs(deps.tickets.take(ticket));
    else if (token !== undefined) session.authenticate(deps.queryToken ? token : '');
  };

  const upgrade = (request: IncomingMessage, raw: Duplex, head: Buffer): void => {
    raw.on('error', (error) => deps.log.debug({ err: error }, 'a socket broke during its upgrade'));
    const target = targetOf(request.url ?? '');
    const { origin, host } = request.headers;
    if (target === undefined) return refuse(raw, 404);
    // Browsers always send one; who sends none is no page, and has no cookie of ours either.
    if (origin !== undefined && !deps.isAllowedOrigin(origin, host)) return refuse(raw, 403);
    if (deps.hub.draining) return refuse(raw, 503);
    sockets.handleUpgrade(request, raw, head, (socket) => welcome(socket, raw, target));
  };

  return {
    attach(server) {
      server.on('upgrade', upgrade);
    },
    drain() {
      for (const session of [...unknown]) session.end(CLOSE_CODES.restarting, 'restarting');
    },
  };
}

interface Target {
  /** Of `/ws/widgets/:id`. */
  readonly widget?: string;
  readonly token?: string;
  readonly ticket?: string;
}

function targetOf(address: string): Target | undefined {
  let url: URL;
  try {
    url = new URL(address, 'http://edge');
  } catch {
    return undefined;
  }
  const token = url.searchParams.get('token') ?? undefined;
  const ticket = url.searchParams.get('ticket') ?? undefined;
  if (DASHBOARDS.has(url.pathname)) return { token, ticket };
  const id = ONE_WIDGET.exec(url.pathname)?.[1];
  if (id === undefined) return undefined;
  try {
    return { widget: decodeURIComponent(id), token, ticket };
  } catch {
    return undefined;
  }
}

function refuse(raw: Duplex, status: number): void {
  const retry = status === 503 ? 'Retry-After: 5\r\n' : '';
  raw.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n${retry}\r\n`, () => raw.destroy());
}

function loadWs() {
  return loadPeer('ws', 'Push over WebSocket', () => import('ws'));
}
