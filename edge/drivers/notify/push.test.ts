import { createECDH, createPublicKey, randomBytes, type ECDH } from 'node:crypto';
import { createRequire } from 'node:module';
import { jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { NotifyFault, type Notifier } from '../../kernel/alerts.js';
import { UpstreamStatusError, type HttpClient, type HttpRequest } from '../../kernel/http-client.js';
import { createHttpClient } from '../http/client.js';
import { createMessages } from './message.js';
import { createPushNotifier, loadWebPush, type PushMessage } from './push.js';
import { alert, HOSTILE, notification, PAGE, TENANTS } from './test/notification.js';

/** Comes with web-push; has no types. */
const { decrypt } = createRequire(createRequire(import.meta.url).resolve('web-push'))('http_ece') as {
  decrypt: (body: Buffer, options: { version: 'aes128gcm'; privateKey: ECDH; authSecret: string }) => Buffer;
};

interface Browser {
  keys: ECDH;
  auth: string;
  to: string;
}

/** What `PushManager.subscribe` makes: a key pair and a secret that never leave the browser but for their public half. */
function browser(endpoint = 'https://push.example/send/abc'): Browser {
  const keys = createECDH('prime256v1');
  const p256dh = keys.generateKeys('base64url');
  const auth = randomBytes(16).toString('base64url');
  return { keys, auth, to: JSON.stringify({ endpoint, keys: { p256dh, auth } }) };
}

let vapid: { publicKey: string; privateKey: string };
beforeAll(async () => void (vapid = (await loadWebPush()).generateVAPIDKeys()));

/** The client as the notifier sees it: what it would send, and how a push service answers. */
function service(status = 201) {
  const sent: HttpRequest[] = [];
  const http: HttpClient = {
    json(request) {
      sent.push(request);
      if (status > 299) return Promise.reject(new UpstreamStatusError(status, 5));
      return Promise.resolve({ status, elapsed: 1, bytes: 0, body: undefined, headers: {} });
    },
    close: () => Promise.resolve(),
  };
  return { http, sent };
}

function notifierOf(http: HttpClient): Promise<Notifier> {
  return createPushNotifier({ settings: { name: 'browsers', type: 'push', sendResolved: true, subject: 'mailto:ops@erp.example', ...vapid }, http, messageOf: createMessages({ tenants: TENANTS, pageUrl: PAGE }) });
}

async function faultOf(work: Promise<unknown>): Promise<NotifyFault> {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof NotifyFault)) throw new Error(`no NotifyFault: ${String(error)}`);
  return error;
}

function opened({ bytes }: HttpRequest, { keys, auth }: Browser): PushMessage {
  return JSON.parse(decrypt(Buffer.from(bytes ?? []), { version: 'aes128gcm', privateKey: keys, authSecret: auth }).toString('utf8')) as PushMessage;
}

const signal = AbortSignal.timeout(10_000);

describe('web push', () => {
  it('is decrypted by the browser that it is for, and by no other', async () => {
    const { http, sent } = service();
    const one = browser();
    await (await notifierOf(http)).send(notification({ to: one.to }), signal);
    const [request] = sent as [HttpRequest];
    expect(`${request.base.href} ${request.path}`).toBe('https://push.example/ /send/abc');
    expect(opened(request, one)).toEqual({
      id: 'n-1', status: 'firing', severity: 'critical', title: 'Critical – Acme', body: 'Bolts: stock 3 is below 5', url: 'https://erp.example/dashboard?layout=default&alert=a-1',
      tag: expect.stringMatching(/^[\w-]{32}$/) as string,
    });
    expect(() => opened(request, browser())).toThrow();
  });

  it('is signed with VAPID for that push service, urgent where it is critical, and replaces what is older of its group', async () => {
    const { http, sent } = service();
    const one = browser('https://push.example:443/send/abc?token=1');
    const notifier = await notifierOf(http);
    await notifier.send(notification({ to: one.to }), signal);
    await notifier.send(notification({ to: one.to, status: 'resolved', alerts: [alert({ state: 'resolved' })] }), signal);
    expect(sent[0]).toMatchObject({ query: 'token=1', headers: { ttl: '14400', urgency: 'high', 'content-encoding': 'aes128gcm', 'content-type': 'application/octet-stream' } });
    expect(sent[1]?.headers).toMatchObject({ urgency: 'normal', topic: sent[0]?.headers?.['topic'] });
    const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(sent[0]?.headers?.['authorization'] ?? '') ?? [];
    expect(key).toBe(vapid.publicKey);
    const point = Buffer.from(key, 'base64url');
    const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } });
    const { payload } = await jwtVerify(token, publicKey, { audience: 'https://push.example', subject: 'mailto:ops@erp.example', algorithms: ['ES256'] });
    expect((payload.exp ?? 0) - Date.now() / 1_000).toBeLessThanOrEqual(24 * 3_600);
  });

  it.each([[404, { gone: true, retry: false }], [410, { gone: true, retry: false }], [400, { gone: false, retry: false }], [403, { gone: false, retry: false }], [413, { gone: false, retry: false }],
    [429, { gone: false, retry: true, after: 5_000 }], [503, { gone: false, retry: true, after: 5_000 }]])('%d: %j', async (status, expected) => {
    expect(await faultOf((await notifierOf(service(status).http)).send(notification({ to: browser().to }), signal))).toMatchObject(expected);
  });

  it.each([
    'no json', '{}', 'null', JSON.stringify({ endpoint: 'http://push.example/x', keys: { p256dh: 'a', auth: 'b' } }), JSON.stringify({ endpoint: 'https://push.example/x', keys: { p256dh: 'AAAA', auth: 'AAAA' } }),
    JSON.stringify({ endpoint: 'file:///etc/passwd', keys: { p256dh: 'a', auth: 'b' } }),
    JSON.stringify({ endpoint: 'https://push.example/x', keys: { p256dh: Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url'), auth: Buffer.alloc(16).toString('base64url') } }),
  ])('hazard: the subscription %s is none, and is not used again', async (to) => {
    const { http, sent } = service();
    expect(await faultOf((await notifierOf(http)).send(notification({ to }), signal))).toMatchObject({ gone: true, retry: false });
    expect(sent).toEqual([]);
  });

  it('without a browser it goes to nobody, and says so', async () => {
    expect(await faultOf((await notifierOf(service().http)).send(notification(), signal))).toMatchObject({ gone: false, retry: false, message: expect.stringContaining('names none') as string });
  });

  it.each(['https://127.0.0.1/x', 'https://169.254.169.254/latest', 'https://[::1]/x', 'https://localhost/x', 'https://10.0.0.1/x', 'https://push.example:22/x'])('hazard: %s is not called', async (endpoint) => {
    const http = createHttpClient({ allowPrivateHosts: [], ports: new Set() });
    const fault = await faultOf((await notifierOf(http)).send(notification({ to: browser(endpoint).to }), signal));
    expect(fault).toMatchObject({ retry: false, message: expect.stringMatching(/an address that this edge may not call/) as string });
    await http.close();
  });

  it.each(HOSTILE.map((text) => [text.slice(0, 40), text] as const))('hazard: %j fits into one message', async (_short, text) => {
    const { http, sent } = service();
    const one = browser();
    await (await notifierOf(http)).send(notification({ to: one.to, tenantName: text, alerts: [alert({ title: text }), alert({ title: text })] }), signal);
    expect(sent[0]?.bytes?.length).toBeLessThan(4_096);
     
    expect(JSON.stringify(opened(sent[0] as HttpRequest, one))).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/);
  });
});
