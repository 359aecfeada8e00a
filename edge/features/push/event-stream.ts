import type { ServerResponse } from 'node:http';
import type { Clock } from '../../kernel/clock.js';
import type { Carrier } from './connection.js';
import { LIMITS } from './limits.js';

export interface EventStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly carrier: Carrier;
  /** Called once when the reader has gone. */
  onGone(run: () => void): void;
}

/** A comment: keeps the connection open through proxies and is no event. */
const COMMENT = Buffer.from(':\n\n');
/** Characters of frames that are put together into one write. */
const MOST_COPIED = 256 * 1024;

/**
 * The push frames as server-sent events, written by hand: what a general helper does for each event and each reader is
 * done once a frame. A `retry` is not sent, a client's own back-off is better.
 *
 * @param outgoing Node's response, where there is one: the way to be rid of a reader who does not read
 */
export function createEventStream(clock: Clock, outgoing?: ServerResponse): EventStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let gone: () => void = () => undefined;
  let cancelBeat: () => void = () => undefined;
  let over = false;

  const finish = (): void => {
    over = true;
    cancelBeat();
  };
  const beat = (): void => {
    cancelBeat = clock.after(LIMITS.heartbeat, () => {
      controller?.enqueue(COMMENT);
      beat();
    });
  };

  const body = new ReadableStream<Uint8Array>(
    {
      start(started) {
        controller = started;
        // The first bytes at once: they tell the page, and every proxy between, that the stream stands.
        controller.enqueue(COMMENT);
        beat();
      },
      cancel() {
        finish();
        gone();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: LIMITS.buffered }),
  );

  const carrier: Carrier = {
    kind: 'sse',
    get buffered() {
      return LIMITS.buffered - (controller?.desiredSize ?? LIMITS.buffered);
    },
    write(frames) {
      if (over) return;
      // Small ones in one piece; of large ones no copy is made, they wait as they are shared with others.
      if (frames.length > 1 && frames.reduce((sum, { size }) => sum + size, 0) <= MOST_COPIED) {
        controller?.enqueue(Buffer.concat(frames.map(({ event }) => event)));
      } else {
        for (const { event } of frames) controller?.enqueue(event);
      }
    },
    close(_code, _reason, cut = false) {
      if (over) return;
      finish();
      if (cut && outgoing) outgoing.destroy();
      else controller?.close();
    },
  };

  return { body, carrier, onGone: (run) => void (gone = run) };
}
