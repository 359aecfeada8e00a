import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MOST_SERIES } from './rules/many-series.js';
import { ratioOf, SURFACES } from './rules/contrast.js';
import { RULES } from './rules.js';
import { found, layout, settings, widget } from './test/files.js';

const api = (apiName: string, part: Record<string, unknown> = {}) => ({ type: 'external_api', apiName, endpoint: '/v1/charges', ...part });
const chart = (chartConfig: Record<string, unknown>, part: Record<string, unknown> = {}) =>
  widget({ type: 'chart', statConfig: undefined, chartConfig: { chartType: 'line', xAxis: 'day', yAxis: 'total', ...chartConfig }, ...part });
const many = <Value>(count: number, make: (index: number) => Value): Value[] => Array.from({ length: count }, (_, index) => make(index));

it('each rule has a name and one sentence', () => {
  for (const { name, why } of RULES) {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(why, name).toMatch(/^[A-Z][^]*[^.]\.$/);
  }
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
});

describe('open-to-all', () => {
  it.each([['module', widget().dataSource], ['external', api('stripe')], ['prometheus', { type: 'prometheus', query: 'up' }]])('warns of a %s widget that asks for nothing', async (_, dataSource) => {
    expect(await found('open-to-all', { 'a.json': widget({ dataSource, permissions: [] }) })).toEqual([expect.stringMatching(/^a\.json: permissions: neither/)]);
  });

  it('not where a role or permission is asked for, nor of data that stands in the file', async () => {
    expect(await found('open-to-all', {
      'a.json': widget(), 'b.json': widget({ id: 'b', permissions: [], roles: ['admin'] }), 'c.json': widget({ id: 'c', permissions: [], dataSource: { type: 'static', data: 1 } }),
      // The edge asks for the module's own right.
      'ccm.json': { widgets: [widget({ id: 'sales-x', permissions: [] })] },
    })).toEqual([]);
  });
});

describe('refresh-budget', () => {
  const crm = (auth: unknown = { kind: 'none' }, tenants = 1, more: Record<string, unknown> = {}) => settings({
    tenants: Object.fromEntries(many(tenants, (index) => [`t${index}`, { timeZone: 'UTC' }])), modules: {},
    connectors: { crm: { baseUrl: 'https://crm.example', auth, limits: { perMinute: 12 }, ...more } },
  });

  it('counts the widgets that share a key, and names those that are too fast', async () => {
    const file = (index: number, part: Record<string, unknown> = {}, source: Record<string, unknown> = {}) => [`${index}.json`, widget({ id: `w${index}`, refreshInterval: 10, dataSource: api('crm', source), ...part })];
    const at = (count: number) => Object.fromEntries(many(count, (index) => file(index)));
    expect(await found('refresh-budget', { ...at(2), 'ccm.config.json': crm() })).toEqual([]);
    expect(await found('refresh-budget', { ...at(3), ...Object.fromEntries([file(3, { refreshInterval: 600 })]), 'ccm.config.json': crm() })).toEqual(
      many(3, (index) => `${index}.json: refreshInterval: crm allows 12 calls a minute, and the 4 widgets that share a key make 19; every 20 seconds or slower would do`));
    const keys = Object.fromEntries(many(3, (index) => file(index, {}, { credentials: `key${index}` })));
    expect(await found('refresh-budget', { ...keys, 'ccm.config.json': crm() })).toEqual([]);
  });

  it('counts each tenant that shares the key of the settings', async () => {
    const secret = { kind: 'bearer', secret: { env: 'CRM_KEY' } };
    const files = { 'a.json': widget({ refreshInterval: 10, dataSource: api('crm') }) };
    expect(await found('refresh-budget', { ...files, 'ccm.config.json': crm({ kind: 'none' }, 5) })).toEqual([]);
    expect(await found('refresh-budget', { ...files, 'ccm.config.json': crm(secret, 5) })).toEqual(['a.json: refreshInterval: crm allows 12 calls a minute, and this widget makes 30 for 5 tenants; every 25 seconds or slower would do']);
    expect(await found('refresh-budget', { ...files, 'ccm.config.json': crm(secret, 5, { accounts: { t0: secret } }) })).toEqual([]);
  });

  it('knows the ready-made ones, and how long they keep an answer', async () => {
    const stripe = (refreshInterval?: number) => widget({ refreshInterval, dataSource: api('stripe') });
    expect(await found('refresh-budget', { 'a.json': stripe(20) })).toEqual(['a.json: refreshInterval: is 20 seconds, but an answer of stripe is kept for 60: it gets no newer by it']);
    expect(await found('refresh-budget', { 'a.json': stripe(), 'b.json': { ...stripe(60), id: 'b' }, 'c.json': widget({ id: 'c', refreshInterval: 10, dataSource: api('unknown') }) })).toEqual([]);
    const crowd = Object.fromEntries(many(101, (index) => [`${index}.json`, { ...stripe(), id: `w${index}` }]));
    expect(await found('refresh-budget', crowd)).toHaveLength(101);
  });
});

