import type { CcmError, CcmErrorCode } from '../client/errors.js';
import type { Http } from '../client/http.js';
import type { Pace } from '../client/pace.js';
import type { PushFrame, WidgetRequest } from '../contract/frames.js';
import { createEventReader } from './event-stream.js';
import type { Link, LinkEvents, LiveItem } from './link.js';

/**
 * What the stream shares with code that every page loads. Handed in, not imported: shared modules would be cut out of
 * the script into files of their own, and each is one more request before anything is painted.
 */
export interface StreamParts {
  http: Http;
  pace: Pace;
  /** Whether somebody listens for what is of no widget, and no first answer is waited for. */
  newsOnly(): boolean;
  requestOf(item: LiveItem): WidgetRequest;
  parseFrame(text: string): PushFrame | undefined;
  readLines(body: ReadableStream<Uint8Array> | null, onLine: (line: string) => void, alive: () => void): Promise<void>;
  error(code: CcmErrorCode, detail: string): CcmError;
}

/** The second carrier: one way, so another set means another stream. */
export function openSse({ http, pace, newsOnly, requestOf, parseFrame, readLines, error }: StreamParts, events: LinkEvents): Link {
  let stop: AbortController | undefined;
  let opened = '';
  let over = false;
  let ready = false;
  let told = false;
  let settling: ReturnType<typeof setTimeout> | undefined;

  const nameOf = (items: readonly LiveItem[]) =>
    items.map(({ key, refreshInterval = '' }) => `${key} ${refreshInterval}`).sort().join('\n');

  /** The set as the query names it: ids, or the whole requests where an id alone would not tell. */
  const widgetsOf = (items: readonly LiveItem[]) =>
    items.some(({ params, refreshInterval }) => params ?? refreshInterval)
      ? JSON.stringify(items.map(requestOf))
      : items.map(({ id }) => id).join(',');

  async function open(): Promise<void> {
    const items = events.items();
    const mine = new AbortController();
    const last = stop;
    stop = mine;
    opened = nameOf(items);
    // A stream is of something: it waits for the first answers.
    if (!items.length && !newsOnly()) {
      last?.abort();
      return reopen();
    }
    try {
      const { data } = await http.request<{ ticket: string }>('POST', '/stream/tickets', { signal: mine.signal });
      const query = { ...(items.length && { widgets: widgetsOf(items) }), ticket: data.ticket };
      await http.call(
        'GET',
        '/stream',
        { query, auth: false, repeat: false, signal: mine.signal, timeout: pace.quiet, headers: { accept: 'text/event-stream' } },
        async (response, alive) => {
          const type = response.headers.get('content-type') ?? '';
          if (!type.includes('text/event-stream')) throw error('contract', `The edge answered "${type}" where a stream was expected.`);
          // The new one stands: now the old one may go.
          last?.abort();
          if (!ready) {
            ready = true;
            events.ready();
          }
          const read = createEventReader((data) => {
            const frame = parseFrame(data);
            if (frame && stop === mine) events.frame(frame);
          });
          await readLines(response.body, read, alive);
        },
      );
      throw error('network', 'The stream ended.');
    } catch (failure) {
      last?.abort();
      if (over || stop !== mine) return;
      over = true;
      // The door rejects with nothing else.
      events.down({ error: failure as CcmError });
    }
  }

  function reopen(): void {
    clearTimeout(settling);
    settling = setTimeout(() => void open(), pace.settle * 5);
  }

  void open();

  return {
    update() {
      // The first one tells what the stream was opened with.
      if (told || nameOf(events.items()) !== opened) reopen();
      told = true;
    },
    refresh: () => false,
    // A stream lives as long as the token that its ticket stood for.
    auth: reopen,
    check() {
      // Its own silence ends it: `timeout`.
    },
    close() {
      over = true;
      clearTimeout(settling);
      stop?.abort();
    },
  };
}
