import { describe, expect, it } from 'vitest';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { widget } from '../test/widgets.js';
import { readManifest } from './manifest.js';

const SOURCE = { type: 'module', moduleName: 'sales', endpoint: '/api/x' } as const;
const own = (id: string, part: Partial<CCMWidget> = {}) => widget({ id, dataSource: SOURCE, permissions: ['sales.view'], ...part });

describe('a manifest', () => {
  it('brings widgets and schemas', () => {
    const { widgets, schemas, faults } = readManifest('sales', {
      widgets: [own('sales-a'), own('sales.b'), own('sales-c', { dataSource: { type: 'static', data: { total: 1 } } })],
      schemas: { '/api/x': { type: 'object' } },
      later: true,
    });
    expect(widgets.map(({ id }) => id)).toEqual(['sales-a', 'sales.b', 'sales-c']);
    expect([...schemas.keys()]).toEqual(['/api/x']);
    expect(faults).toEqual([]);
  });

  it('may be empty', () => {
    expect(readManifest('sales', {})).toMatchObject({ widgets: [], faults: [] });
  });

  it.each<[string, unknown, string, string]>([
    ['no object', [], '', 'must be an object'],
    ['null', null, '', 'must be an object'],
    ['widgets that are no list', { widgets: {} }, 'widgets', 'must be a list'],
    ['schemas that are no object', { schemas: [] }, 'schemas', 'must be an object'],
    ['a widget that is none', { widgets: [own('sales-a'), 5] }, 'widgets.1', 'must be an object'],
    ['an unknown field', { widgets: [{ ...own('sales-a'), tenants: ['globex'] }] }, 'widgets.0.tenants', 'is not a known field'],
    ['a wrong config', { widgets: [{ ...own('sales-a'), statConfig: {} }] }, 'widgets.0.statConfig.primaryValue', 'is required'],
    ['another name', { widgets: [own('revenue')] }, 'widgets.0.id', 'must begin with "sales-" or "sales."'],
    ['a name that only begins so', { widgets: [own('salesman')] }, 'widgets.0.id', 'must begin with "sales-" or "sales."'],
    ['an id twice', { widgets: [own('sales-a'), own('sales-a')] }, 'widgets.1.id', 'is there twice'],
    ['another module\'s data', { widgets: [own('sales-a', { dataSource: { ...SOURCE, moduleName: 'crm' } })] }, 'widgets.0.dataSource.moduleName', 'must be sales: a module brings widgets of its own data only'],
    ['an external API', { widgets: [own('sales-a', { dataSource: { type: 'external_api', apiName: 'stripe', endpoint: '/v1/charges' } })] }, 'widgets.0.dataSource.type', 'must be module or static'],
    ['a system metric', { widgets: [own('sales-a', { dataSource: { type: 'system', metric: 'error_logs' } })] }, 'widgets.0.dataSource.type', 'must be module or static'],
    ['a script', { widgets: [own('sales-a', { type: 'custom', customConfig: { element: 'x-y', module: 'https://evil.example/x.js' } })] }, 'widgets.0.type', 'must not be custom: which scripts run is for the settings or the tenant to say'],
    ['an endpoint that leads out', { widgets: [own('sales-a', { dataSource: { ...SOURCE, endpoint: '/../admin' } })] }, 'widgets.0.dataSource.endpoint', 'must not have a "." or ".." segment'],
    ['a schema of no endpoint', { schemas: { 'api/x': {} } }, 'schemas.api/x', 'must begin with "/"'],
    ['a schema that is none', { schemas: { '/api/x': { properties: { total: { type: 'money' } } } } }, 'schemas./api/x.properties.total.type', 'knows no type "money"'],
    ['a schema that is too long', { schemas: { '/api/x': { description: 'x'.repeat(70_000) } } }, 'schemas./api/x', 'must be at most 64 KiB long'],
    ['a pattern', { schemas: { '/api/x': { properties: { sku: { pattern: '^(a+)+$' } } } } }, 'schemas./api/x.properties.sku.pattern', 'is not checked by the edge'],
  ])('with %s is told by its place', (_name, body, path, message) => {
    expect(readManifest('sales', body).faults).toContainEqual({ path, message });
  });

  it('loses what is wrong, and keeps the rest', () => {
    const { widgets, schemas } = readManifest('sales', {
      widgets: [own('revenue'), own('sales-a'), { nonsense: true }, own('sales-b')],
      schemas: { '/../x': {}, '/api/x': {}, '/api/y': { $ref: 'https://evil.example' } },
    });
    expect(widgets.map(({ id }) => id)).toEqual(['sales-a', 'sales-b']);
    expect([...schemas.keys()]).toEqual(['/api/x']);
  });

  it.each<[string[], string[]]>([
    [[], ['modules.sales.read']],
    [['widgets.view'], ['widgets.view', 'modules.sales.read']],
    [['salesman.view'], ['salesman.view', 'modules.sales.read']],
    [['sales.view_metrics'], ['sales.view_metrics']],
    [['modules.sales.read'], ['modules.sales.read']],
  ])('that asks %j for a widget gets %j', (asked, permissions) => {
    expect(readManifest('sales', { widgets: [own('sales-a', { permissions: asked })] }).widgets[0]?.permissions).toEqual(permissions);
  });
});
