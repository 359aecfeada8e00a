import type { Carrier, ConnectionStatus, Off, PageSignals, WebSocketLike } from '../client/client.js';
import { CcmError } from '../client/errors.js';
import type { CcmErrorCode } from '../client/errors.js';
import { parseFrame } from '../client/frame.js';
import type { Http } from '../client/http.js';
import { readLines } from '../client/lines.js';
import { createListeners } from '../client/listeners.js';
import { fullJitter } from '../client/pace.js';
import type { Pace } from '../client/pace.js';
import type { TokenSource } from '../client/token.js';
import { CLOSE_CODES } from '../contract/frames.js';
import type { PushFrame } from '../contract/frames.js';
import { requestOf } from './link.js';
import type { Link, LinkDown, LiveItem } from './link.js';
import { openWebSocket } from './websocket.js';

type LiveCarrier = Exclude<Carrier, 'off'>;

export interface ConnectionParts {
  http: Http;
  token: TokenSource;
  pace: Pace;
  page?: PageSignals;
  WebSocket?: new (url: string) => WebSocketLike;
  /** Whether anybody looks at anything. */
  needed(): boolean;
  /** All whose first answer is here. */
  items(): LiveItem[];
  /** Whether somebody listens for what is of no widget, and no first answer is waited for. */
  newsOnly(): boolean;
  /** Asks by the batch. */
  ask(items: readonly LiveItem[]): void;
  /** `stream` names the connection that it came by: frames of one come in order. */
  frame(frame: PushFrame, stream: number): void;
}

/** The one live connection of a client: WebSocket, else SSE, else polling. */
export interface Connection extends ConnectionStatus {
  /** The set that is wanted changed; told to the edge a moment later, as one message. */
  sync(): void;
  /** Whether news of it is on its way already. */
  holds(key: string): boolean;
  refresh(item: LiveItem): boolean;
  /** Another subject: nothing of the old connection may be used. */
  restart(): void;
  close(): void;
}

/** Milliseconds that a link must have lived for its end not to count as one more failure. */
const STEADY = 10_000;
/** Milliseconds by which this machine's clock may differ from the time that went by: ages are told in minutes. */
const JUMP = 60_000;
/** Failures of a WebSocket that worked before until another carrier is taken. */
const PATIENCE = 3;

const AWAY: ReadonlySet<string> = new Set(['network', 'auth_required', 'aborted', 'rate_limited', 'going_away']);

