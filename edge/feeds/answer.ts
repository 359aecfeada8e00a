import { createHash } from 'node:crypto';
import type { FrameError } from '../../sdk/contract/frames.js';
import type { TransformStep } from '../../sdk/contract/widget.js';
import { runTransform } from '../../sdk/data/transform.js';
import type { FeedAnswer, FeedSpec } from '../kernel/feed.js';
import type { FirstRows } from './first-rows.js';

/** Base64url characters of a cursor: 132 bits of a SHA-256, too many for two answers to ever share one. */
const CURSOR_LENGTH = 22;
const encoder = new TextEncoder();

/** A source's data as it leaves the edge. */
export interface Serialised {
  readonly dataJson: string;
  readonly cursor: string;
  /** What of it goes to pages, where that is not all. */
  readonly first?: FirstRows | undefined;
}

/** What a source answered, ready to be taken. */
export interface Taken extends Serialised {
  /** After the transform. Not kept: what is kept is its text. */
  readonly data: unknown;
  /** Epoch milliseconds of the data, where they are not those of the fetch. */
  readonly at?: number;
  /** Milliseconds since another edge fetched it; none where this one did. */
  readonly age?: number;
}

/** Runs the definition's transform and serialises once, for all who will ask. The cursor is of the data alone: equal data, equal cursor. */
export function serialise(data: unknown, { dataPath, transform }: { dataPath?: string; transform?: readonly TransformStep[] }): Taken {
  const transformed = runTransform(data, dataPath, transform);
  const dataJson = (JSON.stringify(transformed) as string | undefined) ?? 'null';
  return { data: transformed, dataJson, cursor: createHash('sha256').update(dataJson).digest('base64url').slice(0, CURSOR_LENGTH) };
}

/** Epoch milliseconds. */
export interface Times {
  fetchedAt: number;
  checkedAt: number;
  /** Seconds between two refreshes, where its API's limit makes them more than who watches asked for. */
  every?: number | undefined;
}

/** Makes its bytes when first asked for: an answer that only watchers get needs no body, one that is only read no frame. */
export class Answer implements FeedAnswer {
  readonly cursor: string;
  readonly dataJson: string;
  readonly first: FirstRows | undefined;
  readonly fetchedAt: number;
  readonly checkedAt: number;
  readonly timestamp: string;
  readonly every: number | undefined;
  readonly fault: FrameError | undefined;
  readonly #widgetId: string;
  #body: Uint8Array<ArrayBuffer> | undefined;
  #frame: string | undefined;

  constructor({ widgetId }: Pick<FeedSpec, 'widgetId'>, { dataJson, cursor, first }: Serialised, { fetchedAt, checkedAt, every }: Times, fault?: FrameError) {
    this.#widgetId = widgetId;
    this.cursor = cursor;
    this.dataJson = dataJson;
    this.first = first;
    this.fetchedAt = fetchedAt;
    this.checkedAt = checkedAt;
    this.timestamp = new Date(checkedAt).toISOString();
    this.every = every;
    this.fault = fault;
  }

  get body(): Uint8Array<ArrayBuffer> {
    return (this.#body ??= encoder.encode(`{${this.#fields(this.dataJson)}}`));
  }

  get frame(): string {
    const { first } = this;
    return (this.#frame ??= `{"widget_id":${JSON.stringify(this.#widgetId)},${this.#fields(first?.dataJson ?? this.dataJson)}${rowsFields(first)}}`);
  }

  #fields(dataJson: string): string {
    return `"data":${dataJson},"timestamp":"${this.timestamp}","cursor":"${this.cursor}"${everyField(this.every)}`;
  }
}

/** Members of a frame that tell what its rows are of, with a comma before them. */
function rowsFields(first: FirstRows | undefined): string {
  if (first === undefined) return '';
  return `,"total":${first.total}${first.sort === undefined ? '' : `,"sort":${JSON.stringify(first.sort)}`}`;
}

/** Member of a frame or body, with a comma before it; none where refreshes come as asked for. */
export function everyField(every: number | undefined): string {
  return every === undefined ? '' : `,"every":${every}`;
}
