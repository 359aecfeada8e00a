import { expect } from '@open-wc/testing';
import { stepScale, thresholdScale } from './scale.js';

describe('scale of a map', () => {
  it('has five steps with about as many values in each, whatever giant is among them', () => {
    const scale = stepScale([1, 2, 3, 4, 5, 6, 7, 8, 9, 1e9], String);
    expect(scale.classes.map(({ label }) => label)).to.deep.equal(['1 – 2', '3 – 4', '5 – 6', '7 – 8', '9 – 1000000000']);
    expect(scale.classOf(6)).to.equal(scale.classes[2]);
    expect(new Set(scale.classes.map(({ color }) => color)).size).to.equal(5);
  });

  it('has a step for each of few values, and one for equal ones', () => {
    expect(stepScale([3, 1, 3], String).classes.map(({ label }) => label)).to.deep.equal(['1', '3']);
    expect(stepScale([4, 4, 4], String).classes).to.deep.equal([{ color: 'var(--_step-3)', label: '4' }]);
    expect(stepScale([], String).classes).to.deep.equal([]);
    expect(stepScale([], String).classOf(1)).to.equal(undefined);
    const many = stepScale([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5], String);
    expect(many.classOf(0)).to.equal(many.classes[0]);
    expect(many.classOf(5)).to.equal(many.classes.at(-1));
  });

  it('takes thresholds in any order, and no colour that is none', () => {
    const scale = thresholdScale([{ value: 10, color: 'good', label: 'Fine' }, { value: 0, color: 'red;background:url(//x)' }], String);
    expect(scale.classes).to.deep.equal([{ color: 'var(--_accent)', label: '≥ 0' }, { color: 'var(--_good)', label: 'Fine' }]);
    expect(scale.classOf(-1)).to.equal(undefined);
    expect(scale.classOf(10)?.label).to.equal('Fine');
  });
});
