/** The floor: the dashboard written by hand, uPlot for its lines and bars. */
import uPlot from 'uplot';
import type { Card, Point, Slice } from '../workload.js';
import { frame, PALETTE, plain } from './hand.js';
import { run } from './page.js';

run((card, grid, { x, y, w, h }) => {
  const { root, body } = frame(card);
  root.style.gridArea = `${y + 1} / ${x + 1} / span ${h} / span ${w}`;
  grid.append(root);
  return () => (card.kind === 'line' || card.kind === 'bar' ? plot(card, body) : plain(card, body));
});

function plot(card: Card, body: HTMLElement): (data: unknown) => void {
  const { clientWidth: width, clientHeight: height } = body;
  const bars = card.kind === 'bar';
  let labels: string[] = [];
  const chart = new uPlot(
    {
      width,
      height,
      legend: { show: false },
      cursor: { y: false },
      scales: { x: { time: !bars } },
      // With uPlot's own size the axis would take two thirds of a card this low.
      axes: [{ size: 26, grid: { show: false }, ...(bars ? { values: (_: uPlot, at: number[]) => at.map((index) => labels[index] ?? '') } : { values: '{HH}:{mm}' }) }, { size: 36 }],
      series: [{}, { stroke: PALETTE[0], width: 1.75, ...(bars ? { fill: PALETTE[0], paths: uPlot.paths.bars?.({ size: [0.7, 60] }) } : {}) }],
    },
    [[], []],
    body,
  );
  return (data) => {
    if (bars) {
      const slices = data as Slice[];
      labels = slices.map((slice) => slice.name);
      chart.setData([slices.map((_, index) => index), slices.map((slice) => slice.value)]);
    } else {
      const points = data as Point[];
      chart.setData([points.map((point) => Date.parse(point.time) / 1000), points.map((point) => point.value)]);
    }
  };
}
