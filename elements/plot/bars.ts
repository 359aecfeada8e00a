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
