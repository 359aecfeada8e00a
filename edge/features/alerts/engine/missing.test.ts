import { expect, test } from 'vitest';
import type { AlertCondition } from '../../../../sdk/contract/alert.js';
import { missingOf } from './missing.js';
import { ruleOf } from './test/watched.js';

const of = (condition: Partial<AlertCondition>, seen: { value?: unknown; row?: unknown }) => missingOf(ruleOf({ field: 'level', operator: '>', value: 8, severity: 'info', ...condition }), seen);

test.each<[Partial<AlertCondition>, { value?: unknown; row?: unknown }, string]>([
  [{}, { row: { lvl: 1, name: 'x' } }, 'There is no field level; there are lvl, name.'],
  [{}, { row: { lvl: 1 } }, 'There is no field level; there is lvl.'],
  [{}, { row: {} }, 'There is no field level.'],
  [{}, { row: null }, 'The source has sent nothing yet.'],
  [{}, {}, 'There are no rows to compare.'],
  [{}, { row: { level: null }, value: null }, 'The field level is empty.'],
  [{}, { row: { level: '' }, value: '' }, 'The field level is empty.'],
  [{}, { row: { level: [] }, value: [] }, 'The field level is empty.'],
  [{}, { row: { level: '12' }, value: '12' }, '12 is text, the limit 8 is a number.'],
  [{ value: '8' }, { row: { level: 12 }, value: 12 }, '12 is a number, the limit "8" is text.'],
  [{ value: true, operator: '=' }, { row: { level: 'yes' }, value: 'yes' }, 'yes is text, the limit true is a yes-or-no value.'],
  [{}, { row: { level: true }, value: true }, 'true is a yes-or-no value, the limit 8 is a number.'],
  [{ type: 'number' }, { row: { level: 'abc' }, value: 'abc' }, 'abc is text, and cannot be read as a number.'],
  [{ type: 'date', value: '2026-01-01' }, { row: { level: 'soon' }, value: 'soon' }, 'soon is text, and cannot be read as a date.'],
  [{}, { row: { level: Number.NaN }, value: Number.NaN }, 'level is no finite number, the limit 8 is a number.'],
  [{}, { row: { level: {} }, value: {} }, 'level is an object, the limit 8 is a number.'],
  [{ reduce: { by: 'mean' } }, { row: {} }, 'There are no values of level of which the mean could be made.'],
])('%j of %j', (condition, seen, text) => {
  expect(of(condition, seen).text).toBe(text);
});

test('hostile names and values are one short text without control characters', () => {
  const { text } = of({}, { row: { ['a\u0000\u001b[2J'.repeat(500)]: 1 } });
  expect(text.length).toBeLessThanOrEqual(500);
  expect(text).not.toMatch(/[\u0000-\u0008\u001b]/);
});

test('the cause is the same whatever the value is', () => {
  expect(of({ value: '8' }, { row: {}, value: 1 }).kind).toBe(of({ value: '8' }, { row: {}, value: 2 }).kind);
});
