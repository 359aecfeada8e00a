import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { CLOSE_CODES } from '../../../sdk/contract/frames.js';
import { checkRequest } from '../../feeds/widget-request.js';
import type { TokenVerifier } from '../../gate/token.js';
import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { Principal } from '../../kernel/principal.js';
import { asProblem, ProblemError } from '../../kernel/problems.js';
import type { Settings } from '../../kernel/settings.js';
import type { Carrier, Connection } from './connection.js';
import { frameOf } from './frame.js';
import type { Hub } from './hub.js';
import { createBucket, LIMITS, type Bucket } from './limits.js';
import { parseMessage, type Message } from './messages.js';

export interface SessionDeps {
  hub: Hub;
  verifier: TokenVerifier;
  /** A tenant that is not among them is nobody. */
  tenants: Settings['tenants'];
  clock: Clock;
  log: Log;
}

/** One WebSocket, from its upgrade to its end: first a stranger, then a connection of the hub. */
export class Session {
  readonly #socket: WebSocket;
  readonly #carrier: Carrier;
  readonly #deps: SessionDeps;
  readonly #known: () => void;
  readonly #bucket: Bucket;
  #connection: Connection | undefined;
  #firstWidget: string | undefined;
  /** Messages are worked off one after the other: a subscribe waits for the auth before it. */
  #work: Promise<void> = Promise.resolve();
  #ended = false;
  #cancelTimer: () => void;

