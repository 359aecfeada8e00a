import { describe, expect, it } from 'vitest';
import type { AlertCondition } from '../../../../sdk/contract/alert.js';
import type { EvaluatedRule } from '../../../kernel/alerts.js';
import { evaluate } from './evaluate.js';
import { Scan } from './scan.js';

const ruleOf = (condition: Partial<AlertCondition>): EvaluatedRule => ({
  tenant: 'acme', id: 'r', widgetId: 'w', widgetTitle: 'W', name: 'r', origin: 'widget', notifications: [], cooldown: 0, timeZone: 'UTC',
  condition: { field: 'stock', operator: '<', value: 5, severity: 'warning', ...condition },
});
const CONDITIONS: Partial<AlertCondition>[] = [
  {}, { operator: '>=' }, { operator: '=', value: null }, { operator: '!=', value: null }, { operator: '!=', value: 'x' }, { operator: 'contains', value: 'a' },
  { rows: true }, { rows: true, operator: '!=', value: null }, { rows: false }, { reduce: { by: 'sum' } }, { reduce: { by: 'count' }, operator: '!=', value: null },
  { field: 'length' }, { field: 'a.stock' }, { noData: 'alert' }, { noData: 'ok' }, { for: 60 },
];
const ANSWERS: unknown[] = [
  { stock: 3 }, { stock: 9 }, { stock: null }, { stock: '' }, { stock: 'abc' }, { stock: '7' }, { stock: [1, 9] }, { stock: 'x' }, {}, null, 7, [], [{ stock: 3 }, { stock: 9 }], [{ length: 3 }],
  { items: [{ stock: 3 }] }, { items: [] }, { a: { stock: 9 } }, { stock: { deep: 1 } }, [1, 2, 3, 4, 5, 6],
];

describe('Scan', () => {
  it('passes over a rule only where its evaluation finds nothing', () => {
    let passed = 0;
    for (const condition of CONDITIONS) {
      const rule = ruleOf(condition);
      const scan = new Scan([ruleOf({}), rule]);
      for (const answer of ANSWERS) {
        if (!scan.isInOrder(1, answer)) continue;
        passed += 1;
        const result = evaluate({ rule, user: '', instances: new Map(), input: { answer }, wall: 0, elapsed: 0, samples: () => [], newId: () => 'id', most: 10 });
        expect([result.changes, result.saved, result.dropped, result.instances.size, result.nextIn], JSON.stringify({ condition, answer })).toEqual([[], [], [], 0, undefined]);
      }
    }
    expect(passed).toBeGreaterThan(20);
  });
});
