import type { WidgetDataSource } from '../../sdk/contract/data-source.js';
import type { FrameError } from '../../sdk/contract/frames.js';
import type { TransformStep } from '../../sdk/contract/widget.js';

/** What a feed is of. Two specs with the same key are one feed. */
export interface FeedSpec {
  /** Tenant, widget, definition version, resolved params, credential, and the user if the scope is user: see `feedKey`. */
  readonly key: string;
  readonly tenant: string;
  readonly widgetId: string;
  /** With the viewer's params laid over. */
  readonly dataSource: WidgetDataSource;
  /** Milliseconds between two fetches while somebody looks. */
  readonly interval: number;
  readonly dataPath?: string;
  readonly transform?: readonly TransformStep[];
  readonly viewer?: { subject: string; roles: readonly string[] };
}

/** A feed's answer at one moment. Bytes are made once and shared by all who ask. */
export interface FeedAnswer {
  readonly cursor: string;
  /** Epoch milliseconds of the fetch that brought this data. */
  readonly fetchedAt: number;
  /** Epoch milliseconds of the last fetch that confirmed it. */
  readonly checkedAt: number;
  /** ISO 8601 of `checkedAt`. */
  readonly timestamp: string;
  /** The data alone, serialised. */
  readonly dataJson: string;
  /** The answer of `GET /widgets/:id/data`: `{data, timestamp, cursor}`. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** The push frame without `ref`: `{widget_id, data, timestamp, cursor}`. */
  readonly frame: string;
  /** Set while the source fails: this is the last good answer. */
  readonly fault?: FrameError;
}

export type FeedEvent =
  | { kind: 'data'; answer: FeedAnswer }
  | { kind: 'fresh'; answer: FeedAnswer }
  | { kind: 'stale'; answer: FeedAnswer; error: FrameError }
  | { kind: 'failed'; error: FrameError };

/** Each widget's current answer: fetched once for everybody, kept for its interval. */
export interface Feeds {
  /** The answer if it is young enough (no promise: the hot path), else undefined. */
  peek(spec: FeedSpec): FeedAnswer | undefined;
  /** The answer, fetched if need be (one flight for all); a stale one where the source fails. Throws `ProblemError` where there never was one. */
  read(spec: FeedSpec): Promise<FeedAnswer>;
  /** Keeps the feed fetched at its interval and tells what happens. Returns the unwatch. */
  watch(spec: FeedSpec, listener: (event: FeedEvent) => void): () => void;
  /** Fetch again now; coalesced with others, limited. */
  refresh(spec: FeedSpec): void;
  /** Data changed at the source: fetch the matching feeds that somebody watches, drop the answer of the others. */
  invalidate(tenant: string, matches: (spec: FeedSpec) => boolean): void;
  /** The source sent its new data itself. */
  supply(tenant: string, matches: (spec: FeedSpec) => boolean, data: unknown): void;
  close(): void;
}