describe('missing-widget', () => {
  it('names the id that was probably meant', async () => {
    expect(await found('missing-widget', { 'a.json': widget(), 'l.json': layout({}, { widgetId: 'ordres' }) })).toEqual(['l.json: widgets.1.widgetId: ordres is the id of no widget in the given files; did you mean orders?']);
  });

  it('takes those of the settings and of modules, and says nothing where no widgets were given', async () => {
    expect(await found('missing-widget', {
      'ccm.config.json': settings({ widgets: [widget()] }), 'ccm.json': { widgets: [widget({ id: 'sales-x' })] }, 'l.json': layout({}, { widgetId: 'sales-x' }),
    })).toEqual([]);
    expect(await found('missing-widget', { 'l.json': layout({}) })).toEqual([]);
  });
});

it('same-id: of two files', async () => {
  expect(await found('same-id', { 'a.json': widget(), 'b.json': widget({ id: 'b' }), 'c.json': widget() })).toEqual(['c.json: id: orders is also the id of a widget in a.json']);
});

describe('overlap', () => {
  const at = (x: number, y: number, w = 1, h = 1) => ({ x, y, w, h });

  it('of the usual places and of those at another count of columns', async () => {
    expect(await found('overlap', { 'l.json': layout(
      { itemId: 'first', position: at(0, 0, 2, 2), positions: { 4: at(0, 0) } },
      { position: at(1, 1), positions: { 4: at(0, 0), 2: at(0, 0) } },
      { position: at(2, 0) },
    ) })).toEqual(['l.json: widgets.1.position: lies over first, which stands before it', 'l.json: widgets.1.positions.4: lies over first, which stands before it']);
  });

  it('in presets; not of neighbours', async () => {
    const preset = (...positions: unknown[]) => ({ 'ccm.config.json': settings({ widgets: [widget()], presets: { user: { name: 'x', layout: positions.map((position) => ({ widgetId: 'orders', position })) } } }) });
    expect(await found('overlap', preset(at(0, 0), at(0, 0)))).toEqual(['ccm.config.json: presets.user.layout[1].position: lies over orders, which stands before it']);
    expect(await found('overlap', preset(at(0, 0, 2), at(2, 0), at(0, 1, 3, 3)))).toEqual([]);
  });
});

it('undeclared-param: what an item sets must be declared', async () => {
  const params = { region: { type: 'string' } };
  expect(await found('undeclared-param', { 'a.json': widget({ params }), 'l.json': layout({ config: { params: { region: 'north', toString: 'x' } } }) })).toEqual(['l.json: widgets.0.config.params.toString: orders declares no param toString']);
});

describe('unused-param', () => {
  const params = { timeRange: { type: 'string' }, region: { type: 'string' } };

  it.each([[{ type: 'static', data: 1 }, 2], [{ type: 'push', channel: 'a' }, 2], [{ type: 'prometheus', query: 'up' }, 2], [{ type: 'system', metric: 'cpu_usage' }, 1], [widget().dataSource, 0]])('%j reads not all', async (dataSource, count) => {
    expect(await found('unused-param', { 'a.json': widget({ dataSource, params }) })).toHaveLength(count);
  });

  it('of a dashboard\'s variable that no widget declares, where all of them are known', async () => {
    const variables = [{ name: 'region', type: 'string' }, { name: 'shop', type: 'string' }, { name: 'timeRange', type: 'number' }];
    expect(await found('unused-param', { 'a.json': widget({ params }), 'l.json': { ...layout({}), variables } })).toEqual([
      'l.json: variables.1: no widget of this layout declares a param shop of type string', 'l.json: variables.2: no widget of this layout declares a param timeRange of type number',
    ]);
    expect(await found('unused-param', { 'a.json': widget({ params }), 'l.json': { ...layout({}, { widgetId: 'other' }), variables } })).toEqual([]);
  });
});

