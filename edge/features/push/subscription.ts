import type { FrameError, WidgetRequest } from '../../../sdk/contract/frames.js';
import { paramsKey } from '../../../sdk/data/params.js';
import type { FeedAnswer, FeedEvent, FeedSpec } from '../../kernel/feed.js';
import { answerFrame, errorFrame, type Frame } from './frame.js';

/** One widget (with its params) on one connection, and what its page was told last. */
export class Subscription {
  /** Whose it is. */
  readonly connection: object;
  readonly request: WidgetRequest;
  spec: FeedSpec;
  /** Leaves the feed. */
  leave: () => void = () => undefined;
  /** Gives back its place among the user's own feeds. */
  readonly release: () => void;
  readonly #send: (frame: Frame) => void;
  #cursor: string | undefined;
  #fault: string | undefined;

  constructor(connection: object, request: WidgetRequest, spec: FeedSpec, send: (frame: Frame) => void, release: () => void) {
    this.connection = connection;
    this.request = request;
    this.spec = spec;
    this.#send = send;
    this.release = release;
    this.#cursor = request.cursor;
  }

  /** Its page asks once more: it knows what it says that it knows. */
  again(cursor: string | undefined): void {
    this.#cursor = cursor;
    this.#fault = undefined;
  }

  /** Something happened on the feed. */
  tell(event: FeedEvent): void {
    if (event.kind === 'failed') this.fail(event.error);
    else this.#answer(event.answer, true);
  }

  /** The answer that stands when it begins: nothing is sent to who has it. */
  begin(answer: FeedAnswer): void {
    this.#answer(answer, false);
  }

  fail(error: FrameError): void {
    if (this.#is(error)) return;
    this.#send(errorFrame(this.request.id, 'failed', error, this.request.ref));
  }

  #answer(answer: FeedAnswer, confirm: boolean): void {
    const { id, ref } = this.request;
    const known = this.#cursor === answer.cursor;
    this.#cursor = answer.cursor;
    if (answer.fault !== undefined) {
      if (this.#is(answer.fault) && known) return;
      this.#send(answerFrame(id, answer, known ? 'stale' : 'staleData', ref));
      return;
    }
    const mended = this.#fault !== undefined;
    this.#fault = undefined;
    if (!known) this.#send(answerFrame(id, answer, 'data', ref));
    else if (confirm || mended) this.#send(answerFrame(id, answer, 'fresh', ref));
  }

  /** Whether the page knows of this fault; it does afterwards. */
  #is({ code, detail }: FrameError): boolean {
    const fault = `${code} ${detail}`;
    const known = this.#fault === fault;
    this.#fault = fault;
    return known;
  }
}

/** Tells the subscriptions of one connection apart. */
export function subscriptionKey({ id, params, ref }: WidgetRequest): string {
  return JSON.stringify([id, paramsKey(params), ref ?? null]);
}

/** Whether an unsubscribe or a refresh means one: the same widget and params, and the same mark where one is given. */
export function meaningOf(asked: readonly WidgetRequest[]): (subscription: Subscription) => boolean {
  // By the id first: the keys are dear, and most subscriptions are another widget's.
  const ids = new Set(asked.map(({ id }) => id));
  const whole = new Set<string>();
  const anyMark = new Set<string>();
  for (const request of asked) (request.ref === undefined ? anyMark : whole).add(subscriptionKey(request));
  return ({ request }) => ids.has(request.id)
    && (whole.has(subscriptionKey(request)) || anyMark.has(subscriptionKey({ ...request, ref: undefined })));
}
