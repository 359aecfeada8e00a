import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { faultsOf } from './faults.schema.js';
import { DashboardLayoutSchema, LayoutFileSchema, LayoutInputSchema, LayoutPatchSchema } from './layout.schema.js';
import { DashboardPresetSchema } from './preset.schema.js';
import type { Fault } from './problem.js';
import { adminPreset, lowStockAlert, salesManagerPreset, salesSummary, stripePayments, systemHealth } from './requirement.fixture.js';
import { validateLayout, validateWidget } from './validate.js';
import { CCMWidgetSchema } from './widget.schema.js';

function zodFaults(schema: z.ZodType, value: unknown): Fault[] {
  const result = schema.safeParse(value);
  return result.success ? [] : faultsOf(result.error);
}

const sorted = (faults: Fault[]) => faults.map(({ path, message }) => `${path}: ${message}`).sort();

/** A copy with one field changed; `undefined` removes it. */
function changed(value: unknown, path: string, replacement: unknown): unknown {
  const [head = '', ...rest] = path.split('.');
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === head ? changed(item, rest.join('.'), replacement) : item));
  const { [head]: before, ...others } = value as Record<string, unknown>;
  const after = rest.length > 0 ? changed(before ?? {}, rest.join('.'), replacement) : replacement;
  return after === undefined ? others : { ...others, [head]: after };
}

/** The deepest of so many lists in one another. */
const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);

describe('the requirement\'s examples', () => {
  it.each([salesSummary, stripePayments, systemHealth, lowStockAlert])('$id is a valid widget', (widget) => {
    expect(zodFaults(CCMWidgetSchema, widget)).toEqual([]);
    expect(validateWidget(widget)).toEqual([]);
    expect(CCMWidgetSchema.parse(widget)).toEqual(widget);
  });

  it.each([adminPreset, salesManagerPreset])('$role has a valid preset', (preset) => {
    expect(zodFaults(DashboardPresetSchema, preset)).toEqual([]);
    expect(validateLayout({ name: preset.name, widgets: preset.layout })).toEqual([]);
  });

  it('the stored layout is a valid one', () => {
    const layout = {
      userId: '6f1c', layoutId: 'default', name: 'My Dashboard', isDefault: true, createdAt: '2025-10-19T14:30:00Z', updatedAt: '2025-10-19T14:30:00.000+02:00',
      widgets: [
        { widgetId: 'sales-summary', position: { x: 0, y: 0, w: 2, h: 1 }, config: { refreshInterval: 300 } },
        { widgetId: 'inventory-alerts', position: { x: 2, y: 0, w: 2, h: 2 } },
      ],
    };
    expect(zodFaults(DashboardLayoutSchema, layout)).toEqual([]);
    expect(validateLayout(layout)).toEqual([]);
  });
});

const full: unknown = {
  ...salesSummary,
  dataPath: 'result.rows',
  transform: [{ filter: { status: 'paid', refund: null } }, { sort: { by: 'total', order: 'desc' } }, { limit: 5 }, { select: ['id'] }, { rename: { id: 'no' } }],
  params: { region: { type: 'string', default: 'north', enum: ['north', 'south'] }, open: { type: 'boolean' } },
  scope: 'user',
  theme: 'auto',
  tableConfig: { columns: [{ key: 'sku', label: '', format: { style: 'currency', currency: 'EUR', minorUnits: true }, width: 120 }], actions: [{ label: 'Open', icon: 'Eye', action: 'open' }] },
  chartConfig: { chartType: 'donut', xAxis: 'region', yAxis: 'sales', min: 0, annotations: [{ at: '2026-01-02', to: '2026-01-03', label: 'Sale' }, { at: 5 }], thresholds: [{ value: 1, color: '#00ff00' }, { value: 2, color: 'warning' }] },
  gaugeConfig: { value: 'v', min: 0, max: 10 },
  mapConfig: { center: { lat: 50, lng: 7 }, zoom: 5, tiles: 'https://tiles.example/{z}/{x}/{y}.png' },
  customConfig: { element: 'acme-map', module: '/acme/map.js', options: { a: [1, { b: null }] } },
  textConfig: { content: '# Hello' },
  data: [{ constructor: 1 }],
};

