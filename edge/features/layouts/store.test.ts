import { expect, test } from 'vitest';
import { queryPlans } from '../../drivers/store/test/query-plans.js';
import { createLayoutStore } from './store.js';

test('no query reads the whole table, and none sorts by hand', async () => {
  const plans = await queryPlans(createLayoutStore);
  expect(plans.length).toBeGreaterThanOrEqual(7);
  for (const { sql, steps } of plans) {
    const insert = sql.startsWith('insert');
    expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step)), sql).toEqual([]);
    if (!insert) expect(steps, sql).toContainEqual(expect.stringMatching(/^SEARCH layouts USING (COVERING )?INDEX/));
  }
});

test('the default is found by its own index', async () => {
  const plans = await queryPlans(createLayoutStore);
  const steps = plans.filter(({ sql }) => sql.includes('= 1')).flatMap((plan) => plan.steps);
  expect(steps).toHaveLength(2);
  for (const step of steps) expect(step).toContain('layouts_one_default');
});
