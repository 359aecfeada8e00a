import { expect, test } from 'vitest';
import { queryPlans } from '../../../drivers/store/test/query-plans.js';
import { createRuleStore } from './store.js';

test('no query reads the whole table, and none sorts by hand', async () => {
  const plans = await queryPlans(createRuleStore);
  expect(plans.length).toBe(7);
  for (const { sql, steps } of plans) {
    expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step)), sql).toEqual([]);
    if (!sql.startsWith('insert')) expect(steps, sql).toContainEqual(expect.stringMatching(/^SEARCH alert_rules USING (COVERING )?INDEX/));
  }
});
