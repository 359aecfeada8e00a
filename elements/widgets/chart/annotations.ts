import type { ChartAnnotation } from '../../../sdk/contract/display.js';
import { toNumber } from '../../../sdk/data/number.js';
import { isWallTime, parseTime } from '../../../sdk/data/time.js';
import { momentOf } from '../../../sdk/data/zone.js';
import { cssColor } from '../../core/tone.js';
import type { PlotAnnotation, PlotModel } from '../../plot/model.js';
import { isIndexed } from '../../plot/options.js';
import { firstFrom, nearestTo, placeAt } from '../../plot/window.js';

export { marks as layer } from '../../plot/marks.js';

/** Where on the x scale each of them is; what names no time, number or category of this axis is nowhere. */
export function placed(annotations: readonly ChartAnnotation[], model: PlotModel, timeZone: string): PlotAnnotation[] {
  return annotations.flatMap(({ at, to, label = '', color }) => {
    const from = placeOf(at, model, timeZone);
    const end = to === undefined ? from : placeOf(to, model, timeZone);
    if (from === undefined || end === undefined) return [];
    // A band over whole buckets holds their bars whole.
    const half = end !== from && model.shape === 'bar' ? 0.5 : 0;
    return [{ from: Math.min(from, end) - half, to: Math.max(from, end) + half, label, color: cssColor(color) ?? 'var(--_muted)' }];
  });
}

/** The labels of what holds at a position, or is within reach of it. */
export function notesAt(model: PlotModel, index: number, slack = 0): string[] {
  const place = placeAt(model, index);
  return (model.annotations ?? [])
    .filter(({ from, to }) => (place >= from - slack && place <= to + slack) || (from === to && nearestTo(model, from) === index && isWithin(model, from)))
    .map(({ label }) => label)
    .filter((label) => label !== '');
}

/** What lies before the first position or behind the last belongs to none. */
function isWithin(model: PlotModel, place: number): boolean {
  return place >= placeAt(model, 0) && place <= placeAt(model, model.x.length - 1);
}

function placeOf(at: string | number, model: PlotModel, timeZone: string): number | undefined {
  if (model.kind === 'category') {
    const index = model.x.findIndex((x) => String(x) === String(at));
    return index < 0 ? undefined : index;
  }
  if (model.names) return model.names.includes(String(at)) ? model.names.indexOf(String(at)) : undefined;
  if (model.kind === 'number') return toNumber(at);
  const parsed = parseTime(at);
  if (parsed === undefined) return undefined;
  const time = isWallTime(at) ? momentOf(parsed, timeZone) : parsed;
  return isIndexed(model) ? bucketOf(time, model.x as readonly number[]) : time;
}

/** The place of a moment among buckets that begin at these. */
function bucketOf(time: number, starts: readonly number[]): number | undefined {
  const index = firstFrom(starts, time, true) - 1;
  const length = (starts[starts.length - 1] ?? 0) - (starts[starts.length - 2] ?? -Infinity);
  return index < 0 || time >= (starts[starts.length - 1] ?? 0) + length ? undefined : index;
}
