import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { rowsOf } from '../../../sdk/data/rows.js';
import { toNumber } from '../../../sdk/data/number.js';
import { getPath } from '../../../sdk/data/path.js';
import type { Resolve } from '../../drivers/http/connector.js';
import { startGoogleAnalytics } from '../test/stand-ins/google-analytics.js';
import { startMailchimp } from '../test/stand-ins/mailchimp.js';
import { startPayPal } from '../test/stand-ins/paypal.js';
import { startSendGrid } from '../test/stand-ins/sendgrid.js';
import type { StandIn } from '../test/stand-ins/stand-in.js';
import { chargesOf, startStripe } from '../test/stand-ins/stripe.js';
import { externalRig, readyMade } from './test/rig.js';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
const opened = async <S extends StandIn>(standIn: Promise<S>): Promise<S> => {
  const started = await standIn;
  open.push(started);
  return started;
};
const rigOf = (...args: Parameters<typeof externalRig>) => {
  const rig = externalRig(...args);
  open.push(rig);
  return rig;
};
const NOW = Date.UTC(2025, 9, 19, 12);

const fixtures = join(process.env['CCM_TESTDATA'] ?? '', 'api-samples/stripe_fixtures3.json');
const fixture = existsSync(fixtures)
  ? (JSON.parse(readFileSync(fixtures, 'utf8')) as { resources: { charge: Record<string, unknown> } }).resources.charge
  : undefined;

describe('stripe', () => {
  const set = async (count: number, options: { admits?: number; retryAfter?: number } = {}) => {
    const standIn = await opened(startStripe({ keys: ['sk_test_1'], charges: chargesOf(count, fixture), ...options }));
    return { standIn, rig: rigOf([readyMade('stripe', { baseUrl: standIn.url, auth: { kind: 'bearer', secret: 'sk_test_1' }, cacheSeconds: 0 })], { now: NOW }) };
  };

  it(`joins the pages of a list, each charge as Stripe gives it${fixture ? '' : ' (CCM_TESTDATA is not there: a short form of it)'}`, async () => {
    const { standIn, rig } = await set(250);
    const { data } = await rig.ask({ endpoint: '/v1/charges', params: { limit: 100, created: { gte: '-30d' } } });
    const rows = rowsOf(data) as { id: string; amount: number }[];
    expect(rows).toHaveLength(250);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(250);
    expect(data).toMatchObject({ object: 'list', has_more: false });
    expect(data).not.toHaveProperty('truncated');
    if (fixture) expect(Object.keys(rows[0]!).sort()).toEqual(Object.keys(fixture).sort());
    expect(standIn.calls.map(({ query }) => query.get('starting_after'))).toEqual([null, 'ch_000151', 'ch_000051']);
  });

  it('gives one page to who asks for fewer, and longer ones from the second on to who says nothing', async () => {
    const { standIn, rig } = await set(250);
    expect(rowsOf((await rig.ask({ endpoint: '/v1/charges', params: { limit: 5 } })).data)).toHaveLength(5);
    expect(standIn.calls).toHaveLength(1);
    expect(rowsOf((await rig.ask({ endpoint: '/v1/charges' })).data)).toHaveLength(250);
    expect(standIn.calls.slice(1).map(({ query }) => query.get('limit'))).toEqual([null, '100', '100', '100']);
  });

  it('stops at its caps and says so', async () => {
    const { rig } = await set(1_500);
    const { data } = await rig.ask({ endpoint: '/v1/charges', params: { limit: 100 } });
    expect(rowsOf(data)).toHaveLength(1_000);
    expect(data).toMatchObject({ truncated: true, has_more: true });
  });

  it('no page is missing silently: a page that is refused fails the answer', async () => {
    const { rig } = await set(250, { admits: 2, retryAfter: 60 });
    await expect(rig.ask({ endpoint: '/v1/charges', params: { limit: 100 } })).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 60 });
  });

  it('answers what is no list as it is, and refuses what is not declared', async () => {
    const { rig } = await set(1);
    expect((await rig.ask({ endpoint: '/v1/balance' })).data).toMatchObject({ object: 'balance', available: [{ amount: 100, currency: 'usd' }] });
    await expect(rig.ask({ endpoint: '/v1/transfers' })).rejects.toMatchObject({ code: 'bad_request' });
  });
});

