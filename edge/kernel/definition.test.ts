import { expect, test } from 'vitest';
import { reducedDefinition } from './definition.js';

test('what a page gets names neither where the data come from nor who may see it', () => {
  const reduced = reducedDefinition({
    id: 'w', title: 'W', type: 'stat', size: 'small', statConfig: { primaryValue: 'total' }, params: { region: { type: 'string' } },
    dataSource: { type: 'module', moduleName: 'sales', endpoint: '/secret/path', params: { key: 'v' } },
    permissions: ['sales.view'], roles: ['sales_manager'], data: { total: 1 }, transform: [{ limit: 1 }],
    alerts: { enabled: true, conditions: [], notifications: [] }, category: 'sales', tags: ['a'], refreshInterval: 60,
  });
  expect(reduced).toEqual({
    id: 'w', title: 'W', type: 'stat', size: 'small', statConfig: { primaryValue: 'total' }, params: { region: { type: 'string' } },
    dataSource: { type: 'module' }, category: 'sales', tags: ['a'], refreshInterval: 60,
  });
});
