import { expect, test } from 'vitest';
import { systemClock } from '../../kernel/clock.js';
import { createKeyStore } from './signing-keys.js';
import { openStore } from './open-store.js';
import { queryPlans } from './test/query-plans.js';

test('no query reads the whole table', async () => {
  const plans = await queryPlans((store) => void createKeyStore(store, systemClock));
  expect(plans).toHaveLength(2);
  for (const { sql, steps } of plans) expect(steps.filter((step) => step.startsWith('SCAN')), sql).toEqual([]);
});

test('the first key of a name stands; who comes second gets it too', async () => {
  const store = await openStore('sqlite::memory:');
  const [one, two] = [createKeyStore(store, systemClock), createKeyStore(store, systemClock)];
  expect(await one.load('modules')).toBeUndefined();
  expect(await one.save('modules', { kty: 'one' })).toEqual({ kty: 'one' });
  expect(await two.save('modules', { kty: 'two' })).toEqual({ kty: 'one' });
  expect(await two.load('modules')).toEqual({ kty: 'one' });
  expect(await two.load('audit')).toBeUndefined();
  store.close();
});
