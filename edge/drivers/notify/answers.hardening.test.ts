/** What a receiver answers: what of it is kept, that it is bounded and clean, and that its socket is free afterwards. */
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NotifierSettings } from '../../kernel/alert-settings.js';
import { NotifyFault, type Notifier } from '../../kernel/alerts.js';
import { systemClock } from '../../kernel/clock.js';
import type { HttpClient } from '../../kernel/http-client.js';
import { createHttpClient } from '../http/client.js';
import { createNotifiers } from './notifiers.js';
import { notification, PAGE, silent, TENANTS } from './test/notification.js';

const NUMBER = '+4915112345678';
const SID = `AC${'0'.repeat(32)}`;
const TOKEN = 'token-of-twilio';
const SECRET = `whsec_${Buffer.from('one key of thirty-two bytes, here').toString('base64')}`;
const JSON_TYPE = { 'content-type': 'application/json' };

let http: HttpClient;
let url: URL;
let close: () => Promise<void>;
let answer: RequestListener;
const sockets = new Set<Socket>();
let opened = 0;

beforeAll(async () => {
  http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    request.resume().on('end', () => answer(request, response));
  });
  server.on('connection', (socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  close = () => new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
});
afterAll(async () => {
  await http.close();
  await close();
});
afterEach(() => void (opened = 0));

type Given = NotifierSettings extends infer One ? (One extends NotifierSettings ? Omit<One, 'name' | 'sendResolved'> : never) : never;
async function notifierOf(given: Given): Promise<Notifier> {
  const settings = { notifiers: [{ name: 'ops', sendResolved: true, ...given } as NotifierSettings], tenants: TENANTS, environment: {}, alerts: { pageUrl: PAGE } };
  return (await createNotifiers({ settings, http, publicHttp: http, clock: systemClock, log: silent })).all[0] as Notifier;
}
const twilio = (): Promise<Notifier> => notifierOf({ type: 'sms', provider: 'twilio', accountSid: SID, authToken: TOKEN, from: '+15005550006', to: [NUMBER], url });
const OTHERS: [type: string, given: () => Given][] = [
  ['sms', () => ({ type: 'sms', provider: 'http', url, to: [NUMBER], fields: { to: 'to', text: 'text' } })],
  ['slack', () => ({ type: 'slack', url })], ['teams', () => ({ type: 'teams', url })], ['webhook', () => ({ type: 'webhook', url, secret: SECRET })], ['alertmanager', () => ({ type: 'alertmanager', url })],
];

const says = (status: number, body: string | Buffer, headers: Record<string, string> = JSON_TYPE): void => {
  answer = (_request, response) => void response.writeHead(status, headers).end(body);
};
async function faultOf(notifier: Notifier, milliseconds = 5_000): Promise<NotifyFault> {
  const error: unknown = await notifier.send(notification(), AbortSignal.timeout(milliseconds)).then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof NotifyFault)) throw new Error(`no NotifyFault: ${String(error)}`);
  return error;
}

