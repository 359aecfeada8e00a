import { existsSync, readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NotifierSettings } from '../../kernel/alert-settings.js';
import { NotifyFault, type Notification, type Notifier } from '../../kernel/alerts.js';
import { systemClock } from '../../kernel/clock.js';
import type { HttpClient } from '../../kernel/http-client.js';
import { createHttpClient } from '../http/client.js';
import { rawServing } from '../http/test/serving.js';
import { startServer, type TestServer } from '../http/test/server.js';
import { createNotifiers } from './notifiers.js';
import { alert, HOSTILE, notification, PAGE, silent, TENANTS } from './test/notification.js';

const SECRET = `whsec_${Buffer.from('one key of thirty-two bytes, here').toString('base64')}`;
const sid = `AC${'0'.repeat(32)}`;
const signal = () => AbortSignal.timeout(5_000);

interface Asked {
  url: string;
  headers: IncomingHttpHeaders;
  text: string;
}

let server: TestServer;
let http: HttpClient;
let asked: Asked[] = [];
let answer: RequestListener = (_request, response) => void response.end('ok');

beforeAll(async () => {
  http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
  server = await startServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      asked.push({ url: request.url ?? '', headers: request.headers, text: Buffer.concat(chunks).toString('utf8') });
      answer(request, response);
    });
  });
});
afterAll(async () => {
  await Promise.all([http.close(), server.close()]);
});
afterEach(() => {
  asked = [];
  answer = (_request, response) => void response.end('ok');
});

const to = (path: string): URL => new URL(path, server.url);
type Given = NotifierSettings extends infer One ? (One extends NotifierSettings ? Omit<One, 'name' | 'sendResolved'> : never) : never;

async function notifierOf(given: Given, client = http): Promise<Notifier> {
  const settings = { notifiers: [{ name: 'ops', sendResolved: true, ...given } as NotifierSettings], tenants: TENANTS, environment: {}, alerts: { pageUrl: PAGE } };
  const { all } = await createNotifiers({ settings, http: client, publicHttp: client, clock: systemClock, log: silent });
  return all[0] as Notifier;
}

const webhook = (url = to('/hook')) => notifierOf({ type: 'webhook', url, secret: SECRET });

async function faultOf(work: Promise<unknown>): Promise<NotifyFault> {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof NotifyFault)) throw new Error(`no NotifyFault: ${String(error)}`);
  return error;
}

const json = (index = 0): Record<string, unknown> => JSON.parse(asked[index]?.text ?? '') as Record<string, unknown>;