  /** @param known called once, when it is no stranger any more or is gone */
  constructor(socket: WebSocket, raw: Duplex, deps: SessionDeps, known: () => void) {
    this.#socket = socket;
    this.#carrier = carrierOf(socket, raw, deps.clock);
    this.#deps = deps;
    this.#known = known;
    this.#bucket = createBucket(LIMITS.messageBurst, LIMITS.messagesPerSecond, () => deps.clock.monotonic());
    this.#cancelTimer = deps.clock.after(LIMITS.authTimeout, () => this.end(CLOSE_CODES.authTimeout, 'no auth in time'));
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => this.#listen());
    socket.on('close', () => this.#gone());
    // ws closes it itself, with the right code.
    socket.on('error', (error) => deps.log.debug({ err: error }, 'a WebSocket failed'));
  }

  /** Subscribed as soon as it is known who asks. */
  subscribeFirst(widget: string): void {
    this.#firstWidget = widget;
  }

  authenticate(token: string): void {
    this.#then(() => this.#auth(token));
  }

  /** By a ticket; undefined where it was none. */
  authenticateAs(taken: Promise<Principal | undefined>): void {
    this.#then(async () => {
      const principal = await taken;
      return principal === undefined ? this.end(CLOSE_CODES.unauthenticated, 'not authenticated') : this.#enter(principal);
    });
  }

  /** @param cut without waiting for the other side's good-bye */
  end(code: number, reason: string, cut = false): void {
    if (this.#ended) return;
    if (this.#connection) this.#connection.end(code, reason, cut);
    else this.#carrier.close(code, reason, cut);
    this.#gone();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#ended) return;
    if (!this.#bucket.take()) return this.end(CLOSE_CODES.tooMany, 'too many messages');
    this.#then(() => {
      if (isBinary) throw new ProblemError('bad_request', 'Messages are text.');
      const text = textOf(data);
      const weight = Math.floor(text.length / LIMITS.bytesPerEntry);
      if (this.#mayAsk(weight)) return this.#handle(parseMessage(text), weight);
    });
  }

  /** Runs it after what came before; a fault becomes an error frame, or the end for who is not known yet. */
  #then(run: () => void | Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#ended) return;
      try {
        await run();
      } catch (error) {
        this.#fault(asProblem(error));
      }
    });
  }

  #fault(problem: ProblemError): void {
    const { code, message: detail } = problem;
    if (code === 'internal') this.#deps.log.error({ err: problem.cause ?? problem }, 'a push message failed');
    if (this.#connection === undefined) this.end(CLOSE_CODES.unauthenticated, 'not authenticated');
    else this.#connection.send(frameOf({ action: 'error', error: { code, detail } }));
  }

  /** More sockets do not make it more that a user may ask for. Ends it where it is too much. */
  #mayAsk(entries: number): boolean {
    if (this.#connection === undefined || this.#deps.hub.mayAsk(this.#connection.principal, entries)) return true;
    this.end(CLOSE_CODES.tooMany, 'too much asked for');
    return false;
  }

  /** @param counted entries that it was counted for by its size */
  #handle(message: Message, counted: number): void | Promise<void> {
    if (message.action === 'auth') return this.#auth(message.token);
    const connection = this.#connection;
    if (connection === undefined) return this.end(CLOSE_CODES.unauthenticated, 'not authenticated');
    if (message.action === 'ping') return connection.send(frameOf({ action: 'pong' }));
    if (!this.#mayAsk(Math.max(0, message.requests.length - counted))) return;
    switch (message.action) {
      case 'subscribe':
        return connection.subscribe(message.requests);
      case 'unsubscribe':
        return connection.unsubscribe(message.requests);
      case 'refresh':
        return connection.refresh(message.requests);
    }
  }

  async #auth(token: string): Promise<void> {
    let principal: Principal;
    try {
      principal = await this.#deps.verifier.verify(token);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'internal') this.#deps.log.error({ err: problem.cause ?? problem }, 'a token could not be checked');
      return this.end(CLOSE_CODES.unauthenticated, 'not authenticated');
    }
    if (this.#connection === undefined) await this.#enter(principal);
    else if (!(await this.#connection.renew(principal))) this.end(CLOSE_CODES.unauthenticated, 'another user');
  }

  async #enter(principal: Principal): Promise<void> {
    if (this.#ended) return;
    if (!this.#deps.tenants.has(principal.tenant)) return this.end(CLOSE_CODES.unauthenticated, 'not authenticated');
    try {
      this.#connection = this.#deps.hub.open(principal, this.#carrier);
    } catch (error) {
      const { code, message } = asProblem(error);
      if (code === 'rate_limited') return this.end(CLOSE_CODES.tooMany, message);
      if (code === 'unauthenticated') return this.end(CLOSE_CODES.unauthenticated, 'not authenticated');
      return this.end(CLOSE_CODES.restarting, 'restarting');
    }
    this.#known();
    this.#listen();
    const widget = this.#firstWidget;
    this.#firstWidget = undefined;
    if (widget !== undefined) await this.#connection.subscribe([checkRequest(widget, 'widget')]);
  }

  /** Waits, then asks for a sign of life, and cuts who gives none. */
  #listen(): void {
    if (this.#ended || this.#connection === undefined) return;
    const { clock } = this.#deps;
    this.#cancelTimer();
    this.#cancelTimer = clock.after(LIMITS.pingInterval, () => {
      this.#socket.ping();
      this.#cancelTimer = clock.after(LIMITS.pongTimeout, () => this.#socket.terminate());
    });
  }

  #gone(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelTimer();
    this.#known();
    this.#connection?.gone();
  }
}

function carrierOf(socket: WebSocket, raw: Duplex, clock: Clock): Carrier {
  return {
    kind: 'ws',
    get buffered() {
      return socket.bufferedAmount;
    },
    write(frames) {
      if (socket.readyState !== socket.OPEN) return;
      // One packet for all of them.
      raw.cork();
      for (const frame of frames) socket.send(frame.message, { binary: false });
      raw.uncork();
    },
    close(code, reason, cut = false) {
      socket.close(code, reason);
      // A peer that is gone or does not read never answers the closing handshake.
      const cancel = clock.after(cut ? 0 : LIMITS.closeTimeout, () => socket.terminate());
      socket.once('close', cancel);
    },
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
