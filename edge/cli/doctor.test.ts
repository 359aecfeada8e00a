import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SettingsFile } from '../config.js';
import { createVault } from '../drivers/fernet/vault.js';
import { openStore } from '../drivers/store/open-store.js';
import { createCredentialStore } from '../features/credentials/store.js';
import { FERNET_KEY, SECRET, upstream } from '../test/whole-edge.js';
import { doctorCommand } from './doctor.js';

const LOST_KEY = 'Gx7d0M5r3o9lq2hZ8bVtYwJmKpQsUaEcRfNiLkXvTzE=';
let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'ccm-doctor-'))));
afterEach(() => rm(folder, { recursive: true }));

async function doctor(settings: Partial<SettingsFile>, env: Record<string, string> = {}) {
  const config = join(folder, 'ccm.config.json');
  await writeFile(config, JSON.stringify({ tenants: { acme: {} }, ...settings }));
  const lines: string[] = [];
  const code = await doctorCommand.run(['--config', config], {
    env: { CCM_JWT_SECRET: SECRET, CCM_DATABASE_URL: `sqlite:${join(folder, 'ccm.db')}`, ...env },
    out: (line) => void lines.push(line), err: (line) => void lines.push(line), stopped: () => Promise.resolve(),
  });
  return { code, text: lines.join('\n') };
}

it('has a line for each connector: reached, refused, unknown, private', async () => {
  const service = await upstream((_request, response) => void response.writeHead(401).end());
  try {
    const { text } = await doctor({
      connectors: {
        well: { baseUrl: service.url }, gone: { baseUrl: 'http://127.0.0.1:9' }, nowhere: { baseUrl: 'https://api.nowhere.invalid' }, private: { baseUrl: 'http://10.1.2.3' }, mailchimp: {},
      },
    }, { CCM_ALLOW_PRIVATE_HOSTS: '127.0.0.1', CCM_FERNET_KEYS: FERNET_KEY });
    expect(text).toMatch(/^ok {4}connector well: 127\.0\.0\.1:\d+ answers in \d+ ms$/m);
    expect(text).toMatch(/^warn {2}connector gone: 127\.0\.0\.1:9 is not reached: ECONNREFUSED\n {6}Is baseUrl right/m);
    expect(text).toMatch(/^warn {2}connector nowhere: api\.nowhere\.invalid is not reached: (ENOTFOUND|EAI_AGAIN)\n {6}No name server knows/m);
    expect(text).toMatch(/^warn {2}connector private: 10\.1\.2\.3 is not reached: its address is not public, and not in CCM_ALLOW_PRIVATE_HOSTS\n {6}If it is meant, list 10\.1\.2\.3/m);
    expect(text).toMatch(/^ok {4}connector mailchimp: its host depends on the key/m);
  } finally {
    await service.close();
  }
}, 20_000);

it('says whether the keys that tokens are checked with are there', async () => {
  let body: unknown = { keys: [{}, {}] };
  const issuer = await upstream((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)));
  const keys = (url: string) => doctor({}, { CCM_JWT_SECRET: '', CCM_JWKS_URL: url });
  try {
    expect((await keys(`${issuer.url}/keys`)).text).toMatch(/^ok {4}CCM_JWKS_URL: 127\.0\.0\.1:\d+ has 2 keys for tokens, in \d+ ms$/m);
    body = { issuer: 'x' };
    expect((await keys(`${issuer.url}/keys`)).text).toMatch(/^fail {2}CCM_JWKS_URL: 127\.0\.0\.1:\d+: its answer is no key set\n/m);
  } finally {
    await issuer.close();
  }
  const { code, text } = await keys('http://127.0.0.1:9/keys');
  expect([code, text]).toEqual([1, expect.stringMatching(/^fail {2}CCM_JWKS_URL: 127\.0\.0\.1:9: .* \(ECONNREFUSED\)\n {6}Without these keys no token can be checked/m)]);
}, 20_000);

