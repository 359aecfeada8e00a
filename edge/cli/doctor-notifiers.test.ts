import { expect, it } from 'vitest';
import { loadSettings, type SettingsFile } from '../config.js';
import { startMailbox } from '../drivers/notify/test/mailbox.js';
import { SECRET, upstream } from '../test/whole-edge.js';
import { notifiers } from './doctor-notifiers.js';

async function findings(given: SettingsFile['notifiers'], env: Record<string, string>) {
  const settings = await loadSettings({ settings: { tenants: { acme: {} }, notifiers: given }, env: { CCM_JWT_SECRET: SECRET, CCM_ALLOW_PRIVATE_HOSTS: '127.0.0.1', ...env } });
  return (await notifiers(settings)).map(({ state, what, advice = '' }) => `${state} ${what} ${advice}`.trim());
}

const email = { type: 'email' as const, from: 'alerts@erp.example', to: ['desk@erp.example'] };

it('logs in to mail servers, and says what is wrong without the password', async () => {
  const box = await startMailbox({ authOptional: false, onAuth: ({ username, password }, _session, done) => (username === 'edge' && password === 'right' ? done(null, { user: username }) : done(new Error('marker'))) });
  try {
    const [good] = await findings({ desk: email }, { CCM_SMTP_URL: box.url.replace('://', '://edge:right@') });
    expect(good).toMatch(/^ok notifier desk: smtp:\/\/127\.0\.0\.1:\d+ lets the edge in, in \d+ ms$/);
    const [bad] = await findings({ desk: { ...email, smtp: { env: 'OWN' } } }, { OWN: box.url.replace('://', '://edge:marker@') });
    expect(bad).toMatch(/^fail notifier desk: smtp:\/\/127\.0\.0\.1:\d+: The mail server does not let the edge log in: 535\. Is the address right/);
    expect(bad).not.toContain('marker');
    const [gone, nobody] = await findings({ desk: { ...email, to: [] } }, { CCM_SMTP_URL: 'smtp://127.0.0.1:9' });
    expect(gone).toMatch(/^fail notifier desk: smtp:\/\/127\.0\.0\.1:9: The mail server could not be reached/);
    expect(nobody).toBe('warn notifier desk: has no addresses under to, so it tells only users who gave theirs');
    expect(box.received).toEqual([]);
  } finally {
    await box.close();
  }
}, 20_000);

it('reaches the hosts of the others, sends nothing, and keeps an address that is a secret to itself', async () => {
  const asked: string[] = [];
  const service = await upstream(({ method, url }, response) => {
    asked.push(`${method ?? ''} ${url ?? ''}`);
    response.writeHead(404).end();
  });
  try {
    const told = await findings(
      { chat: { type: 'slack', url: { env: 'CHAT' } }, inside: { type: 'alertmanager', url: 'http://10.1.2.3/x' }, gone: { type: 'alertmanager', url: 'http://127.0.0.1:9/x' } },
      { CHAT: `${service.url}/services/marker-secret` },
    );
    expect(told[0]).toMatch(/^ok notifier chat: 127\.0\.0\.1:\d+ answers in \d+ ms$/);
    expect(told[1]).toMatch(/^warn notifier inside: 10\.1\.2\.3 is not reached: .* If it is meant, list 10\.1\.2\.3 in CCM_ALLOW_PRIVATE_HOSTS\.$/);
    expect(told[2]).toMatch(/^warn notifier gone: 127\.0\.0\.1:9 is not reached: ECONNREFUSED Is url right/);
    expect(asked).toEqual(['GET /']);
    expect(told.join()).not.toContain('marker');
  } finally {
    await service.close();
  }
}, 20_000);
