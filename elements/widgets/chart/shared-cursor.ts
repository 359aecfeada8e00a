import { isIndexed } from '../../plot/options.js';
import { firstFrom } from '../../plot/window.js';
import { charts, type ChartHost } from './host.js';

/** What charts share a cursor in: the nearest of these around them, else the page. */
const SCOPES = new Set(['ccm-dashboard', 'ccm-provider']);

/** The lines of other charts' cursors, by the field that they are in; a field that goes takes its line along. */
const lines = new WeakMap<HTMLElement, HTMLElement>();

/** Shows a moment of one chart in all others around it whose time axis holds it; null takes it away. */
export function shareMoment(from: ChartHost, time: number | null): void {
  const scope = scopeOf(from.element);
  for (const chart of charts) if (chart !== from && (time === null || scopeOf(chart.element) === scope)) show(chart, time);
}

function scopeOf(element: Element): Node {
  for (let at: Node | null = element; at !== null; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
    if (at instanceof Element && SCOPES.has(at.localName)) return at;
  }
  return document;
}

function show(chart: ChartHost, time: number | null): void {
  const field = chart.plot()?.field;
  if (!field) return;
  const left = time === null ? undefined : placeIn(chart, time);
  let line = lines.get(field);
  if (!line) {
    if (left === undefined) return;
    line = document.createElement('div');
    line.className = 'u-cursor-x elsewhere';
    lines.set(field, line);
    field.append(line);
  }
  line.hidden = left === undefined;
  if (left !== undefined) line.style.setProperty('transform', `translateX(${Math.round(left)}px)`);
}

function placeIn(chart: ChartHost, time: number): number | undefined {
  const [model, plot] = [chart.model(), chart.plot()];
  if (!plot || model?.kind !== 'time') return undefined;
  const x = model.x as readonly number[];
  const last = x[x.length - 1] ?? -Infinity;
  const index = firstFrom(x, time, true) - 1;
  // The last bucket goes on as long as the one before it.
  const end = isIndexed(model) ? last + (last - (x[x.length - 2] ?? last)) : last;
  if (index < 0 || time > end) return undefined;
  const left = plot.placeOf(isIndexed(model) ? index : time);
  return left !== undefined && left >= 0 && left <= (plot.field?.clientWidth ?? 0) ? left : undefined;
}