it('asks for the packages that the settings use, and for no others', async () => {
  const { text } = await doctor({});
  expect(text).not.toMatch(/mqtt|ioredis/);
  const { text: used } = await doctor({ mqtt: { url: 'mqtt://127.0.0.1:9', topics: { a: { tenant: 'acme' } } } }, { CCM_REDIS_URL: 'redis://127.0.0.1:9' });
  expect(used).toMatch(/^ok {4}mqtt \(/m);
  expect(used).toMatch(/^ok {4}ioredis \(/m);
}, 20_000);

it('warns of a connector that waits for credentials where there is no key, and of a variable that nobody reads', async () => {
  const { code, text } = await doctor({ connectors: { crm: { baseUrl: 'https://api.nowhere.invalid', takes: [{ kind: 'bearer' }] } } }, { CCM_ALOWED_ORIGINS: 'x' });
  expect(text).toMatch(/^warn {2}CCM_FERNET_KEYS: is missing, so no credential can be saved .*\(crm\)/m);
  expect(text).toMatch(/^warn {2}CCM_ALOWED_ORIGINS: .*did you mean CCM_ALLOWED_ORIGINS\?$/m);
  expect(code).toBe(0);
});

it('makes no database, and says where none can be made', async () => {
  expect((await doctor({})).text).toMatch(/^ok {4}store: sqlite:.*ccm\.db is not there yet; serve makes it$/m);
  expect(existsSync(join(folder, 'ccm.db'))).toBe(false);
  const { code, text } = await doctor({}, { CCM_DATABASE_URL: `sqlite:${join(folder, 'none', 'ccm.db')}` });
  expect([code, text]).toEqual([1, expect.stringMatching(/^fail {2}store: .* is not there, and cannot be made in .*none\n {6}Make that folder/m)]);
  (await openStore(`sqlite:${join(folder, 'ccm.db')}`)).close();
  expect((await doctor({})).text).toMatch(/^ok {4}store: .* opens and is up to date$/m);
});

it('leaves a store of an older CCM as it is, and says who brings it up to date', async () => {
  const file = join(folder, 'ccm.db');
  const store = await openStore(`sqlite:${file}`);
  // The newest of them is not known to this store yet.
  store.db.run('DELETE FROM __drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM __drizzle_migrations)');
  store.close();
  const before = await readFile(file);
  const { code, text } = await doctor({});
  expect([code, text]).toEqual([0, expect.stringMatching(/^ok {4}store: .* opens and is of an older CCM; serve and migrate bring it up to date$/m)]);
  expect(await readFile(file)).toEqual(before);
});

it('fails where this user may not write the store', async () => {
  const file = join(folder, 'ccm.db');
  (await openStore(`sqlite:${file}`)).close();
  await writeFile(join(folder, 'ccm.config.json'), '');
  await chmod(join(folder, 'ccm.config.json'), 0o666);
  await chmod(folder, 0o777);
  await chmod(file, 0o444);
  // For root the rights of a file are nothing.
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid!(65_534);
  try {
    const { code, text } = await doctor({});
    expect([code, text]).toEqual([1, expect.stringMatching(/^fail {2}store: .* cannot be changed: this user may not write .*ccm\.db\n {6}Let the edge write the file/m)]);
  } finally {
    if (root) process.seteuid!(0);
  }
});

it('names a way of a rule that leads to nobody', async () => {
  expect((await doctor({ alerts: { rules: [{ widgetId: 'a', field: 'b', operator: '<', value: 1, severity: 'critical', notifications: ['email'] }] } })).text).toMatch(/^warn {2}ccm\.config\.json: notifiers: none tells anybody by email, which alerts\.rules\[0\]\.notifications names; nobody is told so$/m);
});

it('counts and names the stored secrets that no key opens, never their value', async () => {
  const store = await openStore(`sqlite:${join(folder, 'ccm.db')}`);
  const rows = createCredentialStore(store);
  for (const [name, key] of [['good', FERNET_KEY], ['lost\nok', LOST_KEY]] as const) {
    const place = { tenant: 'acme', owner: 'ada', name };
    rows.save({ ...place, id: name, apiName: 'crm', authType: 'bearer', last4: '', createdBy: 'ada', createdAt: 1, lastUsedAt: null, sealed: createVault([key]).seal('marker-secret', place) });
  }
  store.close();
  const { text } = await doctor({}, { CCM_FERNET_KEYS: FERNET_KEY });
  expect(text).toMatch(/^warn {2}store: 1 secrets that no key of CCM_FERNET_KEYS opens: tenant "acme", user "ada", credential "lost\\nok"$/m);
  expect(text).not.toContain('marker');
  expect((await doctor({})).text).toMatch(/^fail {2}store: .* holds secrets, and CCM_FERNET_KEYS is missing$/m);
});
