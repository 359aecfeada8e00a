import type { WebSocketLike } from '../client/client.js';
import { parseFrame } from '../client/frame.js';
import type { Pace } from '../client/pace.js';
import { MAX_MESSAGE_BYTES } from '../contract/frames.js';
import type { ClientMessage, WidgetRequest } from '../contract/frames.js';
import { requestOf } from './link.js';
import type { Link, LinkEvents, LiveItem } from './link.js';

/** Characters of one list: well below what the edge takes, whatever the alphabet. */
const LIST_LENGTH = MAX_MESSAGE_BYTES / 4;

/** Lists short enough for one message each. */
function portions(items: readonly LiveItem[]): WidgetRequest[][] {
  const lists: WidgetRequest[][] = [];
  let length = Infinity;
  for (const item of items) {
    const request = requestOf(item);
    const size = JSON.stringify(request).length;
    if (length + size > LIST_LENGTH) {
      lists.push([]);
      length = 0;
    }
    length += size;
    lists.at(-1)?.push(request);
  }
  return lists;
}

/** `https://edge.example/base` -> `wss://edge.example/base/api/ws/dashboard`; never with a token. */
export function socketAddress(edge: string): string {
  return `${edge.replace(/^http/, 'ws')}/api/ws/dashboard`;
}

/** The first carrier: both ways, told by message who asks. */
export function openWebSocket(
  Socket: new (url: string) => WebSocketLike,
  edge: string,
  token: string,
  events: LinkEvents,
  pace: Pace,
): Link {
  let over = false;
  let ready = false;
  let heard = Date.now();
  let asked = false;
  const socket = new Socket(socketAddress(edge));

  const send = (message: ClientMessage) => {
    socket.send(JSON.stringify(message));
  };
  const tell = (action: 'subscribe' | 'unsubscribe' | 'refresh', list: readonly LiveItem[]) => {
    for (const widgets of portions(list)) send({ action, widgets });
  };
  const end = (code?: number) => {
    if (over) return;
    over = true;
    clearInterval(watchdog);
    clearTimeout(patience);
    events.down({ ...(code !== undefined && { code }) });
  };
  const drop = () => {
    // A dead peer answers no closing handshake: it is over now, not when that times out.
    end();
    socket.close();
  };
  const check = () => {
    asked = true;
    send({ action: 'ping' });
  };
  const patience = setTimeout(() => {
    if (!ready) drop();
  }, pace.open);
  const watchdog = setInterval(() => {
    // Where the clock was put back it would be none for as long.
    const silence = Math.abs(heard - Date.now());
    // Only silence after a question counts: a sleeping machine wakes to a long one.
    if (asked && silence > pace.quiet) drop();
    else if (ready && silence >= pace.ping) check();
  }, pace.ping / 2);

  socket.onopen = () => {
    send({ action: 'auth', token });
    // The answer says that the token was taken and that frames pass both ways.
    send({ action: 'ping' });
  };
  socket.onmessage = (event: { data: unknown }) => {
    if (over) return;
    heard = Date.now();
    asked = false;
    if (!ready) {
      ready = true;
      events.ready();
    }
    const frame = parseFrame(event.data);
    if (frame) events.frame(frame);
  };
  socket.onerror = () => {
    // Says nothing of use, and a close always follows.
  };
  socket.onclose = (event: { code?: number }) => {
    end(event.code);
  };

  return {
    update(added, removed) {
      tell('unsubscribe', removed.map(({ cursor: _cursor, refreshInterval: _seconds, ...item }) => item));
      tell('subscribe', added);
    },
    refresh(item) {
      tell('refresh', [item]);
      return true;
    },
    auth(renewed) {
      send({ action: 'auth', token: renewed });
    },
    check,
    close() {
      over = true;
      clearInterval(watchdog);
      clearTimeout(patience);
      socket.close(1000);
    },
  };
}
