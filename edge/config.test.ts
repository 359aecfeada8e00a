import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CCMWidget } from '../sdk/contract/widget.js';
import { loadSettings, SettingsError, type SettingsFile } from './config.js';
import { weaknessOf } from './config/weak-secret.js';

const env = { CCM_JWT_SECRET: 'f7Kq2-wZs9_Lr4Tn8Xb1Vd6Hc3Jm5Pg0Qy', SALES_SECRET: 'Zr8!vN3q_Lw5Xc7Tb1Hj9Kd2Mf4Pg6Rs', STRIPE_KEY: 'sk' };
const widget = {
  id: 'sales', title: 'Sales', type: 'stat', size: 'small', dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/sales' },
  statConfig: { primaryValue: 'total' }, permissions: [], roles: [],
} satisfies CCMWidget;
const item = (widgetId: string) => ({ widgetId, position: { x: 0, y: 0, w: 1, h: 1 } });
const good: SettingsFile = {
  $schema: './node_modules/@a64core/ccm/settings.schema.json',
  tenants: { acme: { name: 'Acme', timeZone: 'Europe/Berlin', currency: 'EUR', locale: 'de-DE' }, umbrella: {} },
  modules: { sales: { secret: { env: 'SALES_SECRET' }, tenants: ['acme'] } },
  connectors: { stripe: { baseUrl: 'https://api.stripe.example', auth: { kind: 'bearer', secret: { env: 'STRIPE_KEY' } }, encoding: 'brackets', dates: 'unix' } },
  widgets: [widget],
  presets: { sales_manager: { name: 'Sales', layout: [item('sales'), { ...item('sales'), itemId: 'again' }] } },
  roles: { team_lead: ['user'] },
};