describe('webhook', () => {
  it('is signed so that a receiver of Standard Webhooks takes it, and each try has the same id and body', async () => {
    const notifier = await webhook();
    await notifier.send(notification(), signal());
    await notifier.send(notification(), signal());
    const verified = new Webhook(SECRET).verify(asked[0]?.text ?? '', asked[0]?.headers as Record<string, string>);
    expect(verified).toMatchObject({
      type: 'alert.firing', timestamp: '2026-03-02T13:43:00.000Z',
      data: { tenant: 'acme', groupKey: 'stock/critical', truncated: 0, alerts: [{ id: 'a-1', value: 3, threshold: 5, url: 'https://erp.example/dashboard?layout=default&alert=a-1' }] },
    });
    expect(asked.map(({ headers }) => headers['webhook-id'])).toEqual(['n-1', 'n-1']);
    expect(asked[0]?.text).toBe(asked[1]?.text);
    expect(() => new Webhook(`whsec_${Buffer.from('another key of thirty-two bytes!!').toString('base64')}`).verify(asked[0]?.text ?? '', asked[0]?.headers as Record<string, string>)).toThrow(/signature/);
  });

  it.each([['resolved', 'alert.resolved'], ['test', 'alert.test'], ['silence-ended', 'alert.silence_ended']] as const)('%s is %s', async (status, type) => {
    await (await webhook()).send(notification({ status }), signal());
    expect(json()).toMatchObject({ type });
    expect(JSON.stringify(json()).includes('This is a test. Nothing is wrong.')).toBe(status === 'test');
  });

  const file = join(process.env.CCM_TESTDATA ?? '', 'alerting/standard_webhooks_vector.json');
  it.skipIf(process.env.CCM_TESTDATA === undefined || !existsSync(file))('signs as CCM_TESTDATA/alerting/standard_webhooks_vector.json has it', async () => {
    const vector = JSON.parse(readFileSync(file, 'utf8')) as { key: string; msgId: string; timestamp: number; payload: string; expected: string };
    expect(new Webhook(vector.key).sign(vector.msgId, new Date(vector.timestamp * 1_000), vector.payload)).toBe(vector.expected);
    const clock = { ...systemClock, now: () => vector.timestamp * 1_000 };
    const settings = { notifiers: [{ name: 'ops', type: 'webhook' as const, url: to('/hook'), secret: vector.key, sendResolved: true }], tenants: TENANTS, environment: {}, alerts: {} };
    await (await createNotifiers({ settings, http, publicHttp: http, clock, log: silent })).all[0]?.send(notification({ id: vector.msgId }), signal());
    expect(asked[0]?.headers).toMatchObject({ 'webhook-timestamp': String(vector.timestamp), 'webhook-signature': new Webhook(vector.key).sign(vector.msgId, new Date(vector.timestamp * 1_000), asked[0]?.text ?? '') });
  });
});

describe('a receiver that does not take it', () => {
  it.each<[number, Record<string, string>, { retry: boolean; after?: number }]>([
    [400, {}, { retry: false }], [401, {}, { retry: false }], [404, {}, { retry: false }], [410, {}, { retry: false }], [301, { location: '/elsewhere' }, { retry: false }],
    [408, {}, { retry: true }], [425, {}, { retry: true }], [429, {}, { retry: true }], [429, { 'retry-after': '120' }, { retry: true, after: 120_000 }],
    [500, {}, { retry: true }], [503, {}, { retry: true }], [503, { 'retry-after': '7' }, { retry: true, after: 7_000 }], [503, { 'retry-after': 'soon' }, { retry: true }],
    [429, { 'retry-after': '999999999' }, { retry: true, after: 24 * 3_600_000 }],
  ])('%d %j: %j', async (status, headers, expected) => {
    answer = (_request, response) => void response.writeHead(status, headers).end('<h1>secret words of the receiver</h1>');
    const fault = await faultOf((await webhook()).send(notification(), signal()));
    expect({ retry: fault.retry, ...(fault.after !== undefined && { after: fault.after }) }).toEqual(expected);
    expect(fault.message).not.toMatch(/secret|127\.0\.0\.1|hook/);
    expect(asked).toHaveLength(1);
  });

  it('that names a date to wait for', async () => {
    answer = (_request, response) => void response.writeHead(503, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }).end();
    const { after } = await faultOf((await webhook()).send(notification(), signal()));
    expect(after).toBeGreaterThan(57_000);
    expect(after).toBeLessThanOrEqual(61_000);
  });

  it('that hangs, cuts the line after reading, is not there, or speaks no HTTP: another try', async () => {
    answer = () => undefined;
    expect(await faultOf((await webhook()).send(notification(), AbortSignal.timeout(100)))).toMatchObject({ retry: true, message: 'The receiver did not answer in time.' });
    answer = (request) => void request.socket.destroy();
    expect(await faultOf((await webhook()).send(notification(), signal()))).toMatchObject({ retry: true, message: 'The receiver could not be reached.' });
    expect(await faultOf((await webhook(new URL('http://127.0.0.1:9/hook'))).send(notification(), signal()))).toMatchObject({ retry: true });
    await rawServing((socket) => void socket.end('220 mail.example ESMTP\r\n'), async (url) => {
      expect(await faultOf((await webhook(url)).send(notification(), signal()))).toMatchObject({ retry: true });
    });
  });

  it.each([[200, '', 'text/plain'], [202, '', 'text/html'], [204, '', ''], [200, '<b>ok</b>', 'text/html'], [201, '{broken', 'application/json']])('%d with %j of type %j was taken', async (status, body, type) => {
    answer = (_request, response) => void response.writeHead(status, type === '' ? {} : { 'content-type': type }).end(body);
    await expect((await webhook()).send(notification(), signal())).resolves.toBeUndefined();
  });
});