describe('validateWidget and CCMWidgetSchema', () => {
  it('let a definition with every field pass', () => {
    expect(zodFaults(CCMWidgetSchema, full)).toEqual([]);
    expect(validateWidget(full)).toEqual([]);
  });

  it('let a file say where its editor finds the schema, which is not kept', () => {
    const file = { $schema: './node_modules/@a64core/ccm/widget.schema.json', ...salesSummary };
    expect(validateWidget(file)).toEqual([]);
    expect(CCMWidgetSchema.parse(file)).toEqual(salesSummary);
    expect(validateWidget({ ...file, $schema: {} })).toEqual([{ path: '$schema', message: 'must be text' }]);
    expect(zodFaults(CCMWidgetSchema, { ...file, $schema: {} })).toEqual([{ path: '$schema', message: 'must be text' }]);
  });

  it.each<[path: string, value: unknown, fault: string]>([
    ['id', undefined, 'id: is required'],
    ['id', '', 'id: must be 1 to 100 letters, digits, ".", "_" or "-", beginning with a letter or digit'],
    ['id', '../x', 'id: must be 1 to 100 letters, digits, ".", "_" or "-", beginning with a letter or digit'],
    ['id', 'x'.repeat(101), 'id: must be 1 to 100 letters, digits, ".", "_" or "-", beginning with a letter or digit'],
    ['id', 7, 'id: must be text'],
    ['id', null, 'id: must be text'],
    ['titel', 'x', 'titel: is not a known field'],
    ['title', '', 'title: must not be empty'],
    ['title', 'x'.repeat(41), 'title: must be at most 40 characters long'],
    ['description', 'x'.repeat(201), 'description: must be at most 200 characters long'],
    ['icon', 'trending-up', 'icon: must be a Lucide name in PascalCase, such as "TrendingUp"'],
    ['refreshInterval', 9, 'refreshInterval: must be 10 or more'],
    ['refreshInterval', 3601, 'refreshInterval: must be 3600 or less'],
    ['refreshInterval', 60.5, 'refreshInterval: must be a whole number'],
    ['refreshInterval', '60', 'refreshInterval: must be a whole number'],
    ['type', undefined, 'type: is required'],
    ['type', 'pie', 'type: must be one of stat, chart, table, gauge, map, list, text, custom'],
    ['type', 5, 'type: must be one of stat, chart, table, gauge, map, list, text, custom'],
    ['type', 'list', 'listConfig: is required for the type list'],
    ['statConfig', undefined, 'statConfig: is required for the type stat'],
    ['statConfig.primaryValue', undefined, 'statConfig.primaryValue: is required'],
    ['statConfig.primaryValue', 'a.__proto__.b', 'statConfig.primaryValue: must be a dot path of 1 to 200 characters, without "__proto__", "constructor" and "prototype"'],
    ['statConfig.primaryValue', 'constructor', 'statConfig.primaryValue: must be a dot path of 1 to 200 characters, without "__proto__", "constructor" and "prototype"'],
    ['statConfig.format', 'money', 'statConfig.format: must be one of number, currency, percent, bytes, duration, date, datetime, relative, text'],
    ['statConfig.format', 5, 'statConfig.format: must be text or an object'],
    ['statConfig.format', {}, 'statConfig.format.style: is required'],
    ['statConfig.format', { style: 'number', decimals: 2 }, 'statConfig.format.decimals: is not a known field'],
    ['statConfig.format', { style: 'currency', currency: 'euro' }, 'statConfig.format.currency: must be an ISO 4217 code such as "EUR"'],
    ['statConfig.format', { style: 'number', digits: 21 }, 'statConfig.format.digits: must be 20 or less'],
    ['statConfig.trend', true, 'statConfig.trend: must be an object'],
    ['statConfig.trend.enabled', 'yes', 'statConfig.trend.enabled: must be true or false'],
    ['statConfig.secondaryMetrics', {}, 'statConfig.secondaryMetrics: must be a list'],
    ['statConfig.secondaryMetrics', [{ value: 'a' }], 'statConfig.secondaryMetrics.0.label: is required'],
    ['statConfig.thresholds', [{ value: 5, color: 'red' }, { value: 5, color: 'green' }], 'statConfig.thresholds.1.value: must be above the threshold before it'],
    ['statConfig.thresholds', [{ value: 5, color: 'red;background:url(//x)' }], 'statConfig.thresholds.0.color: must be good, warning, critical, accent, muted, the name of a CSS colour or #rrggbb'],
    ['statConfig.thresholds', [{ value: '5', color: 'red' }], 'statConfig.thresholds.0.value: must be a number'],
    ['statConfig.mappings', [{ text: 'On' }], 'statConfig.mappings.0: must have exactly one of value, from/to, regex, special'],
    ['statConfig.mappings', [{ value: 1, special: 'null', text: 'On' }], 'statConfig.mappings.0: must have exactly one of value, from/to, regex, special'],
    ['statConfig.mappings', [{ from: 5, to: 1, text: 'On' }], 'statConfig.mappings.0.to: must not be below from'],
    ['statConfig.mappings', [{ value: 1 }], 'statConfig.mappings.0: must have text, color or icon'],
    ['statConfig.mappings', [{ value: {}, text: 'On' }], 'statConfig.mappings.0.value: must be text or a number or true or false'],
    ['tableConfig.columns.0.mappings', [{ value: 1 }], 'tableConfig.columns.0.mappings.0: must have text, color or icon'],
    ['chartConfig.annotations', [{ at: true }], 'chartConfig.annotations.0.at: must be text or a number'],
    ['chartConfig.max', -1, 'chartConfig.max: must be above chartConfig.min'],
    ['chartConfig.chartType', 'heatmap', 'chartConfig.value: is required for a heatmap'],
    ['chartConfig.yAxis', undefined, 'chartConfig.yAxis: is required where there are no series'],
    ['chartConfig.series', [{ name: 'A', dataKey: 'a', filter: { status: {} } }], 'chartConfig.series.0.filter.status: must be text or a number or true or false or null'],
    ['chartConfig.series', [{ name: 'A', dataKey: 'a', filter: { prototype: 1 } }], 'chartConfig.series.0.filter.prototype: must be a dot path of 1 to 200 characters, without "__proto__", "constructor" and "prototype"'],
    ['chartConfig.series', Array.from({ length: 21 }, () => ({ name: 'A', dataKey: 'a' })), 'chartConfig.series: must have at most 20 items'],
    ['chartConfig.timeRange', '2d', 'chartConfig.timeRange: must be one of 24h, 7d, 30d, 90d, 1y'],
    ['tableConfig.columns', [], 'tableConfig.columns: must not be empty'],
    ['tableConfig.columns.0.width', 5, 'tableConfig.columns.0.width: must be 20 or more'],
    ['tableConfig.pagination', { enabled: true, pageSize: 0 }, 'tableConfig.pagination.pageSize: must be 1 or more'],
    ['gaugeConfig.max', 0, 'gaugeConfig.max: must be above gaugeConfig.min'],
    ['mapConfig.center.lat', 91, 'mapConfig.center.lat: must be 90 or less'],
    ['mapConfig.tiles', 'javascript:alert(1)', 'mapConfig.tiles: must be an http(s) or relative address'],
    ['customConfig.module', '//evil.example/x.js', 'customConfig.module: must be an http(s) or relative address'],
    ['customConfig.module', 'data:text/javascript,1', 'customConfig.module: must be an http(s) or relative address'],
    ['customConfig.element', 'script', 'customConfig.element: must be the name of a custom element, such as "acme-map"'],
    ['customConfig', {}, 'customConfig.element: is required where there is no module'],
    ['customConfig.options', { a: { constructor: 1 } }, 'customConfig.options.a.constructor: is a name that is not allowed'],
    ['dataSource', undefined, 'dataSource: is required'],
    ['dataSource', 'sales', 'dataSource: must be an object'],
    ['dataSource', {}, 'dataSource.type: is required'],
    ['dataSource', { type: 'sql' }, 'dataSource.type: must be one of module, external_api, system, static, push, prometheus'],
    ['dataSource', { type: 'static' }, 'dataSource.data: is required'],
    ['dataSource', { type: 'static', data: nested(40) }, `dataSource.data${'.0'.repeat(32)}: is nested too deep`],
    ['dataSource', { type: 'system', metric: 'CPU' }, 'dataSource.metric: must be 1 to 60 lower case letters, digits or "_", beginning with a letter'],
    ['dataSource.moduleName', 'sales:8080@127.0.0.1:9#', 'dataSource.moduleName: must be 1 to 40 lower case letters, digits or "-"'],
    ['dataSource.endpoint', undefined, 'dataSource.endpoint: is required'],
    ['dataSource.endpoint', '@evil/', 'dataSource.endpoint: must begin with "/"'],
    ['dataSource.endpoint', '//evil/x', 'dataSource.endpoint: must not have an empty segment ("//")'],
    ['dataSource.endpoint', '/../admin', 'dataSource.endpoint: must not have a "." or ".." segment'],
    ['dataSource.endpoint', '/..%2f', 'dataSource.endpoint: must not have a backslash or an escaped slash'],
    ['dataSource.params', [], 'dataSource.params: must be an object'],
    ['dataSource.params', { a: { prototype: 1 } }, 'dataSource.params.a.prototype: is a name that is not allowed'],
    ['dataSource.params', { a: nested(7) }, `dataSource.params.a${'.0'.repeat(5)}: is nested too deep`],
    ['dataSource.params', Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`p${index}`, 1])), 'dataSource.params: must have at most 50 fields'],
    ['dataSource.apiKey', 'sk_live_x', 'dataSource.apiKey: is not a known field'],
    ['transform', [{ filter: { a: 1 }, limit: 1 }], 'transform.0: must have exactly one of filter, sort, limit, select, rename'],
    ['transform', [{}], 'transform.0: must have exactly one of filter, sort, limit, select, rename'],
    ['transform', [{ compute: 'a' }], 'transform.0.compute: is not a known field'],
    ['transform', [{ limit: 5, compute: 'a' }], 'transform.0.compute: is not a known field'],
    ['transform', [{ limit: 0 }], 'transform.0.limit: must be 1 or more'],
    ['transform', [{ rename: { a: '__proto__' } }], 'transform.0.rename.a: must be a dot path of 1 to 200 characters, without "__proto__", "constructor" and "prototype"'],
    ['params', { 'a b': { type: 'string' } }, 'params.a b: must be a name of 1 to 60 letters, digits, "_", "." or "-", beginning with a letter'],
    ['params.region.default', 'east', 'params.region.default: must be one of the enum'],
    ['params.open.default', 'yes', 'params.open.default: must be a boolean, as the parameter is'],
    ['params.region.enum', ['north', 5], 'params.region.enum.1: must be a string, as the parameter is'],
    ['params.region.default', [], 'params.region.default: must be text or a number or true or false'],
    ['permissions', undefined, 'permissions: is required'],
    ['permissions', 'sales', 'permissions: must be a list'],
    ['permissions', ['sales.*'], 'permissions.0: must be a permission such as "sales.view_metrics"'],
    ['roles', [5], 'roles.0: must be text'],
    ['alerts', { enabled: true, conditions: [{ field: 'a', operator: '~', value: 1, severity: 'info' }], notifications: [] }, 'alerts.conditions.0.operator: must be one of >, <, =, >=, <=, !=, contains'],
    ['alerts', { enabled: true, conditions: [{ field: 'a', operator: '<', severity: 'info' }], notifications: [] }, 'alerts.conditions.0.value: is required'],
    ['alerts', { enabled: true, conditions: [], notifications: ['pigeon'] }, 'alerts.notifications.0: must be one of dashboard, email, sms, webhook, push'],
    ['tags', Array.from({ length: 21 }, () => 'x'), 'tags: must have at most 20 items'],
    ['data', nested(40), `data${'.0'.repeat(32)}: is nested too deep`],
  ])('say the same of a wrong %s (%j)', (path, value, fault) => {
    const wrong = changed(full, path, value);
    expect(sorted(zodFaults(CCMWidgetSchema, wrong))).toEqual([fault]);
    expect(sorted(validateWidget(wrong))).toEqual([fault]);
  });

  it.each([null, undefined, 5, 'x', [], true])('say the same of %j', (value) => {
    expect(sorted(validateWidget(value))).toEqual([': must be an object']);
    // To zod nothing at all is a field that is missing.
    expect(sorted(zodFaults(CCMWidgetSchema, value))).toEqual([value === undefined ? ': is required' : ': must be an object']);
  });

  it('name all faults of one definition at once', () => {
    const wrong = { ...salesSummary, id: '', size: 'huge', statConfig: { format: 'x', trend: {} }, extra: 1 };
    const faults = sorted(validateWidget(wrong));
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['extra', 'id', 'size', 'statConfig.format', 'statConfig.primaryValue', 'statConfig.trend.enabled']);
    expect(sorted(zodFaults(CCMWidgetSchema, wrong))).toEqual(faults);
  });

  it('hazard: deep nesting is told, and breaks neither', () => {
    const deep = { ...salesSummary, data: nested(100_000) };
    expect(validateWidget(deep)[0]?.message).toBe('is nested too deep');
    expect(zodFaults(CCMWidgetSchema, deep)[0]?.message).toBe('is nested too deep');
  });

  it('hazard: prototype pollution: a definition sent with __proto__ takes nothing in', () => {
    const sent = JSON.parse(`{"__proto__": {"roles": ["admin"]}, ${JSON.stringify(salesSummary).slice(1)}`) as unknown;
    expect(validateWidget(sent)).toEqual([{ path: '__proto__', message: 'is not a known field' }]);
    const result = CCMWidgetSchema.safeParse(sent);
    if (result.success) expect(Object.getPrototypeOf(result.data)).toBe(Object.prototype);
    expect(result.success ? result.data : salesSummary).toEqual(salesSummary);
    expect(Object.hasOwn(Object.prototype, 'roles')).toBe(false);
  });
});

