import { expect } from '@open-wc/testing';
import type { PlotModel } from './model.js';
import { firstFrom, fullRange, holding, nearestTo, Span, zoomed } from './window.js';

const model = (shape: PlotModel['shape'], x: (number | string)[], kind: PlotModel['kind'] = 'time'): PlotModel => ({
  shape, kind, x, label: '', series: [], stacked: false, thresholds: [], thresholdStyle: 'line', formatValue: String, formatTick: String, formatX: String,
});

describe('Span', () => {
  const line = model('line', [0, 10, 20, 30, 40]);
  const bars = model('bar', [0, 10, 20, 30, 40]);
  const names = model('bar', ['a', 'b', 'c', 'd'], 'category');

  it('looks at what was dragged over, in either direction, and no further than there is anything', () => {
    expect(Span.between(line, 5, 25)?.rangeOf(line)).to.deep.equal([5, 25]);
    expect(Span.between(line, 25, 5)?.rangeOf(line)).to.deep.equal([5, 25]);
    expect(Span.between(line, -50, 25)?.rangeOf(line)).to.deep.equal([0, 25]);
  });

  it('holds whole bars', () => {
    expect(Span.between(bars, 0.7, 3.2)?.rangeOf(bars)).to.deep.equal([0.5, 3.5]);
    expect(Span.between(names, 0.7, 2.1)?.rangeOf(names)).to.deep.equal([0.5, 2.5]);
  });

  it('is none where it holds everything, or fewer than two positions', () => {
    expect(Span.between(line, 0, 40)).to.equal(undefined);
    expect(Span.between(line, 11, 19)).to.equal(undefined);
    expect(Span.between(model('line', []), 0, 1)).to.equal(undefined);
    expect(Span.between(model('line', [5]), 0, 9)).to.equal(undefined);
  });

  it('stays on its moments and names when others come and go', () => {
    const span = Span.between(bars, 0.7, 3.2)!;
    expect(span.rangeOf(model('bar', [10, 20, 30, 40, 50]))).to.deep.equal([-0.5, 2.5]);
    expect(span.rangeOf(model('bar', [50, 60]))).to.equal(undefined);
    const named = Span.between(names, 0.7, 2.1)!;
    expect(named.rangeOf(model('bar', ['x', 'a', 'b', 'c'], 'category'))).to.deep.equal([1.5, 3.5]);
    expect(named.rangeOf(model('bar', ['a', 'b'], 'category'))).to.equal(undefined);
  });

  it('zooms around what stays where it is', () => {
    const closer = zoomed(line, undefined, 0.5, 10)!;
    expect(closer.rangeOf(line)).to.deep.equal([5, 25]);
    expect(zoomed(line, closer, 2, 10), 'all of it again').to.equal(undefined);
    const closest = Span.between(line, 10, 20)!;
    expect(zoomed(line, closest, 0.5, 15), 'no closer than two positions').to.equal(closest);
  });

  it('moves along with the reader', () => {
    const span = Span.between(line, 0, 20)!;
    expect(holding(line, span, 2)).to.equal(span);
    expect(holding(line, span, 3)?.rangeOf(line)).to.deep.equal([10, 30]);
    expect(holding(bars, Span.between(bars, 2, 4)!, 0)?.rangeOf(bars)).to.deep.equal([-0.5, 2.5]);
  });

  it('finds positions', () => {
    expect([firstFrom([1, 3, 3, 5], 3), firstFrom([1, 3, 3, 5], 3, true), firstFrom([1], 9), firstFrom([], 1)]).to.deep.equal([1, 3, 1, 0]);
    expect([-5, 4, 6, 99].map((place) => nearestTo(line, place))).to.deep.equal([0, 0, 1, 4]);
    expect(fullRange(bars)).to.deep.equal([-0.5, 4.5]);
  });
});
