import { validateWidget } from '@a64core/ccm/sdk';
import { describe, expect, it } from 'vitest';
import funnel from './funnel.js';
import { shapeOf } from './shape.js';
import { MOST_STEPS, stepsOf } from './steps.js';
import { widgets } from './widgets.js';

const OPTIONS = { label: 'step', value: 'count' };
const ROWS = [{ step: 'a', count: 200 }, { step: 'b', count: 100 }, { step: 'c', count: 25 }];

describe('stepsOf', () => {
  it('shares and compares', () => {
    const told = (compare?: 'first') => stepsOf(ROWS, { ...OPTIONS, ...(compare && { compare }) }).map(({ share, kept }) => [share, kept]);
    expect(told()).toEqual([[1, undefined], [0.5, 50], [0.125, 25]]);
    expect(told('first')).toEqual([[1, undefined], [0.5, 50], [0.125, 12.5]]);
  });

  it('keeps the place of a step without a number, and compares nothing with it', () => {
    const rows = [{ step: 'a', count: 10 }, { step: 'b', count: 'NaN' }, { step: 'c', count: 5 }, { step: 'd', count: -3 }, { step: 'e', count: 1 }];
    expect(stepsOf(rows, OPTIONS).map(({ value, share, kept }) => [value, share, kept])).toEqual([
      [10, 1, undefined], [undefined, 0, undefined], [5, 0.5, undefined], [0, 0, 0], [1, 0.1, undefined],
    ]);
  });

  it.each([null, undefined, 0, 'text', true, {}, { items: null }])('has none in %j', (data) => {
    expect(stepsOf(data, OPTIONS)).toEqual([]);
  });

  it('takes rows of any shape, and not more than can be told apart', () => {
    expect(stepsOf([null, 7, 'x', [], { count: '1e400' }], OPTIONS).every(({ value, share }) => value === undefined && share === 0)).toBe(true);
    expect(stepsOf(Array.from({ length: 1_000_000 }, () => ({ count: 1 })), OPTIONS)).toHaveLength(MOST_STEPS);
  });
});

it('the shape is finite whatever its shares, and closed', () => {
  for (const path of [...shapeOf([1, 0.5, 0]), ...shapeOf([0]), ...shapeOf([0, 0, 1])]) expect(path).toMatch(/^M[\d .]+H[\d.]+(?:C[\d .]+)V[\d.]+(?:C[\d .]+)H[\d.]+Z$/);
});

it('its definitions are valid, and its samples fit its schema', async () => {
  for (const widget of widgets(`sha384-${'A'.repeat(64)}`)) expect(await validateWidget(widget)).toEqual([]);
  for (const { options } of [funnel.sample, ...(funnel.samples ?? [])]) {
    for (const name of funnel.schema.required ?? []) expect(options).toHaveProperty(name);
    for (const name of Object.keys(options)) expect(funnel.schema.properties).toHaveProperty(name);
  }
});
