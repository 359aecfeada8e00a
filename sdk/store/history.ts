import { SPARKLINE_SAMPLES } from '../contract/display.js';
import { toNumber } from '../data/number.js';
import { getPath } from '../data/path.js';
import type { Snapshot } from './snapshot.js';

/** Milliseconds: of what comes faster only the last is a point of its own, so that the line ends with what the page shows. The edge keeps the first of them. */
const RESOLUTION = 10_000;

/** The snapshot with the history that the edge sent with its definition, and its own value at the end: what is pushed later goes on with it. */
export function withHistory(snapshot: Snapshot, before: Snapshot['history']): Snapshot {
  const { widget, data, timestamp, state } = snapshot;
  if (before === undefined || state === 'refused') return snapshot;
  const time = Date.parse(timestamp ?? '');
  const path = widget?.statConfig?.primaryValue;
  const subject = widget?.dataPath ? getPath(data, widget.dataPath) : data;
  const value = path === undefined || Number.isNaN(time) ? undefined : toNumber(getPath(subject, path));
  const last = before.at(-1);
  if (value === undefined || (last !== undefined && (time < last[0] || (time === last[0] && value === last[1])))) return { ...snapshot, history: before };
  const earlier = before.at(-2);
  const kept = last !== undefined && earlier !== undefined && time - earlier[0] < RESOLUTION ? before.slice(0, -1) : before;
  return { ...snapshot, history: [...kept, [time, value] as const].slice(-SPARKLINE_SAMPLES) };
}