/** The lines with which these settings are refused. */
async function faults(settings: unknown, environment: Record<string, string | undefined> = env): Promise<readonly string[]> {
  try {
    await loadSettings({ settings: settings as SettingsFile, env: environment });
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

describe('good settings', () => {
  it('come with their defaults and their secrets', async () => {
    const settings = await loadSettings({ settings: good, env });
    expect(settings.tenants.get('umbrella')).toEqual({ id: 'umbrella', name: 'umbrella', timeZone: 'UTC', currency: 'USD' });
    const sales = settings.modules.get('sales');
    expect([sales?.url.href, sales?.secret, sales?.tenants]).toEqual(['http://a64core-sales:8080/', env.SALES_SECRET, ['acme']]);
    expect(settings.connectors.get('stripe')).toMatchObject({
      name: 'stripe', label: 'Stripe', baseUrl: 'https://api.stripe.example', auth: { kind: 'bearer', secret: 'sk' }, encoding: 'brackets', dates: 'unix', cacheSeconds: 60,
    });
    expect(settings.presets.get('sales_manager')).toMatchObject({ role: 'sales_manager', widgets: ['sales'] });
    expect([settings.roles['team_lead'], settings.roles['admin']]).toEqual([['user'], ['moderator']]);
    expect(settings.environment).toMatchObject({ port: 8787, host: '127.0.0.1', databaseUrl: 'sqlite:./ccm.db', logLevel: 'info', queryToken: true, allowedOrigins: [] });
    expect(settings.environment.jwt).toEqual({
      key: { kind: 'secret', secret: env.CCM_JWT_SECRET }, claims: { subject: 'sub', tenant: 'tenant', roles: 'roles', permissions: 'permissions' },
    });
  });

  it('may stand in a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ccm-config-'));
    const file = join(folder, 'mine.json');
    try {
      await writeFile(file, JSON.stringify({ ...good, widgets: [{ ...widget, statConfig: {} }] }));
      await expect(loadSettings({ file, env })).rejects.toThrow('mine.json: widgets[0].statConfig.primaryValue: is required');
      await writeFile(file, '{"tenants": ');
      await expect(loadSettings({ file, env })).rejects.toThrow(/^mine\.json: is not JSON: /);
      await expect(loadSettings({ file: join(folder, 'none.json'), env })).rejects.toThrow(/none\.json: there is no such file; .*--config/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('may name widgets by their files, which are found beside it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ccm-config-'));
    const file = join(folder, 'ccm.config.json');
    const settings = (...widgets: unknown[]) => writeFile(file, JSON.stringify({ ...good, widgets: [widget, ...widgets] }));
    const told = async () => loadSettings({ file, env }).then(() => [], (error: SettingsError) => error.faults.map((line) => line.replaceAll(`${folder}/`, '')));
    try {
      await mkdir(join(folder, 'widgets'));
      await writeFile(join(folder, 'widgets', 'stock.json'), JSON.stringify({ $schema: '../widget.schema.json', ...widget, id: 'stock' }));
      await settings('./widgets/stock.json');
      expect((await loadSettings({ file, env })).widgets.map(({ id }) => id)).toEqual(['sales', 'stock']);
      await settings('widgets/none.json', 'widgets', 'mine.json', 'stock.json');
      await writeFile(join(folder, 'mine.json'), '{"id": ');
      await writeFile(join(folder, 'stock.json'), JSON.stringify({ ...widget, id: 'stock', statConfig: {} }));
      expect(await told()).toEqual([
        'ccm.config.json: widgets[1]: widgets/none.json is not there; paths are relative to the settings file',
        'ccm.config.json: widgets[2]: widgets is a folder; name each file in it',
        expect.stringMatching(/^ccm\.config\.json: widgets\[3\]: mine\.json is not JSON: /),
      ]);
      await writeFile(join(folder, 'mine.json'), '["sales"]');
      await settings('stock.json', 'mine.json', { ...widget, title: 5 });
      expect(await told()).toEqual(['stock.json: statConfig.primaryValue: is required', 'mine.json: must be an object', 'ccm.config.json: widgets[3].title: must be text']);
      await settings('widgets/stock.json', 'widgets/stock.json');
      expect(await told()).toEqual([expect.stringMatching(/^widgets\/stock\.json: id: /)]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('name the claims of the tokens', async () => {
    const { environment } = await loadSettings({ settings: { ...good, claims: { tenant: 'org' } }, env });
    expect(environment.jwt.claims).toEqual({ subject: 'sub', tenant: 'org', roles: 'roles', permissions: 'permissions' });
  });
});

describe('what is probably not meant', () => {
  const warnings = async (more: Record<string, string | undefined>, settings: Partial<SettingsFile> = {}) =>
    (await loadSettings({ settings: { ...good, ...settings }, env: { ...env, ...more } })).warnings ?? [];

  it('a mistyped variable is told, with the one that was meant', async () => {
    expect(await warnings({ CCM_ALLOWED_ORIGIN: 'https://a.example', CCM_SPEED: '9', CCM_TEST_COUNTS: '1', OTHER: 'x' })).toEqual([
      'CCM_ALLOWED_ORIGIN: is no variable that CCM knows; did you mean CCM_ALLOWED_ORIGINS?',
      'CCM_SPEED: is no variable that CCM knows',
      'CCM_TEST_COUNTS: is no variable that CCM knows',
    ]);
  });

  it('the variables of the secrets, of the demo and of modules are known', async () => {
    const named = { modules: { sales: { secret: { env: 'CCM_SALES' }, tenants: ['acme'] } } };
    expect(await warnings({ CCM_SALES: env.SALES_SECRET, CCM_DEMO_ORDER_SECONDS: '0', CCM_EDGE: 'http://127.0.0.1:8787' }, named)).toEqual([]);
  });

  it('a connector that waits for credentials needs a key to keep them', async () => {
    const connectors = { crm: { baseUrl: 'https://crm.example', takes: [{ kind: 'bearer' as const }] } };
    expect(await warnings({}, { connectors })).toEqual([expect.stringMatching(/^CCM_FERNET_KEYS: is missing, .*\(crm\)/)]);
    expect(await warnings({ CCM_FERNET_KEYS: 'Gx7d0M5r3o9lq2hZ8bVtYwJmKpQsUaEcRfNiLkXvTzE=' }, { connectors })).toEqual([]);
  });
});

describe('a widget', () => {
  const at = (apiName: string, endpoint: string) =>
    faults({ ...good, connectors: { crm: { baseUrl: 'https://crm.example', paths: ['/v2/deals', '/v2/deals/*'], post: ['/v2/search'] } }, presets: {}, widgets: [{ ...widget, dataSource: { type: 'external_api', apiName, endpoint } }] });
  it('that asks what its connector does not allow is refused, naming both', async () => {
    expect(await at('crm', '/v2/deal')).toEqual([
      'settings: widgets[0].dataSource.endpoint: /v2/deal is not allowed by paths or post of the connector crm (/v2/deals, /v2/deals/*, /v2/search)',
    ]);
    expect(await at('stripe', '/v1/charge')).toEqual([expect.stringMatching(/\/v1\/charge is not allowed .* connector stripe \(.*, …\)$/)]);
  });
  it('that asks what it allows is not', async () => {
    for (const path of ['/v2/deals', '/v2/deals/7', '/v2/search']) expect(await at('crm', path)).toEqual([]);
  });
});

describe('connectors', () => {
  const of = async (connectors: SettingsFile['connectors'], more: Partial<Parameters<typeof loadSettings>[0]> = {}) =>
    (await loadSettings({ settings: { ...good, connectors, widgets: [], presets: {} }, env: { ...env, JSON_KEY: '{}' }, ...more })).connectors;

  it('begin with the ready-made one of their name, or the one that they extend, or with nothing', async () => {
    const connectors = await of({
      stripe: { auth: { kind: 'bearer', secret: { env: 'STRIPE_KEY' } }, cacheSeconds: 5 },
      'stripe-eu': { extends: 'stripe', baseUrl: 'https://eu.stripe.example', paths: ['/v1/charges'] },
      own: { baseUrl: 'https://own.example' },
    });
    expect(connectors.get('stripe')).toMatchObject({ baseUrl: 'https://api.stripe.com', encoding: 'brackets', dates: 'unix', cacheSeconds: 5, limits: { perMinute: 100 }, pagination: { kind: 'cursor' } });
    expect(connectors.get('stripe-eu')).toMatchObject({ name: 'stripe-eu', baseUrl: 'https://eu.stripe.example', paths: ['/v1/charges'], encoding: 'brackets', takes: [{ kind: 'bearer' }] });
    expect(connectors.get('own')).toEqual({ name: 'own', baseUrl: 'https://own.example', auth: { kind: 'none' }, paths: ['/**'], encoding: 'repeat', dates: 'iso', cacheSeconds: 0 });
  });

  it('may begin with one made in code', async () => {
    const crm = { name: 'crm', baseUrl: 'https://crm.example', takes: [{ kind: 'bearer' }], cacheSeconds: 9 } as const;
    expect((await of({ 'crm-2': { extends: 'crm' } }, { connectors: [crm] })).get('crm-2')).toMatchObject({ baseUrl: 'https://crm.example', cacheSeconds: 9 });
    const settings = await loadSettings({ settings: { ...good, widgets: [{ ...widget, dataSource: { type: 'external_api', apiName: 'crm', endpoint: '/a' } }] }, env, connectors: [crm] });
    expect(settings.connectorTemplates).toEqual([crm]);
  });

  it('may hold the secrets of OAuth 2.0 and of a service account', async () => {
    const connectors = await of({
      paypal: { auth: { kind: 'oauth2', clientId: 'id', clientSecret: { env: 'STRIPE_KEY' } } }, google_analytics: { auth: { kind: 'service_account', json: { env: 'JSON_KEY' } } },
    });
    expect(connectors.get('paypal')?.auth).toEqual({ kind: 'oauth2', clientId: 'id', clientSecret: 'sk' });
    expect(connectors.get('google_analytics')?.auth).toEqual({ kind: 'service_account', json: '{}' });
  });

  it('a widget may use a ready-made one that needs no settings, and prometheus only with its address', async () => {
    const at = (dataSource: CCMWidget['dataSource'], connectors = {}) => faults({ ...good, connectors, widgets: [{ ...widget, dataSource }] });
    expect(await at({ type: 'external_api', apiName: 'sendgrid', endpoint: '/v3/stats' })).toEqual([]);
    expect(await at({ type: 'prometheus', query: 'up' })).toEqual(['settings: widgets[0].dataSource.type: needs a connector named prometheus under connectors']);
    expect(await at({ type: 'prometheus', query: 'up' }, { prometheus: { baseUrl: 'http://prometheus:9090' } })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['one that extends nothing', { x: { extends: 'xero', baseUrl: 'https://x.example' } }, 'settings: connectors.x.extends: xero is no ready-made connector; there are stripe, sendgrid, paypal, mailchimp, google_analytics, prometheus, custom'],
    ['one without an address', { x: {} }, 'settings: connectors.x.baseUrl: is required'], ['a path upwards', { x: { baseUrl: 'https://x.example', paths: ['/../a'] } }, 'settings: connectors.x.paths[0]: must not have a "." or ".." segment'],
    ['a secret that no form takes', { x: { baseUrl: 'https://x.example', auth: { kind: 'oauth2', clientId: 'a', clientSecret: { env: 'STRIPE_KEY' } } } }, 'settings: connectors.x.takes: needs an entry {"kind": "oauth2", "tokenUrl": …} for the secret of that kind'],
    ['a mistyped field', { x: { baseUrl: 'https://x.example', cacheSecond: 1 } }, 'settings: connectors.x.cacheSecond: is not a setting that CCM knows; did you mean cacheSeconds?'],
    ['two mistyped fields', { x: { base_url: 'https://x.example', foo: 1 } }, 'settings: connectors.x.base_url: is not a setting that CCM knows; did you mean baseUrl?'],
    ['a paging whose rows are nowhere', { x: { baseUrl: 'https://x.example', pagination: { kind: 'link', items: 5 } } }, 'settings: connectors.x.pagination.items: must be a dot path, "" for the answer itself, or a list of these'],
    ['a paging that does not say where its rows are', { x: { baseUrl: 'https://x.example', pagination: { kind: 'link' } } }, 'settings: connectors.x.pagination.items: is required'],
    ['a way of signing in that is none', { x: { baseUrl: 'https://x.example', auth: { kind: 'magic' } } }, 'settings: connectors.x.auth.kind: must be one of bearer, api_key, basic, oauth2, service_account, none'],
    ['a list in the place of names', [], 'settings: connectors: must be an object'],
    ['a paging without a cursor', { x: { baseUrl: 'https://x.example', pagination: { kind: 'cursor', param: 'c', items: 'rows' } } }, 'settings: connectors.x.pagination.next: is needed, or lastItem, and not both'],
    ['a name with a slash', { 'a/b': { baseUrl: 'https://x.example' } }, 'settings: connectors["a/b"]: must be a connector\'s name: a-z, 0-9, _ and -, at most 40 characters'],
  ])('%s is told with its place', async (_what, connectors, line) => {
    expect(await faults({ ...good, connectors })).toContain(line);
  });
});

describe('a wrong file stops the start and names the place', () => {
  const cases: [string, object, string | RegExp][] = [
    ['no tenants', { tenants: {} }, 'settings: tenants: must name one tenant or more'],
    ['an unknown setting', { tenant: {} }, /^settings: tenant: is not/],
    ['a time zone that is none', { tenants: { acme: { timeZone: 'Mars/Base' } } }, 'settings: tenants.acme.timeZone: must be an IANA time zone such as Europe/Berlin'],
    ['a currency that is none', { tenants: { acme: { currency: 'euro' } } }, /^settings: tenants\.acme\.currency: must be an ISO 4217 code/],
    ['a locale that is none', { tenants: { acme: { locale: '!' } } }, /^settings: tenants\.acme\.locale: must be a BCP 47 tag/],
    ['a module name from outside the pattern', { modules: { 'sales:8080@127.0.0.1:9#': { secret: { env: 'SALES_SECRET' }, tenants: ['acme'] } } }, /^settings: modules\["sales:8080@127\.0\.0\.1:9#"\]: must be a module's name/],
    ['a module URL of another scheme', { modules: { sales: { url: 'file:///etc/passwd', secret: { env: 'SALES_SECRET' }, tenants: ['acme'] } } }, 'settings: modules.sales.url: must be an http or https URL'],
    ['a module URL with a user', { modules: { sales: { url: 'http://a:b@sales', secret: { env: 'SALES_SECRET' }, tenants: ['acme'] } } }, /^settings: modules\.sales\.url: must have no user/],
    ['a secret in the file', { modules: { sales: { secret: 'hunter2', tenants: ['acme'] } } }, /^settings: modules\.sales\.secret: must be \{"env": "NAME"\}/],
    ['a secret that is not set', { modules: { sales: { secret: { env: 'NOWHERE' }, tenants: ['acme'] } } }, 'settings: modules.sales.secret: the environment variable NOWHERE is not set'],
    ['a weak module secret', { modules: { sales: { secret: { env: 'STRIPE_KEY' }, tenants: ['acme'] } } }, 'settings: modules.sales.secret: STRIPE_KEY has 2 bytes; it needs 32 or more'],
    ['a module for a tenant that is not there', { modules: { sales: { secret: { env: 'SALES_SECRET' }, tenants: ['acme', 'initech'] } } }, 'settings: modules.sales.tenants[1]: initech is not under tenants'],
    ['two widgets of one id', { widgets: [widget, widget] }, 'settings: widgets[1].id: sales is already the id of widgets[0]'],
    ['a widget of an unknown module', { widgets: [{ ...widget, dataSource: { ...widget.dataSource, moduleName: 'hr' } }] }, 'settings: widgets[0].dataSource.moduleName: hr is not under modules'],
    ['a widget of an unknown connector', { widgets: [{ ...widget, dataSource: { type: 'external_api', apiName: 'xero', endpoint: '/a' } }] }, 'settings: widgets[0].dataSource.apiName: xero is not under connectors'],
    ['a widget without its config', { widgets: [{ ...widget, statConfig: {} }] }, 'settings: widgets[0].statConfig.primaryValue: is required'],
    ['a mistyped field of a widget', { widgets: [{ ...widget, refreshIntervall: 10 }] }, /^settings: widgets\[0\]\.refreshIntervall: /],
    ['an escaping endpoint', { widgets: [{ ...widget, dataSource: { ...widget.dataSource, endpoint: '/../admin' } }] }, /^settings: widgets\[0\]\.dataSource\.endpoint: /],
    ['a preset with an unknown widget', { presets: { user: { name: 'U', layout: [item('sales'), item('gone')] } } }, 'settings: presets.user.layout[1].widgetId: gone is not the id of a widget of this file'],
    ['a preset without a position', { presets: { user: { name: 'U', layout: [{ widgetId: 'sales' }] } } }, 'settings: presets.user.layout[0].position: is required'],
    ['roles in a ring', { roles: { a: ['b'], b: ['user', 'a'] } }, 'settings: roles.a: inherits itself: a < b < a'],
    ['a built-in role that inherits itself by another', { roles: { guest: ['boss'], boss: ['admin'] } }, /^settings: roles\.guest: inherits itself: guest < boss < admin < moderator < user < guest$/],
    ['a connector of another scheme', { connectors: { x: { baseUrl: 'ftp://x' } } }, 'settings: connectors.x.baseUrl: must be an http or https URL'],
    ['a connector with a key where none is sent', { connectors: { x: { baseUrl: 'https://x.example', auth: { kind: 'api_key', secret: { env: 'STRIPE_KEY' }, headerName: 'Authorization' } } } }, /^settings: connectors\.x\.auth\.headerName: is a header that no key may be sent in/],
    ['a connector with a key in two places', { connectors: { x: { baseUrl: 'https://x.example', auth: { kind: 'api_key', secret: { env: 'STRIPE_KEY' }, headerName: 'A', queryName: 'a' } } } }, /^settings: connectors\.x\.auth: needs either headerName or queryName/],
    ['a grant from nobody', { grants: [{ from: 'crm', to: 'sales', endpoints: ['/api/**'] }] }, 'settings: grants[0].from: crm is not under modules'],
    ['a grant to nobody', { grants: [{ from: 'sales', to: 'crm', endpoints: ['/api/**'] }] }, 'settings: grants[0].to: crm is not under modules'],
    ['a grant to oneself', { grants: [{ from: 'sales', to: 'sales', endpoints: ['/api/**'] }] }, 'settings: grants[0]: is from a module to itself, which needs none'],
    ['a grant of nothing', { grants: [{ from: 'sales', to: 'crm', endpoints: [] }] }, 'settings: grants[0].endpoints: must name one path or more'],
    ['a grant for a tenant that one of both does not serve', {
      modules: { ...good.modules, crm: { secret: { env: 'SALES_SECRET' }, tenants: ['umbrella'] } }, grants: [{ from: 'crm', to: 'sales', endpoints: ['/api/**'], tenants: ['umbrella'] }],
    }, 'settings: grants[0].tenants[0]: umbrella is not served by sales'],
  ];
  for (const [name, change, line] of cases) {
    it(name, async () => {
      const found = await faults({ ...good, ...change });
      expect(found.some((fault) => (typeof line === 'string' ? fault === line : line.test(fault))), found.join('\n')).toBe(true);
    });
  }

  it('all faults are told at once, those of the environment too', async () => {
    const settings = { ...good, modules: { sales: { secret: { env: 'NOWHERE' }, tenants: ['acme'] } } };
    expect(await faults(settings, { ...env, CCM_PORT: 'eighty' })).toEqual([
      'settings: modules.sales.secret: the environment variable NOWHERE is not set', 'CCM_PORT: must be a number',
    ]);
  });
  for (const odd of [null, [], 'text', 7]) {
    it(`${JSON.stringify(odd)} instead of settings`, async () => expect((await faults(odd ?? 0)).length).toBeGreaterThan(0));
  }
});

describe('the environment', () => {
  const cases: [string, Record<string, string>, RegExp][] = [
    ['no key', { CCM_JWT_SECRET: '' }, /^CCM_JWT_SECRET: is missing/],
    ['a short secret', { CCM_JWT_SECRET: 'secret' }, /^CCM_JWT_SECRET: has 6 bytes/],
    ['two keys', { CCM_JWKS_URL: 'https://idp.example/keys' }, /^CCM_JWT_SECRET and CCM_JWKS_URL: set only one/],
    ['a key set that is no URL', { CCM_JWKS_URL: 'idp' }, /^CCM_JWKS_URL: must be an http or https URL/],
    ['a port too high', { CCM_PORT: '70000' }, /^CCM_PORT: must be a whole number from 0 \(any that is free\) to 65535$/],
    ['a port below 0', { CCM_PORT: '-1' }, /^CCM_PORT: must be a whole number from 0/],
    ['an origin with a path', { CCM_ALLOWED_ORIGINS: 'https://erp.example/app' }, /^CCM_ALLOWED_ORIGINS: "https:\/\/erp\.example\/app" is no origin; write it like https:\/\/erp\.example$/],
    ['an origin without a scheme', { CCM_ALLOWED_ORIGINS: 'erp.example' }, /^CCM_ALLOWED_ORIGINS: "erp\.example" is no origin/],
    ['a Redis that is none', { CCM_REDIS_URL: 'http://cache.example' }, /^CCM_REDIS_URL: must be a URL like redis:/],
    ['an unknown level', { CCM_LOG_LEVEL: 'loud' }, /^CCM_LOG_LEVEL: must be one of/],
    ['a switch that is neither', { CCM_QUERY_TOKEN: 'yes' }, /^CCM_QUERY_TOKEN: must be on or off/],
  ];
  for (const [name, change, line] of cases) {
    it(name, async () => {
      const [first] = await faults(good, { ...env, ...change });
      expect(first).toMatch(line);
    });
  }
  it('is read', async () => {
    const { environment } = await loadSettings({
      settings: good,
      env: { ...env, CCM_ALLOWED_ORIGINS: 'https://erp.example, https://crm.example:8443', CCM_ALLOW_PRIVATE_HOSTS: '10.0.0.0/8', CCM_QUERY_TOKEN: 'off', CCM_PORT: '0' },
    });
    expect(environment).toMatchObject({
      allowedOrigins: ['https://erp.example', 'https://crm.example:8443'], allowPrivateHosts: ['10.0.0.0/8'], queryToken: false, port: 0,
    });
  });
  it('a Redis has a host, perhaps a password and the number of a database, and nothing else', async () => {
    for (const url of ['redis://h', 'redis://h:6380/', 'rediss://user:p%40ss@h.example:6380/12', 'redis://[::1]:6379/0']) {
      const { environment } = await loadSettings({ settings: good, env: { ...env, CCM_REDIS_URL: url } });
      expect(environment.redisUrl?.href, url).toBe(new URL(url).href);
    }
    expect((await loadSettings({ settings: good, env })).environment.redisUrl).toBeUndefined();
  });
  it('what is no Redis is refused without repeating it: there may be a password in it', async () => {
    const wrong = ['redis', 'h:6379', 'http://:marker@h', 'redis:///marker', 'redis://:marker@h/name', 'redis://:marker@h/0/1', 'redis://:marker@h?db=1', 'redis://:marker@h#1', 'redis://:marker%zz@h', 'redis://:marker@h:99999'];
    for (const url of wrong) {
      const lines = await faults(good, { ...env, CCM_REDIS_URL: url });
      expect(lines, url).toHaveLength(1);
      expect(lines[0]).toMatch(/^CCM_REDIS_URL: must be a URL like redis:/);
      expect(lines[0]).not.toContain('marker');
    }
  });
  it('a PEM key may have its line ends written out', async () => {
    const { environment } = await loadSettings({ settings: good, env: { ...env, CCM_JWT_SECRET: '', CCM_JWT_PUBLIC_KEY: '-----BEGIN PUBLIC KEY-----\\nAA\\n-----END PUBLIC KEY-----' } });
    expect(environment.jwt.key).toEqual({ kind: 'pem', pem: '-----BEGIN PUBLIC KEY-----\nAA\n-----END PUBLIC KEY-----' });
  });
});

describe('Weak HS secret', () => {
  it('are short, well known, of few characters, or a piece repeated', () => {
    for (const secret of ['', 'x'.repeat(31), 'a'.repeat(64), 'abcabcabc'.repeat(8), 'change-me-'.repeat(5), 'your-256-bit-secret'.repeat(2), 'a-string-secret-at-least-256-bits-long']) {
      expect(weaknessOf(secret), secret).toBeDefined();
    }
  });
  it('are not those that openssl makes', () => {
    for (const secret of [env.CCM_JWT_SECRET, 'VYHJ2G1gSo5y0lPqX6H3mOq9m0T9x0cN1hQkz1U4b7g=', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08']) {
      expect(weaknessOf(secret), secret).toBeUndefined();
    }
  });

  const list = join(process.env['CCM_TESTDATA'] ?? '', 'jwt', 'weak-secrets.txt');
  const there = process.env['CCM_TESTDATA'] !== undefined && existsSync(list);
  it.skipIf(!there)(`all of a public list of examples stop the start${there ? '' : ' (skipped: CCM_TESTDATA/jwt/weak-secrets.txt is not there)'}`, async () => {
    const secrets = readFileSync(list, 'utf8').split('\n').filter((line) => line !== '');
    expect(secrets.length).toBeGreaterThan(50);
    for (const secret of secrets) {
      const [line] = await faults(good, { ...env, CCM_JWT_SECRET: secret });
      expect(line, secret).toMatch(/^CCM_JWT_SECRET: /);
    }
  });
});
