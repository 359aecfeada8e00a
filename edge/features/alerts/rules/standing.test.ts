import { describe, expect, test } from 'vitest';
import type { AlertCondition } from '../../../../sdk/contract/alert.js';
import { widget } from '../../test/widgets.js';
import { evaluatedRule, rulesOfSettings, rulesOfWidget } from './standing.js';

const low: AlertCondition = { field: 'total', operator: '<', value: 5, severity: 'warning' };

describe('a rule', () => {
  test('is named by what it compares, and no two of a widget the same', () => {
    const rules = rulesOfWidget({ id: 'stock', alerts: { enabled: true, notifications: [], conditions: [low, low, { ...low, name: 'low' }, { ...low, name: 'low' }, { ...low, value: null }] } });
    expect(rules.map(({ id }) => id)).toEqual([
      'widget:stock:total < 5', 'widget:stock:total < 5 #2', 'widget:stock:low', 'widget:stock:low #2', 'widget:stock:total < null',
    ]);
  });

  test('never takes a name that another one has by its own', () => {
    const names = rulesOfWidget({ id: 'stock', alerts: { enabled: true, notifications: [], conditions: [{ ...low, name: 'a' }, { ...low, name: 'a #2' }, { ...low, name: 'a' }] } }).map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
  });

  test('of the settings is for its tenants, all where it names none', () => {
    const input = { ...low, widgetId: 'stock', notifications: [] };
    const rules = [{ ...input, tenants: ['acme'], name: 'a' }, { ...input, name: 'b' }, { ...input, name: 'b' }, { ...input, widgetId: 'other', name: 'b' }];
    expect(rulesOfSettings(rules, 'acme').map(({ id }) => id)).toEqual(['settings:stock:a', 'settings:stock:b', 'settings:stock:b #2', 'settings:other:b']);
    expect(rulesOfSettings(rules, 'globex').map(({ id }) => id)).toEqual(['settings:stock:b', 'settings:stock:b #2', 'settings:other:b']);
  });

  test('is evaluated with its defaults and what the definition says of its rows', () => {
    const definition = widget({
      id: 'stock', title: 'Stock', type: 'list', dataPath: 'found.rows', listConfig: { itemKey: 'sku', itemTemplate: { title: 'product' } },
      alerts: { enabled: true, notifications: ['email'], conditions: [low] },
    });
    const [standing] = rulesOfWidget(definition);
    expect(evaluatedRule(standing!, { tenant: 'acme', timeZone: 'Europe/Berlin', widget: definition })).toEqual({
      tenant: 'acme', id: 'widget:stock:total < 5', widgetId: 'stock', widgetTitle: 'Stock', name: 'total < 5', origin: 'widget', condition: low,
      notifications: ['email'], cooldown: 300_000, timeZone: 'Europe/Berlin', rowKey: 'sku', rowName: 'product', dataPath: 'found.rows',
    });
  });

  test('names a row of a table by words that are not its key, though nobody says which is that', () => {
    const nameOfRows = (tableConfig: object) => {
      const definition = widget({ id: 'stock', title: 'Stock', type: 'table', tableConfig: tableConfig as never, alerts: { enabled: true, notifications: [], conditions: [low] } });
      return evaluatedRule(rulesOfWidget(definition)[0]!, { tenant: 'acme', timeZone: 'UTC', widget: definition }).rowName;
    };
    expect(nameOfRows({ columns: [{ key: 'sku' }, { key: 'product' }] })).toBe('product');
    expect(nameOfRows({ rowKey: 'product', columns: [{ key: 'sku' }, { key: 'product' }] })).toBe('sku');
    expect(nameOfRows({ columns: [{ key: 'sku' }, { key: 'total', format: 'number' }] })).toBeUndefined();
  });
});
