import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { PNG } from 'pngjs';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { EmailSettings } from '../../kernel/alert-settings.js';
import { NotifyFault, type Notification } from '../../kernel/alerts.js';
import { createEmailNotifier } from './email.js';
import { createMessages } from './message.js';
import { startMailbox, type Mailbox } from './test/mailbox.js';
import { alert, history, HOSTILE, notification, PAGE, silent, TENANTS } from './test/notification.js';

const SETTINGS: EmailSettings = { type: 'email', name: 'ops', from: 'Alerts <alerts@erp.example>', to: ['desk@erp.example', 'night@erp.example'], sendResolved: true };
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function mailbox(options?: SMTPServerOptions): Promise<Mailbox> {
  const box = await startMailbox(options);
  ends.push(() => box.close());
  return box;
}

async function notifierTo(smtpUrl: string, more: Partial<EmailSettings> = {}) {
  const notifier = await createEmailNotifier({ settings: { ...SETTINGS, ...more }, smtpUrl, messageOf: createMessages({ tenants: TENANTS, pageUrl: PAGE }), log: silent });
  ends.push(() => notifier.close());
  return notifier;
}

async function sent(box: Mailbox, given: Notification, more: Partial<EmailSettings> = {}) {
  const notifier = await notifierTo(box.url, more);
  await notifier.send(given, AbortSignal.timeout(5_000));
  return box.received.at(-1) as Mailbox['received'][number];
}

async function faultOf(work: Promise<unknown>): Promise<NotifyFault> {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof NotifyFault)) throw new Error(`no NotifyFault: ${String(error)}`);
  return error;
}

/** Names of the headers, which end at the first empty line. */
const headerNames = (raw: string): string[] => (raw.split('\r\n\r\n', 1)[0] ?? '').split('\r\n').filter((line) => /^[\w-]+:/.test(line)).map((line) => (line.split(':', 1)[0] ?? '').toLowerCase());

