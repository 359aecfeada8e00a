import { expect, test } from 'vitest';
import { openStore } from '../../drivers/store/open-store.js';
import { queryPlans } from '../../drivers/store/test/query-plans.js';
import { createConnectorStore } from './store.js';

test('no query reads the whole table', async () => {
  const plans = await queryPlans(createConnectorStore);
  expect(plans.length).toBe(5);
  for (const { sql, steps } of plans) {
    expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step)), sql).toEqual([]);
    if (!sql.startsWith('insert')) expect(steps, sql).toContainEqual(expect.stringMatching(/^SEARCH connectors USING (COVERING )?INDEX/));
  }
});

test('a row of no tenant is refused', async () => {
  const store = await openStore('sqlite::memory:');
  const rows = createConnectorStore(store);
  expect(() => rows.save({ tenant: '', name: 'x', definition: '{}', createdBy: 'a', createdAt: 1, updatedAt: 1 })).toThrow();
  store.close();
});