describe('hazard: webhook = SSRF', () => {
  const list = join(process.env.CCM_TESTDATA ?? '', 'ssrf/request_filtering_agent_urls.txt');
  const spellings = process.env.CCM_TESTDATA === undefined || !existsSync(list) ? [] : readFileSync(list, 'utf8').split('\n').map((line) => line.trim()).filter((line) => URL.canParse(line));

  it.skipIf(spellings.length === 0)('all of CCM_TESTDATA/ssrf/request_filtering_agent_urls.txt: none but the two public names is called', async () => {
    const strict = createHttpClient({
      allowPrivateHosts: [],
      resolve: (hostname, _options, done) => (/^(example\.com|bit\.ly)$/.test(hostname) ? done(Object.assign(new Error('public'), { code: 'ENOTFOUND' }), []) : done(null, [{ address: '127.0.0.1', family: 4 }])),
    });
    for (const spelling of spellings) {
      const url = new URL(spelling);
      url.port = String(server.port);
      const given: Given[] = [
        { type: 'webhook', url, secret: SECRET }, { type: 'alertmanager', url }, { type: 'slack', url }, { type: 'teams', url },
        { type: 'sms', provider: 'http', url, to: ['+4915112345678'], fields: { to: 'to', text: 'text' } },
      ];
      for (const one of given) {
        const fault = await faultOf((await notifierOf(one, strict)).send(notification(), signal()));
        expect(fault.message, spelling).toMatch(/may not call|could not be reached|could not be made/);
      }
    }
    expect(asked).toHaveLength(0);
    await strict.close();
  });

  it('an address that is not public is no matter of another try, and the words say what to do', async () => {
    const strict = createHttpClient({ allowPrivateHosts: [] });
    expect(await faultOf((await notifierOf({ type: 'slack', url: to('/x') }, strict)).send(notification(), signal()))).toMatchObject({
      retry: false, message: 'The receiver has an address that this edge may not call; CCM_ALLOW_PRIVATE_HOSTS may list its host.',
    });
    await strict.close();
  });
});

describe('alertmanager', () => {
  it('posts the body of Alertmanager\'s own webhook, version 4', async () => {
    const notifier = await notifierOf({ type: 'alertmanager', url: to('/am'), secret: 'bearer-of-the-receiver' });
    const over = alert({ id: 'a-2', key: 'NUT-8', name: 'Nuts', title: 'Nuts: stock 1 is below 5', state: 'resolved', resolvedAt: '2026-03-02T13:40:00Z' });
    await notifier.send(notification({ alerts: [alert(), over], truncated: 3 }), signal());
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer bearer-of-the-receiver', 'idempotency-key': 'n-1' });
    expect(json()).toEqual({
      version: '4', groupKey: 'stock/critical', truncatedAlerts: 3, status: 'firing', receiver: 'ops', groupLabels: { widgetId: 'stock', severity: 'critical' },
      commonLabels: { team: 'warehouse', alertname: 'Low stock', severity: 'critical', tenant: 'acme', widgetId: 'stock' },
      commonAnnotations: { description: 'The rule "Low stock" fires where stock is below 5.', value: '3', runbook_url: 'https://wiki.example/low-stock' },
      externalURL: 'https://erp.example/dashboard?layout=default',
      alerts: [
        expect.objectContaining({ status: 'firing', startsAt: '2026-03-02T13:31:00Z', endsAt: '0001-01-01T00:00:00Z', generatorURL: 'https://erp.example/dashboard?layout=default&alert=a-1', fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as string }),
        expect.objectContaining({ status: 'resolved', endsAt: '2026-03-02T13:40:00Z', labels: expect.objectContaining({ key: 'NUT-8' }) as object }),
      ],
    });
    const [first, second] = (json()['alerts'] as { fingerprint: string }[]);
    expect(first?.fingerprint).not.toBe(second?.fingerprint);
  });
});

