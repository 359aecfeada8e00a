import type { DataSourceType } from './data-source.js';
import type { FrameError } from './frames.js';

/** Calls to an external API in this minute, by the caller's company. */
export interface QuotaUse {
  used: number;
  /** Calls a minute; none where the API has no limit. */
  limit?: number;
  /** ISO 8601. */
  resetAt: string;
  /** Calls that wait for their turn. */
  queued: number;
}

/** How a widget's answer is got, as the edge that was asked knows it. Times are ISO 8601. */
export interface WidgetExplanation {
  /** `name`: of the module, API, metric or channel, where the caller may know it. */
  source: { type: DataSourceType; name?: string };
  /** When the data that stands came. */
  fetchedAt?: string;
  /** When it was last known to be true. */
  checkedAt?: string;
  /** Milliseconds that the source took for its last answer. */
  ms?: number;
  /** When it is asked again; none while nobody watches. */
  nextAt?: string;
  /** Seconds between two refreshes, as asked for. */
  interval: number;
  /** Seconds between two refreshes, where the limit of its API makes them more. */
  every?: number;
  /** Why the last try failed; none once one succeeded. */
  error?: FrameError;
  quota?: QuotaUse;
  /** Pages that watch it. */
  watchers: number;
  /** When the token that it was asked with ends. */
  tokenEndsAt?: string;
}
