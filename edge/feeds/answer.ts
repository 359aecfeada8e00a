import { createHash } from 'node:crypto';
import type { FrameError } from '../../sdk/contract/frames.js';
import type { TransformStep } from '../../sdk/contract/widget.js';
import { runTransform } from '../../sdk/data/transform.js';
import type { FeedAnswer, FeedSpec } from '../kernel/feed.js';

/** Base64url characters of a cursor: 132 bits of a SHA-256, too many for two answers to ever share one. */
const CURSOR_LENGTH = 22;
const encoder = new TextEncoder();

/** A source's data as it leaves the edge. */
export interface Serialised {
  readonly dataJson: string;
  readonly cursor: string;
}

/** Runs the definition's transform and serialises once, for all who will ask. The cursor is of the data alone: equal data, equal cursor. */
export function serialise(data: unknown, { dataPath, transform }: { dataPath?: string; transform?: readonly TransformStep[] }): Serialised {
  const dataJson = (JSON.stringify(runTransform(data, dataPath, transform)) as string | undefined) ?? 'null';
  return { dataJson, cursor: createHash('sha256').update(dataJson).digest('base64url').slice(0, CURSOR_LENGTH) };
}

/** Epoch milliseconds. */
export interface Times {
  fetchedAt: number;
  checkedAt: number;
}

/** Makes its bytes when first asked for: an answer that only watchers get needs no body, one that is only read no frame. */
export class Answer implements FeedAnswer {
  readonly cursor: string;
  readonly dataJson: string;
  readonly fetchedAt: number;
  readonly checkedAt: number;
  readonly timestamp: string;
  readonly fault: FrameError | undefined;
  readonly #widgetId: string;
  #body: Uint8Array<ArrayBuffer> | undefined;
  #frame: string | undefined;

  constructor({ widgetId }: Pick<FeedSpec, 'widgetId'>, { dataJson, cursor }: Serialised, { fetchedAt, checkedAt }: Times, fault?: FrameError) {
    this.#widgetId = widgetId;
    this.cursor = cursor;
    this.dataJson = dataJson;
    this.fetchedAt = fetchedAt;
    this.checkedAt = checkedAt;
    this.timestamp = new Date(checkedAt).toISOString();
    this.fault = fault;
  }

  get body(): Uint8Array<ArrayBuffer> {
    return (this.#body ??= encoder.encode(`{${this.#fields()}}`));
  }

  get frame(): string {
    return (this.#frame ??= `{"widget_id":${JSON.stringify(this.#widgetId)},${this.#fields()}}`);
  }

  #fields(): string {
    return `"data":${this.dataJson},"timestamp":"${this.timestamp}","cursor":"${this.cursor}"`;
  }
}
