import { expect, test } from 'vitest';
import { createMemoryBus } from '../../../drivers/memory/bus.js';
import { createFakeClock } from '../../../feeds/test/fake-clock.js';
import { ALERTS } from '../../../kernel/alerts.js';
import { createLog } from '../../../kernel/log.js';
import { alertInstance } from '../test/instance.js';
import { createTeller } from './news.js';

test('of a thousand that fire at once is not asked a thousand times what fires: all are asked about before the first is told', async () => {
  const bus = createMemoryBus(createLog({ level: 'silent' }));
  const clock = createFakeClock();
  let looks = 0;
  let known = false;
  const told: string[] = [];
  // As the dispatcher does: what it knows of those that fire counts no more when one is told.
  bus.subscribe(ALERTS, ({ alert: { id } }) => {
    known = false;
    told.push(id);
  });
  const teller = createTeller({ bus, clock, suppression: () => {
    if (!known) looks += 1;
    known = true;
    return {};
  } });
  const instances = Array.from({ length: 1_000 }, (_, index) => alertInstance({ id: `a${index}`, key: `${index}` }));
  teller.changed(instances);
  expect([looks, told.length]).toEqual([1, 1_000]);
  teller.updated(instances);
  expect([looks, told.length]).toEqual([2, 2_000]);
  teller.updated(instances);
  expect(told).toHaveLength(2_000);
  await clock.advance(1_000);
  expect([looks, told.length]).toEqual([3, 3_000]);
  teller.close();
});