describe('sendgrid', () => {
  it('asks statistics by calendar dates, suppressions by Unix seconds, and follows its Link header to the end', async () => {
    const standIn = await opened(startSendGrid({ key: 'SG.key', bounces: 1_200 }));
    const rig = rigOf([readyMade('sendgrid', { baseUrl: standIn.url, auth: { kind: 'bearer', secret: 'SG.key' }, pagination: { kind: 'link', items: ['', 'result'], maxItems: 2_000 } })], { now: NOW });
    const { data } = await rig.ask({ endpoint: '/v3/stats', params: { start_date: '-7d', aggregated_by: 'day' } });
    expect(data).toEqual([{ date: '2025-10-12', stats: [{ metrics: expect.objectContaining({ delivered: 98, opens: 50 }) as object }] }]);
    expect(getPath(data, '0.stats.0.metrics.delivered')).toBe(98);

    const bounces = await rig.ask({ endpoint: '/v3/suppression/bounces', params: { start_time: '-30d' } });
    expect(rowsOf(bounces.data)).toHaveLength(1_200);
    const asked = standIn.calls.slice(1).map(({ query }) => query.get('offset'));
    expect(asked).toEqual([null, '500', '1000']);
  });

  it('with its own caps a longer list is told to be cut', async () => {
    const standIn = await opened(startSendGrid({ key: 'SG.key', bounces: 1_700 }));
    const rig = rigOf([readyMade('sendgrid', { baseUrl: standIn.url, auth: { kind: 'bearer', secret: 'SG.key' } })]);
    const { data } = await rig.ask({ endpoint: '/v3/suppression/bounces' });
    expect(data).toMatchObject({ truncated: true });
    expect(rowsOf(data)).toHaveLength(1_000);
  });
});

describe('paypal', () => {
  const set = async (options: Partial<Parameters<typeof startPayPal>[0]> = {}, now?: number) => {
    const standIn = await opened(startPayPal({ clientId: 'AeA1', secret: 'EC:9', transactions: 1_200, ...options }));
    const auth = { kind: 'oauth2' as const, clientId: 'AeA1', clientSecret: 'EC:9' };
    return { standIn, rig: rigOf([readyMade('paypal', { baseUrl: standIn.url, auth, cacheSeconds: 0, limits: { concurrent: 100 } })], { ...(now !== undefined && { now }) }) };
  };
  const QUESTION = { endpoint: '/v1/reporting/transactions', params: { start_date: '-30d', end_date: 'now', page_size: 500, fields: 'transaction_info' } };

  it('gets its token once however many ask, and joins counted pages', async () => {
    const { standIn, rig } = await set({ transactions: 900 }, NOW);
    const answers = await Promise.all(Array.from({ length: 20 }, () => rig.ask(QUESTION)));
    expect(standIn.tokens).toHaveLength(1);
    for (const { data } of answers) {
      expect(rowsOf(data, 'transaction_details')).toHaveLength(900);
      expect(getPath(data, 'transaction_details.899.transaction_info.transaction_amount.value')).toBe('465.00');
    }
    expect(new Set(standIn.calls.filter(({ path }) => path !== '/v1/oauth2/token').map(({ query }) => query.get('page')))).toEqual(new Set([null, '2']));
  });

  it('renews before the end, without anybody waiting, and again when the token is refused', async () => {
    const { standIn, rig } = await set({ transactions: 1, expiresIn: 100 });
    await rig.ask(QUESTION);
    rig.wait(85_000);
    await rig.ask(QUESTION);
    expect(standIn.tokens).toHaveLength(1);
    rig.wait(10_000);
    await Promise.all(Array.from({ length: 10 }, () => rig.ask(QUESTION)));
    expect(standIn.tokens).toHaveLength(2);
    standIn.revoke();
    expect(rowsOf((await rig.ask(QUESTION)).data, 'transaction_details')).toHaveLength(1);
    expect(standIn.tokens).toHaveLength(3);
  });

  it('a wrong secret is a refused credential, asked once in a while', async () => {
    const { standIn, rig } = await set({ secret: 'another' });
    for (let n = 0; n < 5; n += 1) await expect(rig.ask(QUESTION)).rejects.toMatchObject({ code: 'credential_refused', message: 'PayPal refuses the credential (status 401).' });
    expect(standIn.calls).toHaveLength(1);
  });
});