export function createConnection(parts: ConnectionParts): Connection {
  const { http, token, pace, page, WebSocket: Socket } = parts;
  const changes = createListeners<Carrier>();
  const first: LiveCarrier = Socket ? 'ws' : 'sse';
  const error = (code: CcmErrorCode, detail: string) => new CcmError(code, detail);
  const stream = { ...parts, requestOf, parseFrame, readLines, error };
  let drift = performance.now() - Date.now();
  let carrier: Carrier = 'off';
  let link: Link | undefined;
  /** Opened, but it has not proved to work. */
  let candidate: { link?: Link } | undefined;
  let sent = new Map<string, LiveItem>();
  let streams = 0;
  let attempt = 0;
  let upgrades = 0;
  let socketFailures = 0;
  let socketWorked = false;
  let rejections = 0;
  let since = 0;
  let closed = false;
  let opening: ReturnType<typeof setTimeout> | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let idling: ReturnType<typeof setTimeout> | undefined;
  let upgrading: ReturnType<typeof setTimeout> | undefined;

  function show(next: Carrier): void {
    if (carrier === next) return;
    carrier = next;
    changes.tell(next);
  }

  function drop(): void {
    clearTimeout(opening);
    clearTimeout(upgrading);
    candidate?.link?.close();
    link?.close();
    opening = upgrading = candidate = link = undefined;
    sent = new Map();
    show('off');
  }

  /** One message for all that changed meanwhile. */
  function flush(): void {
    settling = undefined;
    if (closed) return;
    if (!parts.needed()) {
      idling ??= setTimeout(drop, pace.idle);
    } else {
      clearTimeout(idling);
      idling = undefined;
      if (!link && !candidate && !opening && !token.blocked) void open(first);
    }
    if (!link) return;
    const before = sent;
    const items = parts.items();
    sent = new Map(items.map((item) => [item.key, item]));
    const added = items.filter(({ key, refreshInterval }) => {
      const known = before.get(key);
      return !known || known.refreshInterval !== refreshInterval;
    });
    const removed = [...before.values()].filter(({ key }) => !sent.has(key));
    if (added.length || removed.length) link.update(added, removed);
  }

  function sync(): void {
    settling ??= setTimeout(flush, pace.settle);
  }

  function later(kind: LiveCarrier, wait: number): void {
    clearTimeout(opening);
    opening = setTimeout(() => {
      opening = undefined;
      if (parts.needed()) void open(kind);
    }, wait);
  }

  function planUpgrade(): void {
    clearTimeout(upgrading);
    if (carrier === first) upgrades = 0;
    // Never at once, and further and further apart: most likely it is a wall.
    else upgrading = setTimeout(() => void open(first), (0.5 + pace.random()) * Math.min(pace.upgradeMax, pace.upgrade * 2 ** upgrades++));
  }

  async function open(kind: LiveCarrier): Promise<void> {
    const mine: { link?: Link } = {};
    const order = ++streams;
    candidate?.link?.close();
    candidate = mine;
    const current = () => candidate === mine || (mine.link !== undefined && link === mine.link);
    const events = {
      items: parts.items,
      ready() {
        if (candidate !== mine || !mine.link) return;
        candidate = undefined;
        link?.close();
        link = mine.link;
        since = Date.now();
        rejections = 0;
        if (kind === 'ws') {
          socketWorked = true;
          socketFailures = 0;
        }
        sent = new Map();
        show(kind);
        planUpgrade();
        flush();
      },
      frame(frame: PushFrame) {
        if (!current()) return;
        const before = drift;
        drift = performance.now() - Date.now();
        // The clock was set: how far the edge's is from it now is told by an answer, and with that how old everything is.
        if (Math.abs(drift - before) > JUMP) parts.ask(parts.items());
        // The newer one goes to the edge as soon as it is known: see `onChange`. Without one, the page was told.
        if ('action' in frame && frame.action === 'token_expiring') token.renew(token.current).catch(() => undefined);
        else parts.frame(frame, order);
      },
      down(reason: LinkDown) {
        if (current()) void ended(kind, mine, reason);
      },
    };
    try {
      if (kind === 'ws' && Socket) {
        const bearer = await token.get();
        if (candidate === mine) mine.link = openWebSocket(Socket, http.edge, bearer, events, pace);
        return;
      }
      // Most pages never need them.
      const { openPoll, openSse } = await import('./fallback.js');
      if (candidate === mine) mine.link = kind === 'poll' ? openPoll(parts.ask, page, events, pace) : openSse(stream, events);
    } catch (error) {
      // A page's policy may forbid the carrier as such: that is no error of the edge.
      events.down(error instanceof CcmError ? { error } : {});
    }
  }

  async function ended(kind: LiveCarrier, mine: { link?: Link }, { code, error }: LinkDown): Promise<void> {
    const worked = candidate !== mine;
    if (worked) {
      link = undefined;
      sent = new Map();
      show('off');
      if (Date.now() - since > STEADY) attempt = 0;
    }
    candidate = undefined;
    // A try at something better, while the old one goes on.
    if (!worked && link) {
      if (kind === 'ws' && carrier === 'poll') void open('sse');
      else planUpgrade();
      return;
    }
    if (code === CLOSE_CODES.unauthenticated || code === CLOSE_CODES.tokenExpired) {
      if (!worked && ++rejections > 1) token.reject();
      else await token.renew(token.current).catch(() => undefined);
    }
    // Until there is another token: see `wake` and `restart`.
    if (closed || token.blocked || candidate || link) return;
    const wait = (error?.retryAfter ?? 0) * 1000 + fullJitter(attempt, pace.backoff, pace.backoffMax, pace.random);
    if (!worked && kind === 'ws' && !error && (code ?? 0) < 4000 && code !== CLOSE_CODES.restarting) {
      socketFailures++;
      // It may be that sockets do not pass here; where they did, the edge is more likely away for a moment.
      if (!socketWorked || socketFailures >= PATIENCE) return void open('sse');
    }
    // An edge that answers requests but gives no stream can still be polled; one that is away cannot.
    if (!worked && kind === 'sse' && error && !AWAY.has(error.code)) return void open('poll');
    attempt++;
    later(first, wait);
  }

  const offToken: Off = token.onChange(({ token: next, stranger }) => {
    if (!stranger) link?.auth(next);
    sync();
  });

  return {
    get carrier() {
      return carrier;
    },
    onChange: changes.add,
    sync,
    holds: (key) => sent.has(key),
    refresh: (item) => Boolean(sent.has(item.key) && link?.refresh(item)),
    restart() {
      drop();
      attempt = rejections = 0;
      sync();
    },
    wake() {
      rejections = 0;
      link?.check();
      if (opening) later(first, fullJitter(0, pace.settle * 50, pace.backoffMax, pace.random));
      sync();
    },
    close() {
      closed = true;
      clearTimeout(settling);
      clearTimeout(idling);
      offToken();
      drop();
    },
  };
}
