/** The peer: gridstack for the grid, Chart.js for lines, bars and the donut; the rest by hand. Animations off. */
import { Chart, ArcElement, BarController, BarElement, CategoryScale, DoughnutController, LineController, LineElement, LinearScale, PointElement } from 'chart.js';
import type { Card, Point, Slice } from '../workload.js';
import { PALETTE } from './hand.js';
import { runInGridStack } from './in-gridstack.js';

Chart.register(ArcElement, BarController, BarElement, CategoryScale, DoughnutController, LineController, LineElement, LinearScale, PointElement);
Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;

runInGridStack(chart);

function chart(card: Card, body: HTMLElement): (data: unknown) => void {
  const canvas = body.appendChild(document.createElement('canvas'));
  const type = card.kind === 'donut' ? 'doughnut' : card.kind === 'bar' ? 'bar' : 'line';
  const made = new Chart<'line' | 'bar' | 'doughnut', number[], string>(canvas, {
    type,
    data: { labels: [], datasets: [{ data: [], borderColor: PALETTE[0], backgroundColor: type === 'doughnut' ? PALETTE : PALETTE[0], pointRadius: 0, borderWidth: 1.75 }] },
    options: { plugins: { legend: { display: false }, tooltip: { enabled: false } } },
  });
  return (data) => {
    const [labels, values] =
      card.kind === 'line'
        ? [(data as Point[]).map((point) => point.time.slice(11, 16)), (data as Point[]).map((point) => point.value)]
        : [(data as Slice[]).map((slice) => slice.name), (data as Slice[]).map((slice) => slice.value)];
    made.data.labels = labels;
    const dataset = made.data.datasets[0];
    if (dataset) dataset.data = values;
    made.update('none');
  };
}
