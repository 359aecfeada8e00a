import type { FrameError, PushFrame } from '../../../sdk/contract/frames.js';
import { faultFrame, freshFrame, refField, staleFrame, withFields } from '../../feeds/frames.js';
import type { FeedAnswer } from '../../kernel/feed.js';

/** A frame with its bytes on each carrier, made once for all who get it. */
export class Frame {
  readonly #text: string;
  #message: Buffer | undefined;
  #event: Buffer | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Characters; known without making bytes of them. */
  get size(): number {
    return this.#text.length;
  }

  /** Text of a WebSocket message. */
  get message(): Buffer {
    return (this.#message ??= Buffer.from(this.#text));
  }

  /** A server-sent event. JSON has no raw line ends, so one `data:` line holds it whole and nothing in it ends the event. */
  get event(): Buffer {
    return (this.#event ??= Buffer.from(`data: ${this.#text}\n\n`));
  }
}

export function frameOf(frame: PushFrame): Frame {
  return new Frame(JSON.stringify(frame));
}

/** How an answer is told: whole, only its age, its fault alone, or its fault with the last good data. */
export type Telling = 'data' | 'fresh' | 'stale' | 'staleData';

/** Frames of one answer that are kept for others with the same mark. */
const MOST_KEPT = 64;
/** Characters of them: a caller may think of a new mark for a large answer each time. */
const MOST_KEPT_SIZE = 8 * 1024 * 1024;
const kept = new WeakMap<FeedAnswer, Map<string, Frame>>();

/** The frame that tells this answer, built once however many get it. */
export function answerFrame(widgetId: string, answer: FeedAnswer, telling: Telling, ref: string | undefined): Frame {
  let frames = kept.get(answer);
  if (frames === undefined) kept.set(answer, (frames = new Map()));
  const key = ref === undefined ? telling : `${telling} ${ref}`;
  let frame = frames.get(key);
  if (frame === undefined) {
    frame = new Frame(withFields(textOf(widgetId, answer, telling), refField(ref)));
    if (frames.size < MOST_KEPT && frames.size * frame.size < MOST_KEPT_SIZE) frames.set(key, frame);
  }
  return frame;
}

export function errorFrame(widgetId: string, state: 'failed' | 'refused', error: FrameError, ref: string | undefined): Frame {
  return new Frame(withFields(faultFrame(widgetId, state, error), refField(ref)));
}

function textOf(widgetId: string, answer: FeedAnswer, telling: Telling): string {
  if (telling === 'fresh') return freshFrame(widgetId, answer);
  if (telling === 'data' || answer.fault === undefined) return answer.frame;
  return telling === 'stale' ? faultFrame(widgetId, 'stale', answer.fault) : staleFrame(answer.frame, answer.fault);
}
