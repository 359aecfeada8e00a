import { expect } from '@open-wc/testing';
import type { AggregatedSeries } from '../../../sdk/data/aggregate.js';
import { slicePath, slicesOf } from './slices.js';

const columns = (values: (number | null)[]): AggregatedSeries => ({
  kind: 'category',
  x: values.map((_, index) => `c${index}`),
  series: [{ name: 'value', values }],
});
const split = (values: (number | null)[]) => slicesOf(columns(values), String, 'Other');

describe('slicesOf', () => {
  it('puts the largest first and closes the circle', () => {
    const { slices, total } = split([10, 30, 60]);
    expect(total).to.equal(100);
    expect(slices.map(({ name, value, share }) => [name, value, Number(share.toFixed(6))])).to.deep.equal([['c2', 60, 0.6], ['c1', 30, 0.3], ['c0', 10, 0.1]]);
    expect(slices[0]!.from).to.equal(0);
    expect(slices[1]!.from).to.equal(slices[0]!.to);
    expect(slices[2]!.to).to.be.closeTo(1, 1e-9);
  });

  it('shows seven as they are, and of more the largest six and the rest', () => {
    expect(split([7, 6, 5, 4, 3, 2, 1]).slices.map(({ rest }) => rest)).to.deep.equal(Array(7).fill(false));
    const { slices } = split([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(slices).to.have.length(7);
    expect(slices[6]).to.include({ name: 'Other', value: 3, rest: true });
  });

  it('has no slice for gaps, zero and what is below it', () => {
    expect(split([null, 0, -5, 4]).slices.map(({ name }) => name)).to.deep.equal(['c3']);
    expect(split([0, null, -1])).to.deep.equal({ slices: [], total: 0 });
    expect(split([])).to.deep.equal({ slices: [], total: 0 });
  });

  it('takes several series as slices, each its sum', () => {
    const { slices } = slicesOf({ kind: 'category', x: ['a', 'b'], series: [{ name: 'one', values: [1, 2] }, { name: 'two', values: [null, 9] }] }, String, 'Other');
    expect(slices.map(({ name, value }) => [name, value])).to.deep.equal([['two', 9], ['one', 3]]);
  });

  it('shares out the largest numbers that there are', () => {
    const { slices } = split(Array(9).fill(Number.MAX_VALUE / 2));
    for (const { share, from, to } of slices) expect([share, from, to].every(Number.isFinite)).to.equal(true);
  });
});

describe('slicePath', () => {
  it('starts at the top and turns clockwise', () => {
    expect(slicePath({ from: 0, to: 0.25 }, 48, 0)).to.equal('M 50 50 L 50 2 A 48 48 0 0 1 98 50  Z');
  });

  it('takes the long way round for more than half', () => {
    expect(slicePath({ from: 0, to: 0.75 }, 48, 31)).to.match(/A 48 48 0 1 1 .* A 31 31 0 1 0/);
  });

  it('draws a whole turn as two halves, which an arc cannot', () => {
    expect(slicePath({ from: 0, to: 1 }, 48, 31).match(/Z/g)).to.have.length(2);
  });
});