describe('validateLayout and the layout schemas', () => {
  const item = { itemId: 'a', widgetId: 'sales-summary', position: { x: 0, y: 0, w: 2, h: 1 } };
  const layout = {
    name: 'Mine', columns: 12, isDefault: false,
    widgets: [
      { ...item, positions: { 4: { x: 0, y: 0, w: 4, h: 1 } }, config: { title: 'Sales', theme: 'dark', size: 'wide', refreshInterval: 30, params: { region: 'north' }, statConfig: { sparkline: true } } },
      { ...item, itemId: 'b' },
    ],
  };

  it('let a full one pass', () => {
    for (const schema of [LayoutFileSchema, LayoutInputSchema, LayoutPatchSchema]) expect(zodFaults(schema, layout)).toEqual([]);
    expect(validateLayout(layout)).toEqual([]);
    expect(zodFaults(LayoutPatchSchema, { isDefault: true })).toEqual([]);
  });

  it('let a file say where its editor finds the schema, which is not kept', () => {
    const file = { $schema: './layout.schema.json', ...layout };
    expect(validateLayout(file)).toEqual([]);
    for (const schema of [LayoutFileSchema, LayoutInputSchema, LayoutPatchSchema]) expect(schema.parse(file)).toEqual(layout);
    expect(validateLayout({ ...layout, $schema: 1 })).toEqual([{ path: '$schema', message: 'must be text' }]);
  });

  it.each<[path: string, value: unknown, fault: string]>([
    ['name', undefined, 'name: is required'],
    ['name', 'x'.repeat(81), 'name: must be at most 80 characters long'],
    ['columns', 8, 'columns: must be one of 6, 12'],
    ['tenantId', 'b', 'tenantId: is not a known field'],
    ['widgets', undefined, 'widgets: is required'],
    ['widgets', Array.from({ length: 201 }, () => ({ ...item, itemId: undefined })), 'widgets: must have at most 200 items'],
    ['widgets.0.widgetId', undefined, 'widgets.0.widgetId: is required'],
    ['widgets.1.itemId', 'a', 'widgets.1.itemId: is there twice'],
    ['widgets.0.position', undefined, 'widgets.0.position: is required'],
    ['widgets.0.position.x', -1, 'widgets.0.position.x: must be 0 or more'],
    ['widgets.0.position.y', 0.5, 'widgets.0.position.y: must be a whole number'],
    ['widgets.0.position.w', 0, 'widgets.0.position.w: must be 1 or more'],
    ['widgets.0.position.w', 25, 'widgets.0.position.w: must be 24 or less'],
    ['widgets.0.position.h', '1', 'widgets.0.position.h: must be a whole number'],
    ['widgets.0.positions', { 0: item.position }, 'widgets.0.positions.0: must be a number of columns, 1 to 24'],
    ['widgets.0.config', [], 'widgets.0.config: must be an object'],
    ['widgets.0.config.dataSource', { type: 'system', metric: 'cpu_usage' }, 'widgets.0.config.dataSource: is not a known field'],
    ['widgets.0.config.permissions', [], 'widgets.0.config.permissions: is not a known field'],
    ['widgets.0.config.roles', ['admin'], 'widgets.0.config.roles: is not a known field'],
    ['widgets.0.config.customConfig', { module: 'https://evil.example/x.js' }, 'widgets.0.config.customConfig.module: is not a known field'],
    ['widgets.0.config.customConfig', { element: 'acme-other' }, 'widgets.0.config.customConfig.element: is not a known field'],
    ['widgets.0.config.mapConfig', { tiles: 'https://evil.example/{z}/{x}/{y}.png' }, 'widgets.0.config.mapConfig.tiles: is not a known field'],
    ['widgets.0.config.credentials', 'x', 'widgets.0.config.credentials: is not a known field'],
    ['widgets.0.config.refreshInterval', 1, 'widgets.0.config.refreshInterval: must be 10 or more'],
    ['widgets.0.config.statConfig.format', 'x', 'widgets.0.config.statConfig.format: must be one of number, currency, percent, bytes, duration, date, datetime, relative, text'],
    ['widgets.0.config.statConfig.thresholds', [{ value: 2, color: 'red' }, { value: 1, color: 'red' }], 'widgets.0.config.statConfig.thresholds.1.value: must be above the threshold before it'],
    ['variables', [{ name: 'region', type: 'string' }, { name: 'region', type: 'number' }], 'variables.1.name: is there twice'],
    ['variables', [{ name: '__proto__', type: 'string' }], 'variables.0.name: must be a name of 1 to 60 letters, digits, "_", "." or "-", beginning with a letter'],
    ['variables', [{ name: 'region', type: 'string', options: ['a', 5] }], 'variables.0.options.1: must be a string, as the variable is'],
    ['variables', [{ name: 'region', type: 'number', default: 'a' }], 'variables.0.default: must be a number, as the variable is'],
    ['timeRange', { from: '-24h' }, 'timeRange.to: is required'],
    ['timeRange', { from: 'banana', to: 'now' }, 'timeRange.from: must be relative such as -24h, startOfMonth or now, or ISO 8601'],
    ['timeRange', { from: 'now-6h', to: 'now' }, 'timeRange.from: must be relative such as -24h, startOfMonth or now, or ISO 8601'],
    ['timeRange', { from: '-24h', to: '2026-13-01' }, 'timeRange.to: must be relative such as -24h, startOfMonth or now, or ISO 8601'],
    ['timeRange', { from: '2026-03-02', to: '2026-03-01T08:00:00.000Z' }, 'timeRange.to: must be after timeRange.from'],
    ['timeRange', { from: '-24h', to: 'now', timeZone: 'Mars/Base' }, 'timeRange.timeZone: must be an IANA time zone such as Europe/Berlin'],
    ['settings', { density: 'airy' }, 'settings.density: must be one of compact, normal, spacious'],
    ['settings', { autoSave: -1 }, 'settings.autoSave: must be 0 or more'],
    ['widgets.0.collapsed', 'yes', 'widgets.0.collapsed: must be true or false'],
    ['widgets.0.config.params', { region: [] }, 'widgets.0.config.params.region: must be text or a number or true or false'],
  ])('say the same of a wrong %s (%j)', (path, value, fault) => {
    const wrong = changed(layout, path, value);
    expect(sorted(zodFaults(LayoutFileSchema, wrong))).toEqual([fault]);
    expect(sorted(validateLayout(wrong))).toEqual([fault]);
    expect(sorted(zodFaults(LayoutInputSchema, wrong))).toEqual([fault]);
  });

  it('hazard: mass assignment: what the edge owns is not taken from a client', () => {
    for (const field of ['userId', 'tenantId', 'layoutId', 'createdAt', 'updatedAt', 'preset', 'role']) {
      expect(zodFaults(LayoutInputSchema, { ...layout, [field]: 'x' })).toEqual([{ path: field, message: 'is not a known field' }]);
      expect(zodFaults(LayoutPatchSchema, { [field]: 'x' })).toEqual([{ path: field, message: 'is not a known field' }]);
    }
  });

  it('a preset names the place of a fault', () => {
    const twice = { ...adminPreset, layout: [item, item] };
    expect(zodFaults(DashboardPresetSchema, twice)).toEqual([{ path: 'layout.1.itemId', message: 'is there twice' }]);
  });
});