describe('a mail', () => {
  it('arrives with text, HTML and a picture of the last hours', async () => {
    const { mail, from, to } = await sent(await mailbox(), notification({ alerts: [alert({ history: history() })] }));
    expect({ from, to, subject: mail.subject }).toEqual({ from: 'alerts@erp.example', to: SETTINGS.to, subject: '[Acme] Critical: Bolts: stock 3 is below 5' });
    expect(mail.from?.value).toEqual([{ address: 'alerts@erp.example', name: 'Alerts' }]);
    expect(mail.text).toContain('CRITICAL: Bolts: stock 3 is below 5\n  Value: 3 (below 5)\n  Firing since 2 Mar, 14:31 CET (12m)');
    expect(mail.text).toContain('Open: https://erp.example/dashboard?layout=default&alert=a-1');
    expect(mail.html).toContain('>3</span>');
    expect(mail.html).toContain('href="https://erp.example/dashboard?layout=default&#38;alert=a-1"');
    const [picture] = mail.attachments;
    expect(mail.html).toContain(`src="cid:${picture?.cid ?? '?'}"`);
    expect(mail.html).toMatch(/alt="The last hours: lowest 3, highest 21.94, now 3"/);
    expect(picture?.contentType).toBe('image/png');
    expect(picture?.size).toBeLessThan(10 * 1024);
    expect(PNG.sync.read(picture?.content as Buffer)).toMatchObject({ width: 960, height: 128 });
  });

  it('says nothing of a value where the alert came from outside', async () => {
    const { mail } = await sent(await mailbox(), notification({ alerts: [alert({ operator: undefined, value: null, threshold: null, title: 'Disk full' })] }));
    expect(mail.text).toContain('CRITICAL: Disk full\n  Firing since');
    expect(`${mail.text} ${String(mail.html)}`).not.toMatch(/Value|no data|font-size:32px/);
  });

  it('says what it is to mail programs: automatic, of a list, in one thread, urgent where it is critical', async () => {
    const box = await mailbox();
    const notifier = await notifierTo(box.url);
    const signal = AbortSignal.timeout(5_000);
    await notifier.send(notification(), signal);
    await notifier.send(notification({ id: 'n-2', status: 'resolved', alerts: [alert({ state: 'resolved', resolvedAt: '2026-03-02T13:43:00Z' })] }), signal);
    const [first, second] = box.received.map(({ mail }) => mail);
    expect(first?.messageId).toBe('<n-1@erp.example>');
    expect(first?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(first?.headers.get('list')).toEqual({ id: { name: 'ops.alerts.erp.example' } });
    expect(first?.headers.get('x-ccm-notification-id')).toBe('n-1');
    expect(first?.headers.get('priority')).toBe('high');
    expect(second?.subject).toBe('[Acme] Resolved: Bolts: stock 3 is below 5');
    expect(second?.headers.has('priority')).toBe(false);
    expect(second?.references).toEqual(first?.references);
    expect(box.connections()).toBe(1);
  });

  it('goes to a user alone where it is theirs', async () => {
    const { to, mail } = await sent(await mailbox(), notification({ to: 'ada@erp.example' }));
    expect(to).toEqual(['ada@erp.example']);
    expect([mail.to].flat()[0]?.value).toEqual([{ address: 'ada@erp.example', name: '' }]);
  });

  it('says clearly that it is a test', async () => {
    const { mail } = await sent(await mailbox(), notification({ status: 'test' }));
    expect(mail.subject).toMatch(/^\[Acme\] Test message of ops/);
    expect(mail.text).toContain('This is a test of the notifier ops. Nothing is wrong');
    expect(mail.html).toContain('Nothing is wrong');
    expect(mail.text).not.toContain('CRITICAL');
  });

  it('counts what it does not show', async () => {
    const alerts = Array.from({ length: 40 }, (_, n) => alert({ id: `a-${n}`, name: `Part ${n}`, value: 1, title: `Part ${n}: stock 1 is below 5` }));
    const { mail } = await sent(await mailbox(), notification({ alerts, truncated: 9_960 }));
    expect(mail.subject).toBe('[Acme] 10000 alerts: Part 0: stock 1 is below 5, Part 1: stock 1 is below 5, Part 2: stock 1 is below 5, …');
    expect(mail.text).toContain('… and 9980 more.');
  });
});

describe('hazard: email injection', () => {
  it.each(HOSTILE.map((text) => [text.slice(0, 40), text] as const))('%j in every field adds no header, no recipient and no markup', async (_short, text) => {
    const hostile = alert({
      name: text, rule: text, title: text, text, key: text, labels: { [text]: text, unit: text }, value: text, threshold: text, assignee: text, runbook: `javascript:${text}`, ack: { by: text, at: text, comment: text },
    });
    const box = await mailbox();
    const plain = await sent(box, notification({ alerts: [alert()] }));
    const { raw, to, mail } = await sent(box, notification({
      id: text, tenantName: text, notifier: text, groupKey: text, groupLabels: { a: text }, alerts: [hostile, hostile], reason: 'escalated',
    }));
    expect(to).toEqual(SETTINGS.to);
    expect(new Set(headerNames(raw))).toEqual(new Set(headerNames(plain.raw)));
    expect(mail.headers.has('bcc')).toBe(false);
    const html = String(mail.html);
    expect(html).not.toMatch(/<(?:script|style|img src=x|b>|\/title><style)/);
    expect(html).not.toMatch(/href="(?!https:\/\/erp\.example)/);
     
    expect(`${mail.subject ?? ''}${html}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
    expect([...(mail.subject ?? '')].length).toBeLessThan(320);
    expect(raw.length).toBeLessThan(120_000);
  });

  it.each(['a@x.example, b@x.example', 'a@x.example\r\nBcc: b@x.example', '"a" <a@x.example>', '@x.example', '', 'a@x.example>', `${'a'.repeat(70)}@x.example`])('%j is no address of a user', async (to) => {
    const box = await mailbox();
    const notifier = await notifierTo(box.url);
    expect(await faultOf(notifier.send(notification({ to }), AbortSignal.timeout(5_000)))).toMatchObject({ retry: false, gone: true });
    expect(box.received).toEqual([]);
  });

  it('10,000 recipients are refused', async () => {
    const box = await mailbox();
    const notifier = await notifierTo(box.url, { to: Array.from({ length: 10_000 }, (_, n) => `user${n}@erp.example`) });
    const fault = await faultOf(notifier.send(notification(), AbortSignal.timeout(5_000)));
    expect(fault).toMatchObject({ retry: false, message: 'A mail goes to at most 100 addresses, and this would go to 10000.' });
    expect(box.connections()).toBe(0);
  });
});

describe('a mail server that does not take it', () => {
  const answering = (code: number, text: string): SMTPServerOptions => ({ onMailFrom: (_address, _session, done) => done(Object.assign(new Error(text), { responseCode: code })) });
  const signal = () => AbortSignal.timeout(5_000);

  it.each([[421, true], [451, true], [452, true], [550, false], [552, false], [554, false]])('%d: another try is %s', async (code, retry) => {
    const notifier = await notifierTo((await mailbox(answering(code, `${code > 500 ? 5 : 4}.7.1 secret words of the server`))).url);
    const fault = await faultOf(notifier.send(notification(), signal()));
    expect(fault).toMatchObject({ retry, gone: false });
    expect(fault.message).toMatch(new RegExp(`^The mail server did not take the mail: ${code} [45]\\.7\\.1\\.$`));
  });

  it('who was taken gets it no second time, who was not gets the other try', async () => {
    let busy = true;
    const box = await mailbox({
      onRcptTo: ({ address }, _session, done) => done(busy && address === 'night@erp.example' ? Object.assign(new Error('busy'), { responseCode: 450 }) : null),
    });
    const notifier = await notifierTo(box.url);
    expect(await faultOf(notifier.send(notification(), signal()))).toMatchObject({ retry: true, message: '1 of 2 addresses were not taken. The mail server did not take the mail: 450.' });
    busy = false;
    await notifier.send(notification(), signal());
    await notifier.send(notification(), signal());
    expect(box.received.map(({ to }) => to)).toEqual([['desk@erp.example'], ['night@erp.example']]);
    expect(box.received.map(({ mail }) => mail.messageId)).toEqual(['<n-1@erp.example>', '<n-1@erp.example>']);
  });

  it('that is not there, hangs, or cuts the line: another try', async () => {
    const nobody = await notifierTo('smtp://127.0.0.1:9');
    expect(await faultOf(nobody.send(notification(), signal()))).toMatchObject({ retry: true });
    const unknown = await notifierTo('smtp://mail.nowhere.invalid');
    expect(await faultOf(unknown.send(notification(), signal()))).toMatchObject({ retry: true });

    for (const behave of [(end: () => void) => void end, (end: () => void) => end()]) {
      const server = createServer((socket) => behave(() => void socket.on('error', () => undefined).destroy())).listen(0, '127.0.0.1');
      await once(server, 'listening');
      ends.push(() => server.close());
      const notifier = await notifierTo(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const started = performance.now();
      expect(await faultOf(notifier.send(notification(), AbortSignal.timeout(300)))).toMatchObject({ retry: true });
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });

  it('that offers STARTTLS with a certificate that is not trusted gets nothing in the clear', async () => {
    const box = await mailbox({ disabledCommands: [] });
    const fault = await faultOf((await notifierTo(box.url)).send(notification(), signal()));
    expect(fault).toMatchObject({ retry: true, message: 'The mail server and the edge agree on no TLS, or its certificate is not trusted.' });
    expect(box.received).toEqual([]);
  });

  it('that refuses the password: neither it nor the user is in what is told', async () => {
    const box = await mailbox({ authOptional: false, onAuth: (_auth, _session, done) => done(new Error('no such user: marker-user, password marker-secret')) });
    const notifier = await notifierTo(box.url.replace('://', '://marker-user:marker-secret@'));
    const fault = await faultOf(notifier.send(notification(), signal()));
    expect(fault).toMatchObject({ retry: false, message: expect.stringMatching(/^The mail server does not let the edge log in: 535/) as string });
    expect(JSON.stringify([fault.message, fault.stack, String(fault.cause)])).not.toContain('marker');
  });
});
