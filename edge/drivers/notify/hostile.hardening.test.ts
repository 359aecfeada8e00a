/** Texts that are none, in what machines read: each body is whole JSON of whole characters, and no header holds anything of them. */
import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NotifierSettings } from '../../kernel/alert-settings.js';
import { systemClock } from '../../kernel/clock.js';
import type { HttpClient } from '../../kernel/http-client.js';
import { createHttpClient } from '../http/client.js';
import { startServer, type TestServer } from '../http/test/server.js';
import { createNotifiers } from './notifiers.js';
import { alert, HOSTILE, notification, PAGE, silent, TENANTS } from './test/notification.js';

const SECRET = `whsec_${Buffer.from('one key of thirty-two bytes, here').toString('base64')}`;
const TEXTS = [...HOSTILE, '\udc00\ud800', 'a\\\ud800', '\\\\ud800', '{{{{name}}}}', '\u0000', '🧨\ud83e'];

let server: TestServer;
let http: HttpClient;
let asked: { headers: IncomingHttpHeaders; bytes: Buffer }[];
beforeAll(async () => {
  http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
  server = await startServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      asked.push({ headers: request.headers, bytes: Buffer.concat(chunks) });
      response.end();
    });
  });
});
afterAll(async () => {
  await Promise.all([http.close(), server.close()]);
});
beforeEach(() => void (asked = []));

/** All names and texts of it. */
const textsOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, part]) => [name, ...textsOf(part)]) : []);

describe('Hostile texts in what machines read', () => {
  it.each(TEXTS.map((text) => [JSON.stringify(text).slice(0, 40), text] as const))('%s', async (_shown, text) => {
    const settings: NotifierSettings[] = [
      { name: 'hook', type: 'webhook', url: server.url, secret: SECRET, sendResolved: true }, { name: 'am', type: 'alertmanager', url: server.url, sendResolved: true },
      { name: 'text', type: 'sms', provider: 'http', url: server.url, to: ['+4915112345678'], fields: { to: 'to', text: 'text' }, sendResolved: true },
      { name: 'slack', type: 'slack', url: server.url, sendResolved: true }, { name: 'teams', type: 'teams', url: server.url, sendResolved: true },
    ];
    const { all } = await createNotifiers({ settings: { notifiers: settings, tenants: TENANTS, environment: {}, alerts: { pageUrl: PAGE } }, http, publicHttp: http, clock: systemClock, log: silent });
    const hostile = alert({ key: text, rule: text, name: text, title: text, text, value: text, threshold: text, labels: { team: text, [text]: text }, assignee: text, ack: { by: text, at: '2026-03-02T13:40:00Z', comment: text } });
    for (const notifier of all) await notifier.send(notification({ tenantName: text, groupKey: text, groupLabels: { [text]: text }, alerts: [hostile] }), AbortSignal.timeout(5_000));
    expect(asked).toHaveLength(5);
    for (const { headers, bytes } of asked) {
      const body = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      for (const one of textsOf(JSON.parse(body))) expect(one).not.toMatch(/\p{Surrogate}/u);
      expect(Object.values(headers).join(' ')).toMatch(/^[\x20-\x7e]*$/);
      expect(Object.keys(headers).join(' ')).not.toMatch(/bcc|subject/);
    }
    const [{ headers, bytes }] = asked as [(typeof asked)[0]];
    const told = new Webhook(SECRET).verify(bytes.toString('utf8'), headers as Record<string, string>) as { data: { alerts: { title: string; value: string }[] } };
    // What machines get is as it was typed, but for what is no character.
    expect(told.data.alerts[0]).toMatchObject({ title: text.replaceAll(/\p{Surrogate}/gu, '\ufffd'), value: text.replaceAll(/\p{Surrogate}/gu, '\ufffd') });
  });
});
