import type { CcmFault } from '../client/errors.js';
import type { AnswerFrame, DataFrame, FaultFrame } from '../contract/frames.js';
import type { WidgetDefinition } from '../contract/widget.js';
import type { Snapshot } from './snapshot.js';

/** What a frame makes of a snapshot. */
export interface Applied {
  readonly snapshot: Snapshot;
  /** The edge speaks of an answer that we do not have: ask for it. */
  readonly gap?: boolean;
}

/** `local` brings an edge's time into this machine's clock. */
export type ToLocal = (timestamp: string) => number | undefined;

/** Nothing to show: no value, no rows, no fields. What a type finds in its own fields is its own matter. */
export function isNothing(data: unknown): boolean {
  return data == null || (typeof data === 'object' && (Array.isArray(data) ? data : Object.keys(data)).length === 0);
}

type Told = Pick<DataFrame, 'data' | 'timestamp' | 'cursor' | 'every' | 'total' | 'sort'>;

function withData(before: Snapshot, told: Told, local: ToLocal): Snapshot {
  const { data, timestamp, cursor, every } = told;
  // An equal answer keeps its identity, so that nothing is painted again.
  const same = before.cursor === cursor && before.data !== undefined;
  const kept = same ? before.data : data;
  const { total, sort } = same ? before : told;
  const checkedAt = local(timestamp);
  return {
    state: isNothing(kept) ? 'empty' : 'fresh',
    data: kept,
    timestamp,
    cursor,
    ...(checkedAt !== undefined && { checkedAt }),
    ...(every !== undefined && { every }),
    ...(total !== undefined && { total, sort }),
    ...(before.widget && { widget: before.widget }),
  };
}

/** The source or the edge fails: what is on screen stays, and says so. */
export function withFault(before: Snapshot, error: CcmFault): Snapshot {
  return { ...before, state: before.cursor === undefined ? 'failed' : 'stale', error };
}

function withFaultFrame(before: Snapshot, frame: FaultFrame, local: ToLocal): Applied {
  const error = { code: frame.error.code, detail: frame.error.detail };
  // What the caller may not see (any more) does not stay in memory either.
  if (frame.state === 'refused') return { snapshot: { state: 'refused', error } };
  const { data, timestamp, cursor, ...told } = frame;
  if (timestamp !== undefined && cursor !== undefined && ('data' in frame || cursor === before.cursor)) {
    return { snapshot: withFault(withData(before, { ...told, data, timestamp, cursor }, local), error) };
  }
  return { snapshot: withFault(before, error), gap: frame.state === 'stale' && before.cursor === undefined };
}

export function applyFrame(before: Snapshot, frame: AnswerFrame, local: ToLocal): Applied {
  if (!('state' in frame)) return { snapshot: withData(before, frame, local) };
  if (frame.state !== 'fresh') return withFaultFrame(before, frame, local);
  if (before.cursor !== frame.cursor) return { snapshot: before, gap: true };
  return { snapshot: withData(before, { ...frame, data: before.data }, local) };
}

/** The same with its definition. */
export function withWidget(before: Snapshot, widget: WidgetDefinition): Snapshot {
  return before.widget === widget ? before : { ...before, widget };
}
