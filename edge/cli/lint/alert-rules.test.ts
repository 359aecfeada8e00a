import { describe, expect, it } from 'vitest';
import { found, settings, widget } from './test/files.js';

const condition = (part: Record<string, unknown> = {}) => ({ field: 'count', operator: '<', value: 5, severity: 'warning', for: 60, ...part });
const alerting = (part: Record<string, unknown> = {}, more: Record<string, unknown> = {}, alerts: Record<string, unknown> = {}) =>
  widget({ alerts: { enabled: true, conditions: [condition(part)], notifications: ['email'], ...alerts }, ...more });
const data = (value: unknown) => ({ dataSource: { type: 'static', data: value } });
const gauge = (gaugeConfig: Record<string, unknown> = {}) => ({ type: 'gauge', statConfig: undefined, gaugeConfig: { value: 'count', ...gaugeConfig } });

describe('alert-cannot-fire', () => {
  const ask = (part: Record<string, unknown>, more: Record<string, unknown> = {}, alerts: Record<string, unknown> = {}) => found('alert-cannot-fire', { 'a.json': alerting(part, more, alerts) });

  it('of a value at or past the end of its gauge', async () => {
    expect(await ask({ operator: '>', value: 100 }, gauge())).toEqual(['a.json: alerts.conditions.0.value: count > 100 is never true: its gauge ends at 100']);
    expect(await ask({ operator: '<', value: 10 }, gauge({ min: 10, max: 90 }))).toEqual(['a.json: alerts.conditions.0.value: count < 10 is never true: its gauge begins at 10']);
    expect(await ask({ operator: '=', value: 91 }, gauge({ min: 10, max: 90 }))).toHaveLength(1);
    for (const [operator, value] of [['>', 99], ['>=', 100], ['<', 1], ['<=', 0], ['!=', 101]]) expect(await ask({ operator, value }, gauge()), `${operator} ${value}`).toEqual([]);
    // A sum is of another range.
    expect(await ask({ operator: '>', value: 500, reduce: { by: 'sum', over: '1h' } }, gauge())).toEqual([]);
  });

  it('of more than 100 per cent', async () => {
    const shown = { statConfig: { primaryValue: 'count', format: { style: 'percent' } } };
    expect(await ask({ operator: '>', value: 120 }, shown)).toEqual(['a.json: alerts.conditions.0.value: count > 120 is never true: a share in per cent ends at 100']);
    expect(await ask({ operator: '<', value: -5 }, shown)).toEqual([]);
  });

  it('of a field that the data does not have, with the one that was meant', async () => {
    expect(await ask({ field: 'cout' }, data({ count: 3 }))).toEqual(['a.json: alerts.conditions.0.field: the answer has no cout; did you mean count?']);
    expect(await ask({ field: 'stock' }, data({ items: [{ sku: 'A', stock: null }, { sku: 'B', stock: 2 }] }))).toEqual([]);
    expect(await ask({ field: 'stock', rows: false }, data({ items: [{ stock: 2 }] }))).toHaveLength(1);
    expect(await ask({ field: 'total' }, { ...data([{ count: 3 }]), transform: [{ rename: { count: 'total' } }] })).toEqual([]);
  });

  it('of a comparison that its values are never fit for', async () => {
    expect(await ask({}, data({ count: '3' }))).toEqual([expect.stringContaining('alerts.conditions.0.type: count holds text; numbers that are written as text')]);
    expect(await ask({ type: 'number' }, data({ count: '3' }))).toEqual([]);
    expect(await ask({}, data({ count: true }))).toEqual(['a.json: alerts.conditions.0.field: is compared as a number, and count holds true or false']);
    expect(await ask({ operator: 'contains', value: 'x' }, data({ count: 3 }))).toEqual(['a.json: alerts.conditions.0.operator: looks for a text, and count holds numbers']);
    expect(await ask({ operator: '=', value: true }, data({ count: 'yes' }))).toHaveLength(1);
    expect(await ask({ reduce: { by: 'count' } }, data([{ count: 'x' }]))).toEqual([]);
    expect(await ask({}, data({ count: { deep: 1 } }))).toHaveLength(1);
  });

  it('of alerts that are switched on without a condition; what is switched off is let be', async () => {
    expect(await ask({}, {}, { conditions: [] })).toEqual(['a.json: alerts.conditions: alerts are switched on, and there is no condition']);
    expect(await ask({ field: 'cout' }, data({ count: 3 }), { enabled: false })).toEqual([]);
  });

  it('of rules of the settings, by what a manifest says of the widget, and of a widget that is not there', async () => {
    const status = { type: 'object', properties: { items: { type: 'array', items: { type: 'object', properties: { status: { enum: ['ok', 'reorder'], type: 'string' }, level: { type: 'integer' } } } } } };
    const manifest = { widgets: [widget({ id: 'sales-stock' })], schemas: { '/api/orders': status } };
    const rule = (part: Record<string, unknown>) => ({ widgetId: 'sales-stock', notifications: ['email'], ...condition(part) });
    const rules = [
      rule({ field: 'status', operator: '=', value: 'critical' }), rule({ field: 'levle' }), rule({ field: 'level' }), rule({ field: 'status' }),
      { ...rule({}), widgetId: 'sales-stok' }, { ...rule({ field: 'levle' }), enabled: false },
    ];
    expect(await found('alert-cannot-fire', { 'ccm.json': manifest, 'ccm.config.json': settings({ alerts: { rules } }) })).toEqual([
      'ccm.config.json: alerts.rules[0].value: status is one of "ok", "reorder", and never this',
      'ccm.config.json: alerts.rules[1].field: the answer has no levle; did you mean level?',
      expect.stringMatching(/rules\[3\]\.type: status holds text/),
      'ccm.config.json: alerts.rules[4].widgetId: sales-stok is the id of no widget in the given files; did you mean sales-stock?',
    ]);
    expect(await found('alert-cannot-fire', { 'ccm.config.json': settings({ alerts: { rules: [rule({})] } }) })).toEqual([]);
  });
});

