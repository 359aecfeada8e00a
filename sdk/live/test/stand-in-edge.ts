import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { AnswerFrame, BatchRequest, ClientMessage, WidgetRequest } from '../../contract/frames.js';
import { readClaims } from '../../client/jwt.js';

/** A widget of the stand-in, and how it behaves. */
export interface StandInWidget {
  data: unknown;
  timestamp: string;
  cursor: string;
  title: string;
  refreshInterval?: number;
  /** Milliseconds until its line of the batch is ready. */
  delay?: number;
  /** What its line says, in place of what is true by then: an answer that took its time. */
  late?: AnswerFrame;
  fault?: AnswerFrame;
  refused?: boolean;
}

interface Peer {
  send(frame: object): void;
  token: string;
  wanted: Map<string, WidgetRequest>;
}

interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  token: string;
}

const read = async (request: IncomingMessage) => {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
};

let made = 0;
/** A token that nobody signed: the stand-in believes all but those it was told not to. */
export function tokenOf(claims: { sub: string; tenant?: string; exp?: number; iat?: number }): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ tenant: 't1', jti: ++made, ...claims })}.x`;
}

/** A small edge over real sockets, true to CONTRACT §3 and §4 in what the client sees of it. */
export class StandInEdge {
  readonly widgets = new Map<string, StandInWidget>();
  /** Widgets of which an alert fires. */
  readonly firing = new Set<string>();
  readonly requests: Request[] = [];
  readonly messages: ClientMessage[] = [];
  readonly peers = new Set<Peer>();
  readonly sockets = new Set<WebSocket>();
  /** Opened in all, refused ones too. */
  upgrades = 0;
  refuseSockets = false;
  refuseStreams = false;
  /** Sockets that are accepted, and then nothing. */
  deaf = false;
  rejected = new Set<string>();
  tenant = { id: 't1', name: 'One', timeZone: 'UTC', currency: 'EUR' };
  /** What the token endpoint answers. */
  issue: () => { status?: number; token?: string; expiresAt?: string } = () => ({ token: tokenOf({ sub: 'u1' }) });
  /** Set: answers the batch by itself. */
  batch?: (response: ServerResponse, body: BatchRequest) => void;
  /** Set: answers any other path. */
  other?: (request: Request, response: ServerResponse) => void;
  /** Milliseconds by which its clock is ahead of the real one. */
  skew = 0;
  url = '';
  #server = createServer((request, response) => void this.#answer(request, response));
  #upgrader = new WebSocketServer({ noServer: true });
  #connections = new Set<Socket>();
  #tickets = new Set<string>();
  #tick = 0;

  constructor() {
    this.#server.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
    this.#server.on('upgrade', (request, socket, head) => {
      this.upgrades++;
      this.requests.push({ method: 'UPGRADE', path: request.url ?? '', query: new URLSearchParams(), body: undefined, token: '' });
      if (this.refuseSockets) socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      else this.#upgrader.handleUpgrade(request, socket, head, (peer) => this.#accept(peer));
    });
  }

  /** Again on the same port: it was restarted. */
  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.#connections) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  now(): string {
    return new Date(Date.now() + this.skew).toISOString();
  }

  add(id: string, data: unknown, more: Partial<StandInWidget> = {}): StandInWidget {
    const widget = { data, timestamp: this.now(), cursor: `${id}-${String(++this.#tick)}`, title: id, ...more };
    this.widgets.set(id, widget);
    return widget;
  }

  /** New data: told to all who watch. */
  set(id: string, data: unknown): void {
    const widget = this.widgets.get(id);
    if (!widget) throw new Error(`no widget ${id}`);
    Object.assign(widget, { data, timestamp: this.now(), cursor: `${id}-${String(++this.#tick)}` });
    this.push(id, { widget_id: id, data, timestamp: widget.timestamp, cursor: widget.cursor });
  }

  push(id: string, frame: object): void {
    for (const peer of this.peers) {
      for (const wanted of peer.wanted.values()) if (wanted.id === id) peer.send({ ...frame, ...(wanted.ref && { ref: wanted.ref }) });
    }
  }

  tell(frame: object): void {
    for (const peer of this.peers) peer.send(frame);
  }

  close(code: number): void {
    for (const socket of this.sockets) socket.close(code);
  }

  drop(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  count(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  batches(): BatchRequest[] {
    return this.requests.filter(({ path }) => path === '/api/v1/widgets/data').map(({ body }) => body as BatchRequest);
  }

  #known(token: string): boolean {
    const { exp } = readClaims(token);
    return token !== '' && !this.rejected.has(token) && (exp === undefined || exp * 1000 > Date.now() + this.skew);
  }

  #frame({ id, ref, cursor }: WidgetRequest, widget: StandInWidget | undefined): AnswerFrame {
    const mark = { widget_id: id, ...(ref && { ref }) };
    if (!widget || widget.refused) return { ...mark, state: 'refused', error: { code: 'not_found', detail: 'Not found' } };
    if (widget.fault) return { ...widget.fault, ...mark };
    const { data, timestamp, cursor: now } = widget;
    return cursor === now ? { ...mark, state: 'fresh', timestamp, cursor: now } : { ...mark, data, timestamp, cursor: now };
  }

  #define(id: string, { title, refreshInterval }: StandInWidget) {
    return { id, title, type: 'stat' as const, size: 'small' as const, dataSource: { type: 'module' as const }, ...(refreshInterval && { refreshInterval }) };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const body = await read(request);
    const seen: Request = { method: request.method ?? '', path: url.pathname, query: url.searchParams, body: body ? (JSON.parse(body) as unknown) : undefined, token };
    this.requests.push(seen);
    response.setHeader('date', new Date(Date.now() + this.skew).toUTCString());
    if (url.pathname === '/token') return this.#token(response);
    if (url.pathname === '/api/v1/stream') return this.#stream(url, response);
    if (!this.#known(token)) return this.#problem(response, 401, 'unauthenticated');
    if (url.pathname === '/api/v1/widgets/data') return this.#batch(seen.body as BatchRequest, response);
    if (url.pathname === '/api/v1/stream/tickets') {
      if (this.refuseStreams) return this.#problem(response, 404, 'not_found');
      const ticket = `ticket-${String(++this.#tick)}`;
      this.#tickets.add(ticket);
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ ticket, expiresAt: this.now() }));
    } else if (this.other) this.other(seen, response);
    else this.#problem(response, 404, 'not_found');
  }

  #problem(response: ServerResponse, status: number, code: string): void {
    response.writeHead(status, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ status, code, title: code, detail: code, requestId: 'r1', type: 'about:blank' }));
  }

  #token(response: ServerResponse): void {
    const { status = 200, ...answer } = this.issue();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #batch(body: BatchRequest, response: ServerResponse): void {
    if (this.batch) return this.batch(response, body);
    response.setHeader('content-type', 'application/x-ndjson');
    response.flushHeaders();
    let open = body.widgets.length;
    let first = true;
    for (const wanted of body.widgets) {
      const widget = this.widgets.get(wanted.id);
      const line = () => {
        const frame = widget?.late ?? this.#frame(wanted, widget);
        const tenant = body.define && first ? { tenant: this.tenant } : {};
        first = false;
        response.write(`${JSON.stringify({ ...frame, ...(body.define && widget && !widget.refused && { widget: this.#define(wanted.id, widget) }), ...tenant })}\n`);
        if (--open === 0) response.end();
      };
      if (widget?.delay) setTimeout(line, widget.delay);
      else line();
    }
  }

  #accept(socket: WebSocket): void {
    this.sockets.add(socket);
    const peer: Peer = { token: '', wanted: new Map(), send: (frame) => socket.send(JSON.stringify(frame)) };
    const patience = setTimeout(() => socket.close(4408), 5_000);
    socket.on('close', () => {
      clearTimeout(patience);
      this.sockets.delete(socket);
      this.peers.delete(peer);
    });
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(String(data)) as ClientMessage;
      this.messages.push(message);
      if (this.deaf) return;
      if (message.action === 'auth') {
        clearTimeout(patience);
        if (!this.#known(message.token)) return socket.close(4401);
        peer.token = message.token;
        this.peers.add(peer);
      } else if (!peer.token) socket.close(4401);
      else if (message.action === 'ping') peer.send({ action: 'pong' });
      else this.#wish(peer, message);
    });
  }

  #wish(peer: Peer, { action, widgets }: Extract<ClientMessage, { widgets: unknown }>): void {
    const wishes = widgets.map((wanted) => (typeof wanted === 'string' ? { id: wanted } : wanted));
    for (const wanted of wishes) {
      if (action === 'unsubscribe') peer.wanted.delete(wanted.ref ?? wanted.id);
      if (action === 'refresh') peer.send(this.#frame({ ...wanted, cursor: '' }, this.widgets.get(wanted.id)));
    }
    if (action !== 'subscribe') return;
    const seen = wishes.filter(({ id }) => this.widgets.has(id) && !this.widgets.get(id)?.refused);
    const refused = wishes.filter((wanted) => !seen.includes(wanted)).map(({ id, ref }) => ({ id, ...(ref && { ref }), code: 'not_found', detail: 'Not found' }));
    const firing = seen.map(({ id }) => id).filter((id) => this.firing.has(id));
    const definitions = JSON.stringify([...this.widgets].map(([id, { title, refused: hidden }]) => [id, title, hidden]));
    peer.send({ action: 'subscribed', widgets: seen.map(({ id }) => id), refused, ...(firing.length > 0 && { firing }), definitions });
    for (const wanted of seen) {
      peer.wanted.set(wanted.ref ?? wanted.id, wanted);
      const frame = this.#frame(wanted, this.widgets.get(wanted.id));
      if (!('state' in frame && frame.state === 'fresh')) peer.send(frame);
    }
  }

  #stream(url: URL, response: ServerResponse): void {
    if (!this.#tickets.delete(url.searchParams.get('ticket') ?? '')) return this.#problem(response, 401, 'unauthenticated');
    const text = url.searchParams.get('widgets') ?? '';
    const wanted = text.startsWith('[') ? (JSON.parse(text) as WidgetRequest[]) : text.split(',').filter(Boolean).map((id) => ({ id }));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const peer: Peer = { token: 'ticket', wanted: new Map(), send: (frame) => response.write(`id: 1\ndata: ${JSON.stringify(frame)}\n\n`) };
    this.peers.add(peer);
    response.on('close', () => this.peers.delete(peer));
    this.#wish(peer, { action: 'subscribe', widgets: wanted });
  }
}
