import { expect, test } from 'vitest';
import { openStore } from '../../drivers/store/open-store.js';
import { queryPlans } from '../../drivers/store/test/query-plans.js';
import { createChannelStore } from './store.js';

test('no query reads the whole table', async () => {
  const plans = await queryPlans(createChannelStore);
  expect(plans).toHaveLength(2);
  for (const { sql, steps } of plans) {
    expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step)), sql).toEqual([]);
    if (!sql.startsWith('insert')) expect(steps, sql).toContainEqual(expect.stringMatching(/^SEARCH channel_values USING (COVERING )?INDEX/));
  }
});

test('an older value does not take the place of a newer one, whoever writes it', async () => {
  const store = await openStore('sqlite::memory:');
  const rows = createChannelStore(store);
  rows.save([{ tenant: 'acme', channel: 'hall', data: '2', time: 2 }]);
  rows.save([{ tenant: 'acme', channel: 'hall', data: '1', time: 1 }, { tenant: 'globex', channel: 'hall', data: '7', time: 1 }]);
  expect(rows.list('acme')).toEqual([{ tenant: 'acme', channel: 'hall', data: '2', time: 2 }]);
  expect(rows.list('globex')).toMatchObject([{ data: '7' }]);
  store.close();
});
