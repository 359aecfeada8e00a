import type { ViewerParams } from './client.js';
import { isAnswerFrame } from '../contract/frames.js';
import type { AnswerFrame, BatchRequest } from '../contract/frames.js';
import { CcmError } from './errors.js';
import { parseFrame } from './frame.js';
import type { Http } from './http.js';
import { readLines } from './lines.js';
import { fullJitter } from './pace.js';
import type { Pace } from './pace.js';

/** Widgets in one request. */
const MOST = 200;
/** Milliseconds without any line; the slowest module has 30 s. */
const LINE_TIMEOUT = 40_000;

/** One widget (with its params) to be asked about. */
export interface BatchItem {
  readonly key: string;
  readonly id: string;
  readonly params?: ViewerParams;
}

export interface BatchPort {
  /** What is known of it when the request leaves: asked then, not when it was queued. */
  known(item: BatchItem): { cursor?: string; defined: boolean; version: number } | undefined;
  line(frame: AnswerFrame, version: number): void;
  /** No line came for it. Where that may help, it is asked again without being told to. */
  failed(item: BatchItem, error: CcmError): void;
}

/** First answers: all that is asked in one task leaves in one request. */
export interface Batch {
  ask(items: readonly BatchItem[]): void;
  /** Asks what failed now: a new token, the network is back. */
  resume(): void;
  /** Forgets what was asked for and drops what is under way. */
  reset(): void;
}

export function createBatch(http: Http, port: BatchPort, pace: Pace): Batch {
  let queue = new Map<string, BatchItem>();
  let failed = new Map<string, BatchItem>();
  let leaving: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let stop = new AbortController();

  function retry(items: Iterable<BatchItem>, error: CcmError): void {
    for (const item of items) failed.set(item.key, item);
    if (!failed.size) return;
    clearTimeout(again);
    again = setTimeout(resume, (error.retryAfter ?? 0) * 1000 + fullJitter(failures++, pace.backoff, pace.backoffMax, pace.random));
  }

  function refuse(items: readonly BatchItem[], error: CcmError): void {
    if (error.code === 'aborted') return;
    // The edge judges each widget by itself, in its line: refused as a whole, it would be so again.
    const final = [400, 403, 404, 413, 422].includes(error.status);
    for (const item of items) port.failed(item, error);
    if (!final) retry(items, error);
  }

  async function send(items: readonly BatchItem[]): Promise<void> {
    const missing = new Map(items.map((item) => [item.key, item]));
    const versions = new Map<string, number>();
    const body: BatchRequest = {
      widgets: items.map(({ key, id, params }) => {
        const known = port.known({ key, id });
        versions.set(key, known?.version ?? 0);
        return { id, ...(params && { params, ref: key }), ...(known?.cursor && { cursor: known.cursor }) };
      }),
    };
    if (items.some((item) => !port.known(item)?.defined)) body.define = true;
    const { signal } = stop;
    try {
      const asked = { body, signal, timeout: LINE_TIMEOUT, headers: { accept: 'application/x-ndjson' } };
      await http.call('POST', '/widgets/data', asked, (response, alive) =>
        readLines(
          response.body,
          (line) => {
            if (!line.trim() || signal.aborted) return;
            const frame = parseFrame(line);
            // A broken line is its widget's fault alone: it counts as left out.
            if (!frame || !isAnswerFrame(frame)) return;
            const key = frame.ref ?? frame.widget_id;
            missing.delete(key);
            failures = 0;
            port.line(frame, versions.get(key) ?? 0);
          },
          alive,
        ));
      if (missing.size) throw new CcmError('contract', 'The edge left the widget out of its answer.');
    } catch (error) {
      // The door rejects with nothing else.
      refuse([...missing.values()], error as CcmError);
    }
  }

  function leave(): void {
    leaving = undefined;
    // Those that nobody looks at any more are not asked.
    const items = [...queue.values()].filter((item) => port.known(item));
    queue = new Map();
    for (let from = 0; from < items.length; from += MOST) void send(items.slice(from, from + MOST));
  }

  function ask(items: readonly BatchItem[]): void {
    for (const item of items) {
      failed.delete(item.key);
      queue.set(item.key, item);
    }
    if (queue.size) leaving ??= setTimeout(leave);
  }

  function resume(): void {
    clearTimeout(again);
    ask([...failed.values()]);
  }

  return {
    ask,
    resume,
    reset() {
      stop.abort();
      stop = new AbortController();
      clearTimeout(leaving);
      clearTimeout(again);
      leaving = undefined;
      queue = new Map();
      failed = new Map();
    },
  };
}