describe('alert-cannot-fire, of each user\'s own data', () => {
  const external = { scope: 'user', dataSource: { type: 'external_api', apiName: 'shop', endpoint: '/orders' } };
  const ask = (part: Record<string, unknown>, more: Record<string, unknown>) => found('alert-cannot-fire', { 'a.json': alerting(part, more) });

  it('a window of samples: no history is kept of it', async () => {
    expect(await ask({ reduce: { by: 'mean', over: '10m' } }, external)).toEqual([expect.stringMatching(/^a\.json: alerts\.conditions\.0\.reduce\.over: .*no history is kept/)]);
    expect(await ask({ reduce: { by: 'mean' } }, external)).toEqual([]);
    expect(await ask({ reduce: { by: 'mean', over: '10m' } }, { ...external, scope: 'tenant' })).toEqual([]);
  });

  it('a source that no stored credential is for: nobody knows for whom to ask it', async () => {
    const own = { scope: 'user', dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/sales' } };
    expect(await ask({}, own)).toEqual([expect.stringMatching(/^a\.json: alerts\.conditions\.0: .*only for users who made a rule of their own/)]);
    expect(await ask({}, { ...own, scope: undefined })).toEqual([]);
    expect(await ask({}, external)).toEqual([]);
    const rules = [{ widgetId: 'stock', notifications: ['email'], ...condition() }];
    const files = { 'a.json': widget({ ...own, id: 'stock' }), 'ccm.config.json': settings({ alerts: { rules } }) };
    expect(await found('alert-cannot-fire', files)).toEqual([expect.stringMatching(/^ccm\.config\.json: alerts\.rules\[0\]: .*only for users/)]);
  });
});

describe('alert-flaps', () => {
  const ask = (part: Record<string, unknown>, more: Record<string, unknown> = {}) => found('alert-flaps', { 'a.json': alerting({ for: undefined, ...part }, { refreshInterval: 30, ...more }) });

  it('of a limit that nothing eases, where answers come often', async () => {
    expect(await ask({})).toEqual(['a.json: alerts.conditions.0: there is an answer every 30 seconds; say "for" (seconds for which it has to hold) or "recover" (a value above 5 that ends it)']);
    expect(await ask({ operator: '>' }, { refreshInterval: 600, dataSource: { type: 'push', channel: 'boiler' } })).toEqual([expect.stringContaining('whenever one is pushed')]);
  });

  it('not where something eases it, nor where it is no limit', async () => {
    for (const part of [{ for: 60 }, { keepFiring: 60 }, { recover: 8 }, { reduce: { by: 'mean', over: '10m' } }, { operator: '=', value: 5 }]) expect(await ask(part), JSON.stringify(part)).toEqual([]);
    expect(await ask({}, { refreshInterval: 60 })).toEqual([]);
  });
});

describe('alert-template', () => {
  it('of what names nothing', async () => {
    const ask = (part: Record<string, unknown>) => found('alert-template', { 'a.json': alerting(part) });
    expect(await ask({ title: '{{name}} is at {{vlaue}}', text: 'For {{labels.team}}' })).toEqual([
      expect.stringContaining('alerts.conditions.0.title: "vlaue" names nothing; there are {{name}}'), 'a.json: alerts.conditions.0.text: the rule has no label team',
    ]);
    expect(await ask({ title: '{{name}} {{ value }} {{row.warehouse}}', text: '{{labels.team}}', labels: { team: 'hall' } })).toEqual([]);
    expect(await ask({ text: 'An open {{name' })).toHaveLength(1);
  });
});

describe('alert-unheard', () => {
  it('of what is critical and shown on pages alone', async () => {
    const ask = (severity: string, notifications: string[]) => found('alert-unheard', { 'a.json': alerting({ severity }, {}, { notifications }) });
    expect(await ask('critical', ['dashboard'])).toEqual(['a.json: alerts.notifications: a critical alert is shown on pages alone; add "email", "sms", "webhook" or "push"']);
    expect(await ask('critical', [])).toEqual([expect.stringContaining('is told to nobody')]);
    expect([...await ask('critical', ['dashboard', 'sms']), ...await ask('warning', ['dashboard'])]).toEqual([]);
  });

  it('of ways without a notifier, once the settings are given', async () => {
    const email = { type: 'email', from: 'a@erp.example', to: ['desk@erp.example'], smtp: { env: 'SMTP' } };
    const rules = [{ widgetId: 'orders', notifications: ['dashboard', 'email'], ...condition({ severity: 'warning' }) }];
    const ask = (more: Record<string, unknown>) => found('alert-unheard', { 'a.json': alerting({}, {}, { notifications: ['email', 'sms'] }), 'ccm.config.json': settings(more) });
    expect(await ask({ alerts: { rules } })).toEqual([
      'a.json: alerts.notifications: "email" leads to nobody: no notifier of the settings is of its kind',
      'a.json: alerts.notifications: "sms" leads to nobody: no notifier of the settings is of its kind',
      'ccm.config.json: alerts.rules[0].notifications: "email" leads to nobody: no notifier of the settings is of its kind',
    ]);
    expect(await ask({ alerts: { rules }, notifiers: { desk: email } })).toEqual([expect.stringContaining('"sms" leads to nobody')]);
    expect(await ask({ alerts: { rules, routes: [{ notifiers: ['desk'] }] }, notifiers: { desk: email } })).toEqual([]);
  });
});
