import { expect, test } from 'vitest';
import { queryPlans } from '../../drivers/store/test/query-plans.js';
import { createModuleStore } from './store.js';

test('no query reads the whole table', async () => {
  const plans = await queryPlans(createModuleStore);
  expect(plans.length).toBeGreaterThanOrEqual(5);
  for (const { sql, steps } of plans) {
    expect(steps.filter((step) => step.startsWith('SCAN')), sql).toEqual([]);
    if (!sql.startsWith('insert')) expect(steps, sql).toContainEqual(expect.stringMatching(/^SEARCH modules USING INDEX/));
  }
});
