/** A peer: ECharts, only the parts that are used, for lines, bars and the donut; gridstack for the grid, the rest by hand. Animations off. */
import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { Card, Point, Slice } from '../workload.js';
import { PALETTE } from './hand.js';
import { runInGridStack } from './in-gridstack.js';

use([BarChart, LineChart, PieChart, GridComponent, CanvasRenderer]);

runInGridStack(chart);

function chart(card: Card, body: HTMLElement): (data: unknown) => void {
  const box = body.appendChild(document.createElement('div'));
  box.style.flex = '1';
  const made = init(box);
  return (data) => {
    const points = card.kind === 'line' ? (data as Point[]).map(({ time, value }) => [time, value]) : [];
    const slices = card.kind === 'line' ? [] : (data as Slice[]);
    made.setOption({
      animation: false,
      color: PALETTE,
      ...(card.kind === 'donut'
        ? { series: [{ type: 'pie', radius: ['50%', '80%'], label: { show: false }, data: slices }] }
        : {
            grid: { left: 36, right: 4, top: 4, bottom: 22 },
            xAxis: card.kind === 'line' ? { type: 'time' } : { type: 'category', data: slices.map(({ name }) => name) },
            yAxis: { type: 'value' },
            series: [card.kind === 'line' ? { type: 'line', showSymbol: false, data: points } : { type: 'bar', data: slices.map(({ value }) => value) }],
          }),
    });
  };
}
