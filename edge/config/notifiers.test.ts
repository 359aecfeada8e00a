import { createECDH } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadSettings, SettingsError, type SettingsFile } from '../config.js';

const pair = createECDH('prime256v1');
pair.generateKeys();
const PUBLIC = pair.getPublicKey('base64url');
const env = {
  CCM_JWT_SECRET: 'f7Kq2-wZs9_Lr4Tn8Xb1Vd6Hc3Jm5Pg0Qy', HOOK: `whsec_${Buffer.from('k7Q-zp_W3s9Lr4Tn8Xb1Vd6H').toString('base64')}`, TOKEN: 'token-of-another-service', VAPID: pair.getPrivateKey('base64url'),
  SMTP: 'smtps://desk:marker-password@mail.example:465', CHAT: 'https://hooks.chat.example/services/T/B/marker-secret?a=1', BROKEN: 'line\nmarker-break', SHORT: 'whsec_c2hvcnQ=', SAME: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  FTP: 'ftp://marker@chat.example', WEIRD: 'smtp://mail.example/?logger=true&marker',
};
const load = (notifiers: unknown, more: Record<string, string> = {}) => loadSettings({ settings: { tenants: { acme: {}, globex: {} }, notifiers } as SettingsFile, env: { ...env, ...more } });

async function faults(notifiers: unknown, more?: Record<string, string>): Promise<string> {
  try {
    await load(notifiers, more);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults.join('\n');
    throw error;
  }
  return '';
}

const email = { type: 'email', from: 'alerts@erp.example', to: ['desk@erp.example'], smtp: { env: 'SMTP' } };
const twilio = { type: 'sms', provider: 'twilio', accountSid: `AC${'a'.repeat(32)}`, authToken: { env: 'TOKEN' }, from: '+15005550006', to: ['+4915112345678'] };
const sms = { type: 'sms', provider: 'http', url: 'https://sms.example/send' };
const webhook = { type: 'webhook', url: 'https://ops.example/hook', secret: { env: 'HOOK' } };
const push = { type: 'push', publicKey: PUBLIC, privateKey: { env: 'VAPID' }, subject: 'mailto:ops@erp.example' };

