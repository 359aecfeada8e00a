import { afterEach, expect, test } from 'vitest';
import type { AlertCondition } from '../../../../sdk/contract/alert.js';
import type { CCMWidget } from '../../../../sdk/contract/widget.js';
import { ProblemError } from '../../../kernel/problems.js';
import { openEdge, watched, type TestEdge } from './test/rig.js';

const edges: TestEdge[] = [];
afterEach(async () => {
  for (const one of edges.splice(0)) await one.end();
});

const MISTYPED: AlertCondition = { field: 'stock_levl', operator: '<', value: 5, severity: 'critical', name: 'low' };
const rows = (...levels: unknown[]) => levels.map((stock_level, index) => ({ sku: `s${index}`, stock_level }));

async function edge(condition: AlertCondition, reply: () => unknown, more: Partial<CCMWidget> = {}): Promise<TestEdge> {
  const one = await openEdge({ widgets: [watched([condition], more)], reply });
  edges.push(one);
  return one;
}
const said = ({ lines }: TestEdge) => lines.filter(({ rule }) => rule !== undefined).map(({ level, rule, why, msg }) => [level, rule, msg, why].filter(Boolean));
const WARN = 'an alert rule has nothing to compare, so it cannot fire';
const AGAIN = 'an alert rule has something to compare again';

test('a mistyped field is one line and counts, for as long as it stays so', async () => {
  const one = await edge(MISTYPED, () => rows(3, 9));
  const line = [40, 'widget:stock:low', WARN, 'There is no field stock_levl; there are sku, stock_level.'];
  expect([said(one), one.counts.withoutData()]).toEqual([[line], 1]);
  for (let answer = 0; answer < 5; answer += 1) await one.next(() => rows(answer, 9));
  expect(said(one)).toEqual([line]);
  expect(one.alerts.inStates('acme', ['noData'])).toMatchObject([{ text: line[3], title: expect.stringMatching(/^s[01]: no data for stock levl$/) as string }, {}]);
  await one.define(watched([{ ...MISTYPED, field: 'stock_leve' }]));
  expect(said(one).slice(1)).toEqual([[40, 'widget:stock:low', WARN, 'There is no field stock_leve; there are sku, stock_level.']]);
  await one.define(watched([{ ...MISTYPED, field: 'stock_level' }]));
  expect([one.counts.withoutData(), one.alerts.inStates('acme', ['firing']).length]).toEqual([0, 1]);
});

test('a limit of another type says which', async () => {
  const one = await edge({ ...MISTYPED, field: 'value', value: '8' }, () => ({ value: 12 }));
  expect(said(one)).toEqual([[40, 'widget:stock:low', WARN, '12 is a number, the limit "8" is text.']]);
  await one.next(() => ({ value: 13 }));
  expect(said(one)).toHaveLength(1);
  expect(one.alerts.inStates('acme', ['noData'])).toMatchObject([{ text: '13 is a number, the limit "8" is text.', title: 'Stock: value cannot be compared' }]);
});

test('what has data again is said, and an answer that fails says nothing of it', async () => {
  const one = await edge({ ...MISTYPED, field: 'value' }, () => ({ value: null }));
  await one.next(() => { throw new ProblemError('upstream_timeout', 'slow'); });
  expect(one.counts.withoutData()).toBe(1);
  await one.next(() => ({ value: 9 }));
  expect([said(one).map(([, , what]) => what), one.counts.withoutData()]).toEqual([[WARN, AGAIN], 0]);
  // One that comes and goes is no flood.
  for (let answer = 0; answer < 10; answer += 1) await one.next(() => ({ value: answer % 2 === 0 ? null : 9 }));
  expect(said(one)).toHaveLength(2);
});

test('what has sent nothing yet counts, and is no line', async () => {
  const one = await edge({ ...MISTYPED, field: 'value' }, () => null);
  expect(one.counts.withoutData()).toBe(1);
  await one.next(() => ({ value: 9 }));
  expect([one.counts.withoutData(), said(one)]).toEqual([0, []]);
});

test('one row without a value, or a rule that takes it as in order, lacks nothing', async () => {
  const some = await edge({ ...MISTYPED, field: 'stock_level' }, () => rows(null, 9));
  const fine = await edge({ ...MISTYPED, noData: 'ok' }, () => rows(3));
  expect([said(some), said(fine), some.counts.withoutData(), fine.counts.withoutData()]).toEqual([[], [], 0, 0]);
});

test('a figure has those from outside too', async () => {
  const one = await edge({ ...MISTYPED, field: 'value' }, () => ({ value: 1 }));
  expect(one.counts.firing()).toBe(1);
  const [fired] = one.alerts.inStates('acme', ['firing']);
  for (const id of ['x', 'y']) one.alerts.save({ ...fired!, id, key: id, ruleId: 'outside', widgetId: '' });
  one.alerts.save({ ...fired!, id: 'z', key: 'z', ruleId: 'outside', widgetId: '', state: 'resolved' });
  expect(one.counts.firing()).toBe(3);
});
