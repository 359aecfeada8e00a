import { expect, test } from 'vitest';
import { queryPlans } from '../../drivers/store/test/query-plans.js';
import { createSampleStore } from './store.js';

test('no query reads a whole table, and none sorts by hand', async () => {
  const plans = await queryPlans(createSampleStore);
  expect(plans.length).toBeGreaterThanOrEqual(8);
  for (const { sql, steps } of plans) {
    expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step)), `${sql}\n${steps.join('\n')}`).toEqual([]);
  }
});

test('what is old is found by its time', async () => {
  const plans = await queryPlans(createSampleStore);
  const [plan] = plans.filter(({ sql }) => sql.startsWith('delete from "samples"'));
  expect(plan?.steps.join('\n')).toContain('samples_by_time');
});