describe('What Twilio answers', () => {
  it.each<[number, object, string, boolean]>([
    [400, { code: 21610, message: 'Attempt to send to unsubscribed recipient', more_info: 'https://www.twilio.com/docs/errors/21610', status: 400 }, 'The receiver answered with status 400: 21610 Attempt to send to unsubscribed recipient', false],
    [429, { code: 20429, message: 'Too Many Requests', status: 429 }, 'The receiver answered with status 429: 20429 Too Many Requests', true],
    [503, { code: 20503, message: 'Service unavailable' }, 'The receiver answered with status 503: 20503 Service unavailable', true],
    [401, { code: 20003, message: 'Authenticate' }, 'The receiver answered with status 401: 20003 Authenticate', false],
    [400, { code: 21211 }, 'The receiver answered with status 400: 21211', false],
    [400, { message: 'Bad' }, 'The receiver answered with status 400: Bad', false],
  ])('%d %j is in the fault', async (status, body, message, retry) => {
    says(status, JSON.stringify(body));
    expect(await faultOf(await twilio())).toMatchObject({ message, retry });
  });

  it('has no number, account, token or line break in it that it repeats', async () => {
    says(400, JSON.stringify({ code: 21211, message: `The 'To' number ${NUMBER} (+49 151 1234 5678)\r\nis not valid for ${SID} with ${TOKEN}\u202e\u0000, from +15005550006 ${'very '.repeat(5_00)}` }));
    const { message } = await faultOf(await twilio());
    expect(message).toMatch(/^The receiver answered with status 400: 21211 The 'To' number … \(…\) is not valid for … with …, from … very/);
    expect(message.length).toBeLessThanOrEqual(300);
    expect(message).not.toMatch(/[\p{Cc}\u202e]|12345678|1234 5678|token-of/u);
  });

  it.each<[string, string | Buffer, Record<string, string>?]>([
    ['nothing', ''], ['HTML', '<h1>secret</h1>', { 'content-type': 'text/html' }], ['half of it', '{"code":21211,"mess'], ['a list', '[1]'], ['a text', '"secret"'], ['null', 'null'],
    ['fields of another kind', '{"code":{"a":1},"message":["secret"]}'], ['a code with a header in it', '{"code":"2\\r\\nX: secret"}'], ['a number that is none', '{"code":1e400}'],
    ['more than it should', JSON.stringify({ code: 21211, message: 'secret', more: 'x'.repeat(1_000_000) })],
    ['a bomb', gzipSync(JSON.stringify({ code: 1, message: 'secret', more: 'x'.repeat(50_000_000) })), { ...JSON_TYPE, 'content-encoding': 'gzip' }],
    ['what is no gzip', 'secret', { ...JSON_TYPE, 'content-encoding': 'gzip' }],
  ])('%s is let be: the status alone counts', async (_what, body, headers) => {
    says(400, body, headers);
    expect(await faultOf(await twilio())).toMatchObject({ message: 'The receiver answered with status 400.', retry: false });
  });

  it('that comes compressed is read too', async () => {
    says(400, gzipSync('{"code":21211,"message":"Invalid"}'), { ...JSON_TYPE, 'content-encoding': 'gzip' });
    expect((await faultOf(await twilio())).message).toBe('The receiver answered with status 400: 21211 Invalid');
  });
});

describe('What any other receiver answers', () => {
  it.each(OTHERS)('%s: nothing of it but its status', async (_type, given) => {
    says(400, JSON.stringify({ code: 7, message: 'secret words', error: 'secret words' }));
    expect((await faultOf(await notifierOf(given()))).message).toBe('The receiver answered with status 400.');
  });
});

describe('The socket of a receiver', () => {
  const endless = (response: ServerResponse): void => {
    response.writeHead(400, JSON_TYPE);
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(64 * 1024))) { /* until it is full */ }
    };
    response.on('drain', more);
    more();
  };

  it.each([['twilio', twilio] as const, ...OTHERS.map(([type, given]) => [type, () => notifierOf(given())] as const)])('%s: is free after each answer, whatever it is', async (_type, make) => {
    const notifier = await make();
    // A short answer leaves the connection to the next call.
    says(400, '{"code":1,"message":"no"}');
    for (let round = 0; round < 20; round += 1) await faultOf(notifier);
    says(200, '{"ok":true}');
    for (let round = 0; round < 20; round += 1) await notifier.send(notification({ id: `ok-${round}` }), AbortSignal.timeout(5_000));
    expect(opened).toBeLessThanOrEqual(2);

    // A long one, one without an end and one that stops in the middle cost their connection, and no other.
    says(500, 'x'.repeat(5_000_000));
    for (let round = 0; round < 10; round += 1) expect(await faultOf(notifier)).toMatchObject({ retry: true });
    answer = (_request, response) => endless(response);
    for (let round = 0; round < 10; round += 1) expect(await faultOf(notifier)).toMatchObject({ retry: false });
    answer = (_request, response) => void response.writeHead(429, { ...JSON_TYPE, 'content-length': '100' }).write('{"code":');
    expect(await faultOf(notifier, 200)).toMatchObject({ retry: true });
    answer = (_request, response) => void response.writeHead(200, { ...JSON_TYPE, 'content-length': '100' }).write('{"code":');
    await notifier.send(notification({ id: 'half' }), AbortSignal.timeout(200));
    await sleep(100);
    expect(sockets.size).toBeLessThanOrEqual(2);
  }, 20_000);
});