describe('time-zone', () => {
  const tenants = { acme: { timeZone: 'UTC' }, umbrella: {} };
  const told = ['ccm.config.json: tenants.umbrella: has no timeZone, such as "Europe/Berlin", and the widget orders asks for '];
  const ask = (part: Record<string, unknown>) => found('time-zone', { 'ccm.config.json': settings({ tenants }), 'a.json': widget(part) });
  const source = (params: unknown) => ({ dataSource: { ...widget().dataSource, params } });

  it('where days are asked for: by a source, as a default, as values of a day', async () => {
    expect(await ask(source({ created: { gte: ['startOfMonth'] } }))).toEqual([`${told[0]}"startOfMonth"`]);
    expect(await ask({ params: { from: { type: 'string', default: '-7d' } } })).toEqual([`${told[0]}"-7d"`]);
    expect(await ask(chart({ aggregation: 'daily' }))).toEqual([`${told[0]}daily values`]);
  });

  it('by a layout, unless it has a zone of its own', async () => {
    const from = (timeRange: object) => found('time-zone', { 'ccm.config.json': settings({ tenants }), 'l.json': { ...layout({}), timeRange } });
    expect(await from({ from: 'today', to: 'now' })).toHaveLength(1);
    expect(await from({ from: 'today', to: 'now', timeZone: 'Asia/Tokyo' })).toEqual([]);
  });

  it('not for hours, nor where every tenant has one, nor where no settings were given', async () => {
    expect(await ask(source({ from: '-24h', to: 'now', day: 'todays' }))).toEqual([]);
    expect(await found('time-zone', { 'ccm.config.json': settings(), 'a.json': widget(source({ from: 'today' })) })).toEqual([]);
    expect(await found('time-zone', { 'a.json': widget(source({ from: 'today' })) })).toEqual([]);
  });
});

describe('mixed-currency', () => {
  const money = (currency?: string) => (currency === undefined ? 'currency' : { style: 'currency', currency });
  const shows = (...currencies: (string | undefined)[]) => widget({
    type: 'table', statConfig: undefined, tableConfig: { columns: currencies.map((currency, index) => ({ key: `c${index}`, format: money(currency) })) },
  });
  const inTenants = (currencies: string[], file: unknown) => found('mixed-currency', { 'ccm.config.json': settings({ tenants: Object.fromEntries(currencies.map((currency) => [currency, { currency }])), modules: {} }), 'a.json': file });

  it('of two that are named', async () => {
    expect(await found('mixed-currency', { 'a.json': shows('EUR', 'EUR', 'USD') })).toEqual(['a.json: tableConfig.columns.2.format: this widget shows EUR and USD; keep to one, or make it two widgets']);
  });

  it('of one that is named beside the tenant\'s', async () => {
    expect(await inTenants(['EUR', 'CHF'], shows('EUR', undefined))).toEqual(['a.json: tableConfig.columns.1.format: this widget shows CHF and EUR; keep to one, or make it two widgets']);
    expect(await inTenants(['EUR'], shows('EUR', undefined))).toEqual([]);
    expect(await inTenants(['EUR', 'CHF'], shows(undefined, undefined))).toEqual([]);
    expect(await found('mixed-currency', { 'a.json': shows('EUR', undefined) })).toEqual([]);
  });
});

describe('threshold-unit', () => {
  const thresholds = [{ value: 1, color: 'good' }];
  const cases: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ['statConfig.thresholds', { statConfig: { primaryValue: 'x', thresholds } }, { statConfig: { primaryValue: 'x', thresholds, format: 'percent' } }],
    ['chartConfig.thresholds', chart({ thresholds }), chart({ thresholds, format: 'number' })],
    ['gaugeConfig.thresholds', { type: 'gauge', gaugeConfig: { value: 'x', thresholds } }, { type: 'gauge', gaugeConfig: { value: 'x', thresholds, unit: '%' } }],
    ['listConfig.thresholds', { type: 'list', listConfig: { itemTemplate: { title: 'x' }, thresholds } }, { type: 'list', listConfig: { itemTemplate: { title: 'x', badgeFormat: 'number' }, thresholds } }],
    ['mapConfig.thresholds', { type: 'map', mapConfig: { thresholds } }, { type: 'map', mapConfig: { thresholds, format: 'number' } }],
    ['tableConfig.columns.0.thresholds', { type: 'table', tableConfig: { columns: [{ key: 'x', thresholds }] } }, { type: 'table', tableConfig: { columns: [{ key: 'x', thresholds, format: 'number' }] } }],
  ];
  it.each(cases)('%s', async (path, without, within) => {
    expect(await found('threshold-unit', { 'a.json': widget(without) })).toEqual([expect.stringContaining(`a.json: ${path}: has no `)]);
    expect(await found('threshold-unit', { 'a.json': widget(within) })).toEqual([]);
  });
});

