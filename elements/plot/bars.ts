import type uPlot from 'uplot';
import type { Edges } from './stack.js';

/** Share of a position's width that its bars take: a gap of 30 % stays between neighbours. */
const FILLED = 0.7;
const WIDEST = 64;
const RADIUS = 2;
/** Between two bars of one group, CSS pixels. */
const GROUP_GAP = 1;

/** Draws one series' bars: in groups beside each other, or stacked over each other. */
export function barPaths(edgesOf: () => readonly Edges[], stacked: boolean): uPlot.Series.PathBuilder {
  return (plot, seriesIndex, first, last) => {
    const edges = edgesOf();
    const own = edges[seriesIndex - 1];
    const fill = new Path2D();
    if (own) {
      const ratio = devicePixelRatio;
      const step = Math.abs(plot.valToPos(1, 'x', true) - plot.valToPos(0, 'x', true));
      if (step < 1) return { fill: packed(plot, own, first, last), stroke: null, clip: null, flags: 1 };
      const lanes = stacked ? 1 : edges.length;
      const group = Math.min(step * FILLED, WIDEST * ratio * lanes);
      const gap = lanes > 1 && group / lanes > 4 * ratio ? GROUP_GAP * ratio : 0;
      const width = Math.max(1, group / lanes - gap);
      const offset = (stacked ? 0 : seriesIndex - 1) * (group / lanes) - group / 2 + gap / 2;
      for (let index = first; index <= last; index += 1) {
        const to = own.to[index];
        if (to === null || to === undefined) continue;
        const a = plot.valToPos(own.from[index] ?? 0, 'y', true);
        const b = plot.valToPos(to, 'y', true);
        const x = plot.valToPos(index, 'x', true) + offset;
        const radius = stacked ? 0 : Math.min(RADIUS * ratio, width / 2, Math.abs(a - b));
        fill.roundRect(x, Math.min(a, b), width, Math.abs(a - b), b < a ? [radius, radius, 0, 0] : [0, 0, radius, radius]);
      }
    }
    return { fill, stroke: null, clip: null, flags: 1 };
  };
}

/** Bars thinner than a pixel: one for each column of pixels, from the lowest to the highest that fall into it. */
function packed(plot: uPlot, own: Edges, first: number, last: number): Path2D {
  const fill = new Path2D();
  let [column, low, high] = [-1, Infinity, -Infinity];
  const put = () => {
    const top = plot.valToPos(high, 'y', true);
    if (high >= low) fill.rect(column, top, 1, plot.valToPos(low, 'y', true) - top);
  };
  for (let index = first; index <= last; index += 1) {
    const to = own.to[index];
    if (to === null || to === undefined) continue;
    const at = Math.round(plot.valToPos(index, 'x', true));
    if (at !== column) {
      put();
      [column, low, high] = [at, Infinity, -Infinity];
    }
    const from = own.from[index] ?? 0;
    [low, high] = [Math.min(low, from, to), Math.max(high, from, to)];
  }
  put();
  return fill;
}
