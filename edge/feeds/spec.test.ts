import { describe, expect, it } from 'vitest';
import { adhocSpec, specOf } from './spec.js';
import { entry, principal } from './test/fixture.js';

const declared = entry({ params: { region: { type: 'string', enum: ['EU', 'US'], default: 'EU' }, days: { type: 'number' } } });

describe('specOf', () => {
  it('is made once where no params are given, for a tenant or for a user', () => {
    const plain = entry();
    expect(specOf(plain, principal('acme', 'ann'))).toBe(specOf(plain, principal('acme', 'bob'), { params: {} }));
    const own = entry({ scope: 'user' });
    const ann = principal();
    expect(specOf(own, ann)).toBe(specOf(own, ann));
    expect(specOf(own, ann)).not.toBe(specOf(own, principal('acme', 'bob')));
  });

  it('lays the viewer\'s params and the defaults over the source\'s own', () => {
    const widget = entry({
      dataSource: { type: 'module', moduleName: 'sales', endpoint: '/x', params: { region: 'all', limit: 5 } }, params: declared.widget.params,
    });
    expect(specOf(widget, principal()).dataSource).toMatchObject({ params: { region: 'EU', limit: 5 } });
    expect(specOf(widget, principal(), { params: { region: 'US', days: 7 } }).dataSource).toMatchObject({ params: { region: 'US', limit: 5, days: 7 } });
    expect(specOf(widget, principal(), { params: { region: 'EU' } }).key).toBe(specOf(widget, principal()).key);
  });

  it.each([
    [{ colour: 'red' }, 'params.colour', 'is not a parameter of this widget'],
    [{ region: 'XX' }, 'params.region', 'must be one of EU, US'],
    [{ days: '7' }, 'params.days', 'must be a number'],
    [JSON.parse('{"__proto__":1}') as Record<string, unknown>, 'params.__proto__', 'is not a parameter of this widget'],
    [{ constructor: 1 }, 'params.constructor', 'is not a parameter of this widget'],
  ])('refuses %j naming it', (params, path, message) => {
    expect(() => specOf(declared, principal(), { params })).toThrow(
      expect.objectContaining({ code: 'bad_request', errors: [{ path, message }] }) as Error,
    );
  });

  it('never fetches more often than the definition says, nor less than once an hour', () => {
    const at = (refreshInterval?: number, own?: number): number => specOf(entry({ refreshInterval: own }), principal(), { refreshInterval }).interval;
    expect([at(), at(10), at(120), at(86_400), at(undefined, 30), at(10, 30)]).toEqual([60_000, 60_000, 120_000, 3_600_000, 30_000, 30_000]);
  });
});

it('keeps the history of the values that alert rules compare, not of rows, and of no user', () => {
  const rule = { operator: '<', value: 5, severity: 'warning' } as const;
  const conditions = [
    { ...rule, field: 'found.total' }, { ...rule, field: 'elsewhere' }, { ...rule, field: 'found.row', rows: true }, { ...rule, field: 'found.sum', reduce: { by: 'sum' as const } },
    { ...rule, field: 'found.mean', reduce: { by: 'mean' as const, over: '1h' } },
  ];
  const more = { dataPath: 'found', alerts: { enabled: true, notifications: [], conditions } };
  const sampled = (part: object) => [...(specOf(entry({ ...more, ...part }), principal()).sampled ?? [])];
  expect(sampled({})).toEqual([['widget:sales:value', 'value'], ['widget:sales:total', 'total'], ['widget:sales:mean', 'mean']]);
  expect(sampled({ scope: 'user' })).toEqual([]);
  expect(sampled({ statConfig: undefined, alerts: undefined })).toEqual([]);
});

it('keeps free questions apart by tenant, by who asks, and by source', () => {
  const { dataSource } = entry().widget;
  const keys = [
    adhocSpec({ tenant: 'acme', label: 'a', dataSource, interval: 1 }),
    adhocSpec({ tenant: 'globex', label: 'a', dataSource, interval: 1 }),
    adhocSpec({ tenant: 'acme', label: 'b', dataSource, interval: 1 }),
    adhocSpec({ tenant: 'acme', label: 'a', dataSource: { type: 'system', metric: 'cpu_usage' }, interval: 1 }),
    specOf(entry(), principal()),
  ].map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});
