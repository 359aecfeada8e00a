import { describe, expect, it } from 'vitest';
import { loadSettings, type SettingsFile } from '../config.js';

const env = { CCM_JWT_SECRET: 'Zq3vT8nLw2Rk9Xc5Bm7Hp1Ys6Df4Ga0JuEoN', CCM_HOOK: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };
const base = { tenants: { acme: {} }, notifiers: { hook: { type: 'webhook', url: 'https://hooks.example.com/ccm', secret: { env: 'CCM_HOOK' } } } } as const;
const load = (alerts: unknown) => loadSettings({ settings: { ...base, alerts } as SettingsFile, env });
const faultsOf = async (alerts: unknown): Promise<readonly string[]> => load(alerts).then(() => [], (error: unknown) => (error as { faults: readonly string[] }).faults);

describe('the settings alerts', () => {
  it('may be left out', async () => {
    const { alerts } = await load(undefined);
    expect(alerts).toEqual({ rules: [], routes: [], inhibit: [], muteTimes: new Map(), mostInstances: 1_000 });
  });

  it('have lengths of time as people write them, and defaults', async () => {
    const { alerts, warnings } = await load({
      rules: [{ widgetId: 'stock', field: 'total', operator: '<', value: 5, severity: 'critical', notifications: ['email'], tenants: ['acme'] }],
      routes: [
        { match: [{ name: 'severity', value: 'critical' }], notifiers: ['hook'], groupWait: '0s', repeatInterval: '1d', continue: true, escalate: [{ after: '15m', notifiers: ['hook'] }] },
        { notifiers: ['hook'], mute: ['nights'] },
      ],
      muteTimes: { nights: [{ times: [{ start: '22:00', end: '24:00' }] }] },
      inhibit: [{ source: [{ name: 'rule', value: 'down' }], target: [{ name: 'rule', value: 'slow.*', isRegex: true }], equal: ['site'] }],
      pageUrl: 'https://erp.example.com/dashboard',
    });
    expect(alerts.routes[0]).toEqual({
      matchers: [{ name: 'severity', value: 'critical' }], notifiers: ['hook'], groupBy: ['widgetId', 'severity'], groupWait: 0, groupInterval: 300_000,
      repeatInterval: 86_400_000, mute: [], continue: true, escalate: [{ after: 900_000, notifiers: ['hook'] }],
    });
    expect(alerts.routes[1]).toMatchObject({ groupWait: 30_000, repeatInterval: 14_400_000, mute: ['nights'] });
    expect([alerts.muteTimes.has('nights'), alerts.pageUrl?.href, alerts.rules[0]?.tenants]).toEqual([true, 'https://erp.example.com/dashboard', ['acme']]);
    expect(warnings).toEqual(['settings: alerts.rules[0].widgetId: stock is not the id of a widget of this file; the rule waits for a module or a tenant that brings it']);
  });

  it('warn of ways that lead to nobody, once each', async () => {
    const rule = { widgetId: 'stock', field: 'total', operator: '<', value: 5, severity: 'critical', notifications: ['dashboard', 'email', 'webhook'] };
    const stock = { id: 'stock', title: 'Stock', type: 'stat', size: 'small', dataSource: { type: 'static', data: {} }, statConfig: { primaryValue: 'total' }, permissions: [], roles: [] };
    const { widgetId: _widgetId, notifications, ...condition } = rule;
    const alerts = { enabled: true, conditions: [condition, condition], notifications };
    const warn = async (given: object, more: object = {}, of: object = { ...stock, alerts }) =>
      (await loadSettings({ settings: { ...base, widgets: [of], alerts: given, ...more } as unknown as SettingsFile, env })).warnings;
    expect(await warn({ rules: [rule] })).toEqual(['settings: notifiers: none tells anybody by email, which alerts.rules[0].notifications names, like 2 more rules; nobody is told so']);
    expect(await warn({ rules: [{ ...rule, enabled: false }] }, {}, stock)).toEqual([]);
    expect(await warn({}, {}, { ...stock, alerts: { ...alerts, enabled: false } })).toEqual([]);
    // A route for all decides instead.
    expect(await warn({ rules: [rule], routes: [{ notifiers: ['hook'] }] })).toEqual([]);
    expect(await warn({ rules: [rule], routes: [{ match: [{ name: 'team', value: 'x' }], notifiers: ['hook'] }] })).toHaveLength(1);
    const split = { tenants: { acme: {}, globex: {} }, notifiers: { hook: { ...base.notifiers.hook, tenants: ['acme'] } } };
    expect(await warn({ rules: [{ ...rule, notifications: ['webhook'] }] }, split, stock)).toEqual([expect.stringContaining('none tells anybody of globex by webhook, which alerts.rules[0].notifications names;')]);
    expect(await warn({ rules: [{ ...rule, notifications: ['webhook'], tenants: ['acme'] }] }, split, stock)).toEqual([]);
  });

  it.each([
    [{ routes: [{ notifiers: ['hok'] }] }, 'alerts.routes[0].notifiers[0]: hok is not under notifiers'],
    [{ routes: [{ notifiers: ['hook'], escalate: [{ after: '5m', notifiers: ['hook', 'boss'] }] }] }, 'alerts.routes[0].escalate[0].notifiers[1]: boss is not under notifiers'],
    [{ routes: [{ notifiers: ['hook'], mute: ['nights'] }] }, 'alerts.routes[0].mute[0]: nights is not under alerts.muteTimes'],
    [{ routes: [{ notifiers: ['hook'] }, { match: [{ name: 'team', value: 'ops' }] }] }, 'alerts.routes[1]: is never reached: alerts.routes[0] takes all alerts; say continue there, or put it last'],
    [{ routes: [{ match: [{ name: 'team', value: '(', isRegex: true }] }] }, 'alerts.routes[0].match[0].value: must be a pattern in RE2 syntax'],
    [{ routes: [{ groupWait: '5 minutes' }] }, 'alerts.routes[0].groupWait: must be a length of time such as 30s, 5m or 4h'],
    [{ routes: [{ groupInterval: '0s' }] }, 'alerts.routes[0].groupInterval: must be 1s to 30d'],
    [{ routes: [{ grupBy: [] }] }, 'alerts.routes[0].grupBy: is not a setting that CCM knows; did you mean groupBy?'],
    [{ inhibit: [{ source: [], target: [{ name: 'rule', value: 'x' }] }] }, 'alerts.inhibit[0].source: must have one matcher or more'],
    [{ mostInstances: 0 }, 'alerts.mostInstances: must be 1 or more'],
    [{ pageUrl: 'javascript:alert(1)' }, 'alerts.pageUrl: must be an http or https URL'],
    [{ rules: [{ widgetId: 'x', field: 'a', operator: '<', value: 1, severity: 'info', notifications: [], tenants: ['umbrella'] }] }, 'alerts.rules[0].tenants[0]: umbrella is not under tenants'],
    [{ rules: [{ widgetId: 'x', field: 'a', operator: 'contains', value: 1, severity: 'info', notifications: [] }] }, 'alerts.rules[0].value: must be a text that is looked for'],
  ])('%j is refused with its place', async (alerts, fault) => {
    expect(await faultsOf(alerts)).toEqual([`settings: ${fault}`]);
  });
});
