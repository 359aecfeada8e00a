import type { DataSourceType, SourceParams, WidgetDataSource } from '../../sdk/contract/data-source.js';
import type { TableConfig } from '../../sdk/contract/display.js';
import type { FrameError } from '../../sdk/contract/frames.js';
import type { CredentialRef } from './credentials.js';
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
  /** Of an external API; one that belongs to a user comes with that viewer. */
  readonly credential?: CredentialRef;
  /** Its table is given to pages a window at a time: the order of the first. */
  readonly windowed?: Pick<TableConfig, 'sortBy' | 'sortOrder'>;
  /** Of which numbers the history is kept: their paths (from `dataPath` on), by the name of their series. */
  readonly sampled?: ReadonlyMap<string, string>;
}

/** A feed's answer at one moment. Bytes are made once and shared by all who ask. */
export interface FeedAnswer {
  readonly cursor: string;
  /** Epoch milliseconds of the fetch that brought this data. */
  readonly fetchedAt: number;
  /** Epoch milliseconds of the last fetch that confirmed it; of what was pushed, when it came. */
  readonly checkedAt: number;
  /** ISO 8601 of `checkedAt`. */
  readonly timestamp: string;
  /** The data alone, serialised. */
  readonly dataJson: string;
  /** The answer of `GET /widgets/:id/data`: `{data, timestamp, cursor}`, and `every` where it has one. */
  readonly body: Uint8Array<ArrayBuffer>;
  /**
   * The push frame without `ref`: `{widget_id, data, timestamp, cursor}`, and `every` where it has one. Of a windowed table it has the
   * first rows alone, with `total` and the `sort` that they are in.
   */
  readonly frame: string;
  /** Seconds between two refreshes, where the limit of its API makes them more than who watches asked for. */
  readonly every?: number | undefined;
  /** Set while the source fails: this is the last good answer. */
  readonly fault?: FrameError;
}

/** How a feed goes, for who asks why. Times are epoch milliseconds. */
export interface FeedFacts {
  readonly fetchedAt?: number | undefined;
  readonly checkedAt?: number | undefined;
  /** Milliseconds that the source took for its last answer to this edge. */
  readonly ms?: number | undefined;
  /** When the source is asked again; none while nobody watches. */
  readonly nextAt?: number | undefined;
  /** Milliseconds between two fetches, as who watches asks for them. */
  readonly interval: number;
  /** Seconds between them, where the limit of its API makes them more. */
  readonly every?: number | undefined;
  /** Why the last try failed. */
  readonly error?: FrameError | undefined;
}

export type FeedEvent =
  | { kind: 'data'; answer: FeedAnswer }
  | { kind: 'fresh'; answer: FeedAnswer }
  | { kind: 'stale'; answer: FeedAnswer; error: FrameError }
  | { kind: 'failed'; error: FrameError };

/** Which feeds an event is about: those that fit all it says; `{}` is all of a tenant. Plain data, so that other edges can be told. */
export interface FeedSelector {
  readonly source?: DataSourceType;
  /** Of the module, API, metric or channel, as the data source names it. */
  readonly name?: string;
  readonly endpoint?: string;
  /** Ids. */
  readonly widgets?: readonly string[];
}

export interface SupplyOptions {
  /** Epoch milliseconds of the data, where it is not of this moment. */
  readonly at?: number;
  /** The question that the data answers, by widget id; without it the question without params. */
  readonly params?: Readonly<Record<string, SourceParams>>;
  readonly reach?: Reach;
}

/** `here`: what the other edges notice or are told by themselves. Default: `everywhere`. */
export type Reach = 'everywhere' | 'here';

/** Each widget's current answer: fetched once for everybody, kept for its interval. */
export interface Feeds {
  /** The answer if it is young enough (no promise: the hot path), else undefined. */
  peek(spec: FeedSpec): FeedAnswer | undefined;
  /** The answer, fetched if need be (one flight for all); a stale one where the source fails. Throws `ProblemError` where there never was one. */
  read(spec: FeedSpec): Promise<FeedAnswer>;
  /** Keeps the feed fetched at its interval and tells what happens. Returns the unwatch. */
  watch(spec: FeedSpec, listener: (event: FeedEvent) => void): () => void;
  /** How the feed goes, without asking its source. */
  facts(spec: FeedSpec): FeedFacts;
  /** Fetch again now; coalesced with others, limited. */
  refresh(spec: FeedSpec): void;
  /** Data changed at the source: fetch the matching feeds that somebody watches, drop the answer of the others. */
  invalidate(tenant: string, selector: FeedSelector, reach?: Reach): void;
  /** The source sent its new data itself. Matching feeds that ask something else, or for one user, are fetched again. */
  supply(tenant: string, selector: FeedSelector, data: unknown, options?: SupplyOptions): void;
  close(): void;
}