describe('contrast', () => {
  const colour = (color: string, part: Record<string, unknown> = {}) => widget({ statConfig: { primaryValue: 'x', format: 'number', thresholds: [{ value: 0, color }] }, ...part });

  it('on the card of either theme, or of the one that the widget has', async () => {
    expect(await found('contrast', { 'a.json': colour('#ffee00') })).toEqual([expect.stringMatching(/^a\.json: statConfig\.thresholds\.0\.color: #ffee00 has a contrast of 1\.\d+ on the light card, and needs 3;/)]);
    expect(await found('contrast', { 'a.json': colour('#ffee00', { theme: 'dark' }) })).toEqual([]);
    expect(await found('contrast', { 'a.json': colour('#101010', { theme: 'dark' }) })).toHaveLength(1);
    expect(await found('contrast', { 'a.json': colour('#2f7fd0') })).toEqual([]);
    expect(await found('contrast', { 'a.json': colour('good'), 'b.json': colour('yellow', { id: 'b' }) })).toEqual([]);
  });

  it('text needs more, and a layout may bring a colour too', async () => {
    const list = { type: 'list', statConfig: undefined, listConfig: { itemTemplate: { title: 'x', badge: 'y', badgeColor: '#8a5a2b' } } };
    expect(await found('contrast', { 'a.json': widget(list) })).toEqual([expect.stringMatching(/^a\.json: listConfig\.itemTemplate\.badgeColor: .* on the dark card, and needs 4\.5/)]);
    expect(await found('contrast', { 'a.json': widget(), 'l.json': layout({ config: { chartConfig: { series: [{ name: 'x', dataKey: 'y', color: '#fefefe', filter: { color: '#ffffff' } }] } } }) })).toEqual([expect.stringMatching(/^l\.json: widgets\.0\.config\.chartConfig\.series\.0\.color: /)]);
  });

  it('knows the surfaces that the elements have, and reckons as WCAG does', () => {
    const tokens = readFileSync('elements/core/tokens.ts', 'utf8');
    expect([...tokens.matchAll(/--_surface: var\(--ccm-surface, (#[0-9a-f]{6})\)/g)].map(([, hex]) => hex)).toEqual([SURFACES.light, SURFACES.dark]);
    expect(ratioOf('#000000', '#ffffff')).toBeCloseTo(21);
    expect(ratioOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
});

describe('many-series', () => {
  it('warns of more than there are colours', async () => {
    const series = (count: number) => many(count, (index) => ({ name: `s${index}`, dataKey: 'v' }));
    expect(await found('many-series', { 'a.json': chart({ series: series(9) }) })).toEqual(['a.json: chartConfig.series: there are 9; show the largest, or several charts']);
    expect(await found('many-series', { 'a.json': chart({ series: series(8) }) })).toEqual([]);
    expect(readFileSync('elements/core/tokens.ts', 'utf8')).toContain(`CHART_COLORS = ${MOST_SERIES};`);
  });
});

it('unknown-icon: names the one that was probably meant, wherever it stands', async () => {
  const columns = [{ key: 'x', mappings: [{ value: 1, icon: 'CircleCheck' }, { value: 2, icon: 'Nonesuch' }] }];
  expect(await found('unknown-icon', { 'a.json': widget({ type: 'table', statConfig: undefined, icon: 'TrendinUp', tableConfig: { columns } }), 'b.json': widget({ id: 'b', icon: 'TrendingUp' }) })).toEqual([
    'a.json: icon: TrendinUp is no icon of Lucide; did you mean TrendingUp?', 'a.json: tableConfig.columns.0.mappings.1.icon: Nonesuch is no icon of Lucide',
  ]);
});
