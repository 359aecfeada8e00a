import type { CcmFault } from '../client/errors.js';
import type { WidgetDefinition } from '../contract/widget.js';

/**
 * - `empty`: nothing was asked yet, or the answer holds nothing
 * - `loading`: asked, no answer yet
 * - `fresh`: the last answer is good
 * - `stale`: the source fails now; `data` is the last good answer
 * - `failed`: the source fails and there was never an answer
 * - `refused`: the caller may not see it, or it is not there
 */
export type SnapshotState = 'empty' | 'loading' | 'fresh' | 'stale' | 'failed' | 'refused';

/** All that is known of one widget (with its params) at one moment; replaced, never changed. */
export interface Snapshot {
  readonly state: SnapshotState;
  readonly data?: unknown;
  /** When the edge got `data`, ISO 8601. */
  readonly timestamp?: string;
  /** When `data` was last known to be true, by the edge's clock: epoch milliseconds in this clock. */
  readonly checkedAt?: number;
  readonly cursor?: string;
  /** Seconds between two refreshes, where the limit of its API makes them more than was asked for. */
  readonly every?: number;
  /** Rows in all, where the widget's table is windowed: `data` holds the first of them. */
  readonly total?: number;
  /** The order of those: a field path, `-path` for falling order. */
  readonly sort?: string;
  /** Of a stat with `sparkline`: times (epoch milliseconds of the edge) and values of its `primaryValue`, oldest first. */
  readonly history?: readonly (readonly [time: number, value: number])[];
  /** The widget's definition, once the edge sent it. */
  readonly widget?: WidgetDefinition;
  readonly error?: CcmFault;
}