describe('mailchimp', () => {
  const KEY = '0123456789abcdef0123456789abcdef-us21';

  it('goes to the data centre of its key, which has a strict form, and pages by offset', async () => {
    const standIn = await opened(startMailchimp({ key: KEY, lists: 35 }));
    const { port } = new URL(standIn.url);
    const asked: string[] = [];
    const resolve: Resolve = (hostname, _options, done) => {
      asked.push(hostname);
      done(null, [{ address: '127.0.0.1', family: 4 }]);
    };
    const connector = readyMade('mailchimp', { baseUrl: `http://{dc}.api.mailchimp.test:${port}`, auth: { kind: 'bearer', secret: KEY } });
    const rig = rigOf([connector], { http: { allowPrivateHosts: ['127.0.0.1'], resolve } });
    const { data } = await rig.ask({ endpoint: '/3.0/lists', params: { fields: 'lists.name,total_items' } });
    expect(rowsOf(data, 'lists')).toHaveLength(35);
    expect(asked[0]).toBe('us21.api.mailchimp.test');
    expect(standIn.calls.map(({ query }) => [query.get('offset'), query.get('count')])).toEqual([[null, null], ['10', '1000']]);

    for (const key of ['abc', 'abc-us21.evil.test', 'abc-us21/', 'abc-evil', 'abc-us21@evil', 'abc-1us', 'abc-us2100']) {
      const ref = rig.credentials.set({ tenant: 'acme', owner: '', apiName: 'mailchimp' }, { authType: 'bearer', apiKey: key });
      await expect(rig.ask({ endpoint: '/3.0/lists' }, { credential: ref }), key).rejects.toMatchObject({ code: 'credential_missing' });
    }
    expect(new Set(asked)).toEqual(new Set(['us21.api.mailchimp.test']));
  });

  it('takes the key as a password too', async () => {
    const standIn = await opened(startMailchimp({ key: KEY, lists: 1 }));
    const rig = rigOf([readyMade('mailchimp', { baseUrl: standIn.url })]);
    const ref = rig.credentials.set({ tenant: 'acme', owner: 'ann', apiName: 'mailchimp' }, { authType: 'basic', username: 'anystring', password: KEY });
    expect(rowsOf((await rig.ask({ endpoint: '/3.0/lists' }, { credential: ref })).data, 'lists')).toHaveLength(1);
  });
});

describe('google_analytics', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  const email = 'ccm@project.iam.gserviceaccount.com';
  const account = JSON.stringify({ type: 'service_account', private_key_id: 'k1', private_key: privateKey, client_email: email, token_uri: 'https://evil.example/token' });
  const client = { id: 'id.apps.googleusercontent.com', secret: 'GOCSPX-1', refreshToken: '1//refresh' };
  const report = {
    endpoint: '/v1beta/properties/123456:runReport',
    params: { dateRanges: [{ startDate: '-7d', endDate: 'today' }], dimensions: [{ name: 'country' }], metrics: [{ name: 'activeUsers' }] },
  };
  const set = async (rows = 3) => {
    const standIn = await opened(startGoogleAnalytics({ email, publicKey, client, rows }));
    const scope = 'https://www.googleapis.com/auth/analytics.readonly';
    const takes = [{ kind: 'service_account' as const, tokenUrl: `${standIn.url}/token`, scope }, { kind: 'oauth2' as const, tokenUrl: `${standIn.url}/token`, scope, clientAuth: 'body' as const }];
    return { standIn, rig: rigOf([readyMade('google_analytics', { baseUrl: standIn.url, takes })]) };
  };

  it('signs in as a service account, at the connector\'s own address, and posts its report', async () => {
    const { standIn, rig } = await set();
    const ref = rig.credentials.set({ tenant: 'acme', owner: '', apiName: 'google_analytics' }, { authType: 'service_account', json: account });
    const { data } = await rig.ask(report, { credential: ref });
    expect(standIn.grants).toEqual(['urn:ietf:params:oauth:grant-type:jwt-bearer']);
    const rows = rowsOf(data);
    expect(rows).toHaveLength(3);
    expect(rows.map((row) => [getPath(row, 'dimensionValues.0.value'), toNumber(getPath(row, 'metricValues.0.value'))])).toEqual([['d0', 15], ['d1', 16], ['d2', 17]]);
    expect(JSON.parse(standIn.calls.at(-1)!.body)).toMatchObject({ dateRanges: [{ startDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string }] });
  });

  it('signs in with OAuth 2.0 and a refresh token', async () => {
    const { standIn, rig } = await set();
    const ref = rig.credentials.set({ tenant: 'acme', owner: 'ann', apiName: 'google_analytics' }, { authType: 'oauth2', clientId: client.id, clientSecret: client.secret, refreshToken: client.refreshToken });
    expect(rowsOf((await rig.ask(report, { credential: ref })).data)).toHaveLength(3);
    expect(standIn.grants).toEqual(['refresh_token']);
  });

  it('joins the pages of a long report by the offset in its body', async () => {
    const { standIn, rig } = await set(12_345);
    const ref = rig.credentials.set({ tenant: 'acme', owner: '', apiName: 'google_analytics' }, { authType: 'service_account', json: account });
    const { data } = await rig.ask(report, { credential: ref });
    expect(data).toMatchObject({ rowCount: 12_345, truncated: true });
    expect(rowsOf(data)).toHaveLength(10_000);
    expect(standIn.calls.filter(({ method, path }) => method === 'POST' && path !== '/token')).toHaveLength(1);
  });

  it.each([['no JSON', 'x{'], ['no key', '{"client_email":"a"}'], ['a broken key', '{"client_email":"a","private_key":"-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----"}']])('a service account with %s is told without its text', async (_what, json) => {
    const { standIn, rig } = await set();
    const ref = rig.credentials.set({ tenant: 'acme', owner: '', apiName: 'google_analytics' }, { authType: 'service_account', json });
    await expect(rig.ask(report, { credential: ref })).rejects.toMatchObject({ code: 'credential_missing', message: expect.not.stringContaining('BEGIN') as string });
    expect(standIn.calls).toHaveLength(0);
  });
});

