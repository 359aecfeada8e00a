import { expect, test } from 'vitest';
import { queryPlans } from '../../drivers/store/test/query-plans.js';
import { createTrailQueries, createTrailReader, createTrailStore } from './store.js';

test('no query reads the whole trail, and none sorts by hand', async () => {
  const plans = (await Promise.all([createTrailStore, createTrailReader, createTrailQueries].map((make) => queryPlans(make)))).flat();
  expect(plans.length).toBe(12);
  for (const { sql, steps } of plans) {
    expect(steps.filter((step) => /SCAN|TEMP B-TREE/.test(step)), sql).toEqual([]);
    if (!sql.startsWith('insert')) expect(steps, sql).toEqual([expect.stringMatching(/^SEARCH audit(_checkpoints)? USING /)]);
  }
});

test('what people ask is found by an index that has the time', async () => {
  const plans = await queryPlans(createTrailQueries);
  expect(plans.map(({ steps }) => steps)).toEqual([
    ['SEARCH audit USING INDEX audit_by_tenant (tenant=? AND time>? AND time<?)'],
    ['SEARCH audit USING INDEX audit_by_user (tenant=? AND user=? AND time>? AND time<?)'],
    ['SEARCH audit USING INDEX audit_by_action (tenant=? AND action=? AND time>? AND time<?)'],
    ['SEARCH audit USING INDEX audit_by_user (tenant=? AND user=? AND time<?)'],
  ]);
});
