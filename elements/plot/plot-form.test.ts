import { expect } from '@open-wc/testing';
import type { PlotInk, PlotModel } from './model.js';
import { patterns } from './patterns.js';
import { Plot } from './plot.js';
import { points } from './points.js';

const INK = { text: '#000', muted: '#555', border: '#ccc', surface: '#fff', fontFamily: 'sans-serif' } as PlotInk;
const modelOf = (more: Partial<PlotModel>): PlotModel => ({
  shape: 'scatter', kind: 'number', label: 'Points', x: [0, 1, 2], series: [0, 1, 2].map((place) => ({ name: `S${place}`, color: '#2f5fd0', place, values: [1, 2, 3] })), stacked: false,
  formatValue: String, formatTick: String, formatX: String, thresholds: [], thresholdStyle: 'line', ...more,
});

describe('a plot', () => {
  let box: HTMLElement;
  beforeEach(() => {
    box = document.createElement('div');
    document.body.append(box);
  });
  afterEach(() => box.remove());

  it('is built anew where names become numbers or points become many, and only there', () => {
    const plot = new Plot(box, { onCursor: () => undefined, onSelect: () => undefined });
    const built = (more: Partial<PlotModel>) => {
      const before = box.querySelector('canvas');
      plot.show(modelOf(more), INK, { width: 300, height: 200 }, [points]);
      return box.querySelector('canvas') !== before;
    };
    const some = (count: number) => {
      const x = Array.from({ length: count }, (_, index) => index);
      return { x, series: [{ name: 'S', color: '#2f5fd0', place: 0, values: x }] };
    };
    expect([built({ names: ['a', 'b', 'c'] }), built({ names: ['d', 'b', 'c'] }), built({}), built({ x: [5, 6, 9] })]).to.deep.equal([true, false, true, false]);
    expect([built(some(10)), built(some(20_000)), built(some(20_001)), built(some(20_002)), built(some(10))]).to.deep.equal([true, false, true, false, true]);
    plot.destroy();
  });

  it('has its patterns where a canvas that is off the page cannot be had', () => {
    const own = Object.getOwnPropertyDescriptor(window, 'OffscreenCanvas')!;
    Object.defineProperty(window, 'OffscreenCanvas', { configurable: true, value: undefined });
    try {
      const plot = new Plot(box, { onCursor: () => undefined, onSelect: () => undefined });
      expect(() => plot.show(modelOf({ shape: 'area', kind: 'number' }), INK, { width: 300, height: 200 }, [patterns])).not.to.throw();
      plot.destroy();
    } finally {
      Object.defineProperty(window, 'OffscreenCanvas', own);
    }
  });
});