describe('slack and teams', () => {
  const texts = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, one]) => (name === 'text' && typeof one === 'string' ? [one] : texts(one))) : []);

  it('slack: blocks of plain text, with the query of the address', async () => {
    await (await notifierOf({ type: 'slack', url: to('/services/T/B/x?a=1') })).send(notification({ reason: 'escalated' }), signal());
    expect(asked[0]?.url).toBe('/services/T/B/x?a=1');
    expect(json()).toMatchObject({ text: 'Not acknowledged, critical: Bolts: stock 3 is below 5', link_names: false, unfurl_links: false });
    expect(texts(json()['blocks'])).toEqual([
      'Not acknowledged, critical', 'You are told because nobody acknowledged it in time.',
      'Critical: Bolts: stock 3 is below 5\n3 (below 5)\nThe rule "Low stock" fires where stock is below 5.', 'Firing since 2 Mar, 14:31 CET (12m) · Rule: Low stock · team: warehouse',
      'Open', 'What to do', 'Acme',
    ]);
  });

  it('teams: an adaptive card of runs of text', async () => {
    await (await notifierOf({ type: 'teams', url: to('/workflows/x') })).send(notification({ status: 'test' }), signal());
    const [{ contentType, content }] = json()['attachments'] as [{ contentType: string; content: { version: string } }];
    expect({ contentType, version: content.version }).toEqual({ contentType: 'application/vnd.microsoft.card.adaptive', version: '1.4' });
    expect(texts(content)).toContain('This is a test of the notifier ops. Nothing is wrong, and there is nothing to do.');
    expect(JSON.stringify(content)).not.toMatch(/"TextBlock"|"FactSet"/);
  });

  it.each(HOSTILE.map((text) => [text.slice(0, 40), text] as const))('hazard: %j calls nobody, links nowhere and stays within the size', async (_short, text) => {
    const hostile = alert({ name: text, rule: text, title: text, text, labels: { [text]: text }, value: text, threshold: text, runbook: `javascript:${text}` });
    const given = notification({ tenantName: text, groupLabels: { a: text }, alerts: Array.from({ length: 100 }, () => hostile) });
    await (await notifierOf({ type: 'slack', url: to('/s') })).send(given, signal());
    await (await notifierOf({ type: 'teams', url: to('/t') })).send(given, signal());
    const blocks = json(0)['blocks'] as unknown[];
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const shown of texts(json(0))) {
      expect(shown.length).toBeLessThanOrEqual(3_000);
      expect(shown).not.toMatch(/[<>]/);
    }
    expect(Buffer.byteLength(asked[1]?.text ?? '')).toBeLessThan(28 * 1024);
    expect(asked.map((one) => one.text).join('')).not.toContain('"url":"javascript');
  });
});