describe('the limit of an API', () => {
  const asked = expect.objectContaining({ code: 'rate_limited', retryAfter: 60 }) as Error;
  const limited = { admits: 0, retryAfter: 60 };

  it('sendgrid: its 429 and the time it names are told, and it is left alone until then', async () => {
    const standIn = await opened(startSendGrid({ key: 'SG.key', bounces: 1, ...limited }));
    const rig = rigOf([readyMade('sendgrid', { baseUrl: standIn.url, auth: { kind: 'bearer', secret: 'SG.key' } })], { now: NOW });
    for (let n = 0; n < 3; n += 1) await expect(rig.ask({ endpoint: '/v3/stats', params: { start_date: '-7d' } })).rejects.toThrow(asked);
    expect(standIn.calls).toHaveLength(1);
  });

  it('mailchimp', async () => {
    const key = '0123456789abcdef0123456789abcdef-us21';
    const standIn = await opened(startMailchimp({ key, lists: 1, ...limited }));
    const rig = rigOf([readyMade('mailchimp', { baseUrl: standIn.url, auth: { kind: 'bearer', secret: key } })], { now: NOW });
    await expect(rig.ask({ endpoint: '/3.0/lists' })).rejects.toThrow(asked);
    expect(standIn.calls).toHaveLength(1);
  });

  it('paypal: also behind its token', async () => {
    const standIn = await opened(startPayPal({ clientId: 'AeA1', secret: 'EC:9', transactions: 1, admits: 1, retryAfter: 60 }));
    const rig = rigOf([readyMade('paypal', { baseUrl: standIn.url, auth: { kind: 'oauth2', clientId: 'AeA1', clientSecret: 'EC:9' } })]);
    await expect(rig.ask({ endpoint: '/v1/reporting/transactions', params: { start_date: '-30d', end_date: 'now' } })).rejects.toThrow(asked);
    expect(standIn.calls).toHaveLength(2);
  });

  it('google_analytics: also behind its token', async () => {
    const client = { id: 'id', secret: 'GOCSPX-1', refreshToken: '1//refresh' };
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
    const standIn = await opened(startGoogleAnalytics({ email: 'a@b.example', publicKey, client, rows: 1, admits: 1, retryAfter: 60 }));
    const takes = [{ kind: 'oauth2' as const, tokenUrl: `${standIn.url}/token`, clientAuth: 'body' as const }];
    const rig = rigOf([readyMade('google_analytics', { baseUrl: standIn.url, takes })]);
    const credential = rig.credentials.set({ tenant: 'acme', owner: '', apiName: 'google_analytics' }, { authType: 'oauth2', clientId: client.id, clientSecret: client.secret, refreshToken: client.refreshToken });
    const report = { endpoint: '/v1beta/properties/1:runReport', params: { dateRanges: [{ startDate: '-7d', endDate: 'today' }], metrics: [{ name: 'activeUsers' }] } };
    await expect(rig.ask(report, { credential })).rejects.toThrow(asked);
    expect(standIn.calls).toHaveLength(2);
  });
});
