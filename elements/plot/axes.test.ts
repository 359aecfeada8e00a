import { expect } from '@open-wc/testing';
import type { PlotInk, PlotModel } from './model.js';
import { Plot } from './plot.js';
import { points } from './points.js';

const INK = { text: '#000', muted: '#555', border: '#ccc', surface: '#fff', fontFamily: 'sans-serif' } as PlotInk;
const DAY = 86_400_000;
const modelOf = (more: Partial<PlotModel>): PlotModel => ({
  shape: 'bar', kind: 'category', label: 'Sales', x: [], series: [], stacked: false, locale: 'en',
  formatValue: String, formatTick: String, formatX: String, thresholds: [], thresholdStyle: 'line', ...more,
});
const seriesOf = (...values: number[]) => [{ name: 'S', color: '#2f5fd0', place: 0, values }];
const named = (...x: string[]) => ({ x, series: seriesOf(...x.map((_, index) => 40 + index)) });

/** A text as it was written: where it begins and ends, in CSS pixels. */
interface Written {
  text: string;
  from: number;
  to: number;
  y: number;
}

describe('the axes of a plot', () => {
  let box: HTMLElement;
  let written: Written[] = [];
  const { fillText } = CanvasRenderingContext2D.prototype;

  before(() => {
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
      const { e, f } = this.getTransform();
      const width = this.measureText(text).width;
      const from = e + x - width * ({ center: 0.5, right: 1 }[this.textAlign as string] ?? 0);
      written.push({ text, from: from / devicePixelRatio, to: (from + width) / devicePixelRatio, y: (f + y) / devicePixelRatio });
      fillText.call(this, text, x, y);
    };
  });
  after(() => {
    CanvasRenderingContext2D.prototype.fillText = fillText;
  });
  beforeEach(() => {
    box = document.createElement('div');
    document.body.append(box);
  });
  afterEach(() => box.remove());

  /** All texts of a plot, and those below it. */
  async function write(model: Partial<PlotModel>, width: number, height: number, layers: Parameters<Plot['show']>[3] = []) {
    written = [];
    const plot = new Plot(box, { onCursor: () => undefined, onSelect: () => undefined });
    plot.show(modelOf(model), INK, { width, height }, layers);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const lowest = Math.max(...written.map(({ y }) => y));
    const [below, beside] = [true, false].map((is) => written.filter(({ y }) => y === lowest === is));
    plot.destroy();
    return { below: below!, beside: beside! };
  }

  it('cut no name at either end', async () => {
    for (const shape of ['bar', 'line', 'area'] as const) {
      for (const width of [240, 300, 340, 420]) {
        const { below } = await write({ shape, ...named('North America', 'Europe', 'Asia', 'Africa', 'South America') }, width, 200);
        for (const { text, from, to } of below) {
          expect(from, `${shape} ${width} ${text}`).to.be.at.least(0);
          expect(to, `${shape} ${width} ${text}`).to.be.at.most(width);
        }
      }
    }
  });

  it('leave no name out where each has room beside its neighbours', async () => {
    const { below } = await write(named('North', 'South', 'East', 'West', 'Central'), 266, 200);
    expect(below.map(({ text }) => text)).to.deep.equal(['North', 'South', 'East', 'West', 'Central']);
    for (const [index, { from }] of below.entries()) expect(from).to.be.above((below[index - 1]?.to ?? -9) + 6);
  });

  it('have values on them however low it is', async () => {
    const x = Array.from({ length: 14 }, (_, index) => index * DAY);
    const days = { kind: 'time' as const, x, timeZone: 'UTC', series: seriesOf(42, 45, 41, 52, 58, 61, 38, 47, 51, 49, 60, 64, 66, 43) };
    for (const height of [64, 72, 84]) {
      for (const shape of ['line', 'area', 'bar'] as const) expect((await write({ shape, ...days }, 266, height)).beside.length, `${shape} ${height}`).to.be.at.least(2);
      const { beside } = await write({ shape: 'scatter', kind: 'number', x: [4, 9, 38], series: seriesOf(12, 15, 61) }, 266, height, [points]);
      expect(beside.length, `scatter ${height}`).to.be.at.least(2);
    }
  });

  it('name the day of a lone one, whenever it begins', async () => {
    for (const [timeZone, day, name] of [['Europe/Berlin', '2026-03-01T23:00Z', '2 Mar'], ['Africa/Cairo', '2025-04-24T22:00Z', '25 Apr']] as const) {
      for (const shape of ['line', 'area', 'bar'] as const) {
        const { below } = await write({ shape, kind: 'time', locale: 'en-GB', timeZone, x: [Date.parse(day)], series: seriesOf(5) }, 400, 200);
        expect(below.map(({ text }) => text), `${shape} ${timeZone}`).to.deep.equal([name]);
        expect(below[0]!.from, `${shape} ${timeZone}`).to.be.within(0, 240);
      }
    }
  });

  it('are those of hours once a second moment is there', async () => {
    const plot = new Plot(box, { onCursor: () => undefined, onSelect: () => undefined });
    const hours = (count: number) => modelOf({ shape: 'line', kind: 'time', locale: 'en-GB', timeZone: 'UTC', x: Array.from({ length: count }, (_, hour) => (9 + hour) * (DAY / 24)), series: seriesOf(...Array<number>(count).fill(5)) });
    plot.show(hours(1), INK, { width: 400, height: 200 });
    written = [];
    plot.show(hours(3), INK, { width: 400, height: 200 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(written.map(({ text }) => text)).to.include.members(['09:00', '10:00', '11:00']);
    plot.destroy();
  });

  it('leave the last value beside its line', async () => {
    const heightOf = async (...values: number[]) => {
      const { beside } = await write({ shape: 'line', kind: 'time', x: values.map((_, index) => index * DAY), timeZone: 'UTC', series: seriesOf(...values), formatValue: (value) => `${value}!` }, 300, 200);
      return beside.find(({ text }) => text === '50!')!.y;
    };
    // The same place: over it where the line comes from below, under it where it comes from above.
    expect(await heightOf(0, 100, 90, 50)).to.be.above((await heightOf(0, 100, 10, 50)) + 20);
  });
});