describe('sms', () => {
  const NUMBERS = ['+4915112345678', '+4915187654321'];
  const twilio = () => notifierOf({ type: 'sms', provider: 'twilio', accountSid: sid, authToken: 'token-of-twilio', from: '+15005550006', to: NUMBERS, url: server.url });
  const generic = (more = {}) => notifierOf({ type: 'sms', provider: 'http', url: to('/sms'), to: NUMBERS, secret: { header: 'X-Api-Key', value: 'key' }, fields: { to: 'phone', text: 'body' }, ...more });

  it('Twilio: one form a number, with basic auth', async () => {
    answer = (_request, response) => void response.writeHead(201, { 'content-type': 'application/json' }).end('{"sid":"SM1"}');
    await (await twilio()).send(notification(), signal());
    expect(asked.map(({ url }) => url)).toEqual([`/2010-04-01/Accounts/${sid}/Messages.json`, `/2010-04-01/Accounts/${sid}/Messages.json`]);
    expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from(`${sid}:token-of-twilio`).toString('base64')}`);
    const forms = asked.map(({ text }) => Object.fromEntries(new URLSearchParams(text)));
    expect(forms.map(({ To }) => To).sort()).toEqual([...NUMBERS].sort());
    expect(forms[0]).toMatchObject({ From: '+15005550006', Body: 'Acme: Critical: Bolts: stock 3 is below 5 https://erp.example/dashboard?layout=default&alert=a-1' });
  });

  it('any other: one JSON a number, with its names, its header and a key that is the same on each try', async () => {
    const notifier = await generic();
    await notifier.send(notification({ to: NUMBERS[0] as string }), signal());
    await (await generic()).send(notification({ to: NUMBERS[0] as string }), signal());
    expect(json()).toEqual({ phone: NUMBERS[0], body: expect.stringContaining('Bolts: stock 3 is below 5') as string });
    expect(asked[0]?.headers['x-api-key']).toBe('key');
    expect(asked[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect(asked[1]?.headers['idempotency-key']).toBe(asked[0]?.headers['idempotency-key']);
  });

  it('who was told gets it no second time when another number fails', async () => {
    let busy = true;
    answer = (_request, response) => void response.writeHead(busy && asked.at(-1)?.text.includes('87654321') === true ? 429 : 201, { 'retry-after': '3' }).end('{}');
    const notifier = await twilio();
    expect(await faultOf(notifier.send(notification(), signal()))).toMatchObject({ retry: true, after: 3_000, message: '1 of 2 addresses did not get it. The receiver answered with status 429.' });
    busy = false;
    await notifier.send(notification(), signal());
    await sleep(20);
    expect(asked.filter(({ text }) => text.includes('12345678'))).toHaveLength(1);
    expect(asked.filter(({ text }) => text.includes('87654321'))).toHaveLength(2);
  });

  it('a number that Twilio does not take is no matter of another try', async () => {
    answer = (_request, response) => void response.writeHead(400).end('{"code":21211}');
    expect(await faultOf((await twilio()).send(notification({ to: '+4915112345678' }), signal()))).toMatchObject({ retry: false });
    expect(await faultOf((await twilio()).send(notification({ to: '015112345678' }), signal()))).toMatchObject({ retry: false, gone: true });
  });

  it.each(HOSTILE.map((text) => [text.slice(0, 40), text] as const))('hazard: %j is one message of at most three parts', async (_short, text) => {
    await (await generic()).send(notification({ to: NUMBERS[0] as string, tenantName: text, alerts: [alert({ title: text, name: text })] }), signal());
    const { body } = json() as { body: string };
    expect(body.length).toBeLessThanOrEqual(459);
     
    expect(body).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2028\u2029]/);
  });

  it('a test says so', async () => {
    await (await generic()).send(notification({ status: 'test' }), signal());
    expect(json()['body']).toMatch(/^Acme: This is a test of the notifier ops\. Nothing is wrong/);
  });
});

it('notifications of an odd shape are told all the same', async () => {
  const odd: Notification = notification({ tenant: 'unheard-of', alerts: [alert({ value: { a: 1 }, threshold: [1], since: 'never', firedAt: undefined, labels: {}, title: '', name: '', rule: '' }), alert({ value: Number.NaN, threshold: null, state: 'recovering' })] });
  for (const type of ['slack', 'teams'] as const) await (await notifierOf({ type, url: to('/x') })).send(odd, signal());
  for (const { text } of asked) expect(text).not.toMatch(/NaN|undefined|\[object Object\]|Invalid Date/);
});