describe('notifiers', () => {
  it('come with their secrets read and their defaults', async () => {
    const { notifiers } = await load({
      desk: { ...email, from: 'ERP Alerts <alerts@erp.example>' }, phones: twilio, other: { ...sms, secret: { header: 'X-Key', value: { env: 'TOKEN' } }, to: ['+4915112345678'], fields: { to: 'phone' } },
      hook: { ...webhook, tenants: ['acme'], sendResolved: false }, prom: { type: 'alertmanager', url: 'https://ops.example' }, chat: { type: 'slack', url: { env: 'CHAT' } }, browsers: push,
    });
    expect(notifiers).toEqual([
      { name: 'desk', type: 'email', from: 'ERP Alerts <alerts@erp.example>', to: ['desk@erp.example'], smtp: env.SMTP, sendResolved: true },
      { name: 'phones', type: 'sms', provider: 'twilio', accountSid: twilio.accountSid, authToken: env.TOKEN, from: '+15005550006', to: ['+4915112345678'], url: new URL('https://api.twilio.com'), sendResolved: true },
      { name: 'other', type: 'sms', provider: 'http', url: new URL(sms.url), to: ['+4915112345678'], secret: { header: 'X-Key', value: env.TOKEN }, fields: { to: 'phone', text: 'text' }, sendResolved: true },
      { name: 'hook', type: 'webhook', url: new URL(webhook.url), secret: env.HOOK, tenants: ['acme'], sendResolved: false },
      { name: 'prom', type: 'alertmanager', url: new URL('https://ops.example'), sendResolved: true },
      { name: 'chat', type: 'slack', url: new URL(env.CHAT), sendResolved: true },
      { name: 'browsers', type: 'push', publicKey: PUBLIC, privateKey: env.VAPID, subject: 'mailto:ops@erp.example', sendResolved: true },
    ]);
  });

  it('email has a mail server, its own or that of the environment', async () => {
    const { smtp: _, ...bare } = email;
    expect(await faults({ desk: bare })).toBe('settings: notifiers.desk.smtp: is missing, and so is CCM_SMTP_URL: the mail server to send with');
    const { environment } = await load({ desk: bare }, { CCM_SMTP_URL: env.SMTP });
    expect(environment.smtpUrl).toBe(env.SMTP);
    expect(await faults({}, { CCM_SMTP_URL: 'http://user:marker@mail.example' })).toMatch(/^CCM_SMTP_URL: must be a URL like smtp:/);
    expect(await faults({}, { CCM_SMTP_URL: 'smtp://user:marker@mail.example:587' })).toBe('');
  });

  it.each<[string, unknown, RegExp]>([
    ['Ops', webhook, /must be a notifier's name/], ['x', { type: 'pigeon' }, /notifiers\.x\.type: must be one of.*email/], ['x', { ...sms, provider: 'pigeon' }, /notifiers\.x\.provider: must be one of/], ['x', { url: 'https://a.example' }, /notifiers\.x\.type: is required/],
    ['x', { ...webhook, sendResolvd: true }, /notifiers\.x\.sendResolvd: is not a setting that CCM knows; did you mean sendResolved\?/], ['x', { ...webhook, tenants: ['nobody'] }, /notifiers\.x\.tenants\[0\]: nobody is not under tenants/],
    ['x', { ...webhook, secret: 'in the file' }, /notifiers\.x\.secret: must be \{"env": "NAME"\}/], ['x', { ...webhook, secret: { env: 'NONE' } }, /NONE is not set/], ['x', { ...webhook, secret: { env: 'TOKEN' } }, /secret: TOKEN must be whsec_ and the base64 of 24 to 64 bytes/],
    ['x', { ...webhook, secret: { env: 'SHORT' } }, /SHORT must be whsec_/], ['x', { ...webhook, secret: { env: 'SAME' } }, /SAME has fewer than 8 different bytes/], ['x', { ...webhook, url: 'https://user:marker@ops.example' }, /url: must have no user/],
    ['x', { ...webhook, url: 'https://ops.example/a//b' }, /url: its path must not have an empty segment/], ['x', { ...webhook, url: 'file:///etc/passwd' }, /url: must be an http or https URL/],
    ['x', { type: 'slack', url: 'https://hooks.chat.example' }, /url: must be \{"env": "NAME"\}/], ['x', { type: 'teams', url: { env: 'FTP' } }, /url: FTP must be an http or https URL/], ['x', { type: 'alertmanager', url: 'https://ops.example', secret: { env: 'BROKEN' } }, /secret: BROKEN has characters that are not ASCII, or a line break/],
    ['x', { ...email, to: ['desk@erp.example, x@y.example'] }, /to\[0\]: must be an email address/], ['x', { ...email, to: ['desk@erp.example\r\nBcc: x@y.example'] }, /to\[0\]: must be an email address/], ['x', { ...email, from: 'A\r\nBcc: x <a@b.example>' }, /from: must be an email address, or a name/],
    ['x', { ...email, to: Array.from({ length: 10_000 }, (_, n) => `u${n}@erp.example`) }, /to: must name at most 100/], ['x', { ...email, smtp: { env: 'WEIRD' } }, /smtp: WEIRD must be a URL like smtp:/],
    ['x', { ...twilio, accountSid: 'AC1' }, /accountSid: must be AC and 32 hex digits/], ['x', { ...twilio, to: ['0151123'] }, /to\[0\]: must be a phone number/], ['x', { ...twilio, from: 'Far too long a name' }, /from: must be a phone number, a sender's name/],
    ['x', { ...sms, secret: { header: 'Host', value: { env: 'TOKEN' } } }, /header: must not be a header that HTTP itself needs/], ['x', { ...sms, fields: { to: '__proto__' } }, /fields\.to: must be a field's name/], ['x', { ...sms, fields: { to: 'text' } }, /fields: must have two names that differ/],
    ['x', { ...push, publicKey: 'short' }, /publicKey: must be a VAPID key of 87 characters/], ['x', { ...push, publicKey: `B${'A'.repeat(86)}` }, /privateKey: VAPID is not the private key of publicKey/], ['x', { ...push, privateKey: { env: 'TOKEN' } }, /privateKey: TOKEN must be a VAPID key of 43/], ['x', { ...push, subject: 'ops' }, /subject: must be mailto:/],
  ])('%s: %j is refused', async (name, given, words) => {
    const told = await faults({ [name]: given });
    expect(told).toMatch(words);
    expect(told).not.toContain('marker');
  });
});
