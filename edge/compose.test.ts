import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { compose } from './compose.js';
import { loadSettings } from './config.js';
import { systemClock } from './kernel/clock.js';
import { createLog } from './kernel/log.js';
import type { Settings } from './kernel/settings.js';
import { SECRET } from './test/whole-edge.js';

it('an edge that fails late holds on to nothing: the store is closed, no timer writes, and the next start is as ever', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ccm-compose-'));
  const file = join(folder, 'ccm.db');
  try {
    const settings = await loadSettings({ settings: { tenants: { acme: {} } }, env: { CCM_JWT_SECRET: SECRET, CCM_DATABASE_URL: `sqlite:${file}` } });
    const log = createLog({ level: 'silent' });
    const broken: Settings = Object.defineProperty({ ...settings }, 'grants', {
      get: () => {
        // The last connection takes the log of the database with it when it closes.
        expect(existsSync(`${file}-wal`)).toBe(true);
        throw new Error('late');
      },
    });
    await expect(compose(broken, { log })).rejects.toThrow('late');
    expect([existsSync(file), existsSync(`${file}-wal`)]).toEqual([true, false]);

    const edge = await compose(settings, { log });
    expect((await edge.app.request('/healthz')).status).toBe(200);
    await edge.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('while the keys that tokens are checked with cannot be fetched, the log names the host and the cause, once', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'one' };
  let away = true;
  const issuer = createServer((_request, response) => void response.writeHead(away ? 500 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [key] })));
  await new Promise<void>((resolve) => void issuer.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  const token = await new SignJWT({ tenant: 'acme' }).setProtectedHeader({ alg: 'ES256', kid: 'one' }).setSubject('ada').setExpirationTime('5m').sign(privateKey);
  const lines: Record<string, unknown>[] = [];
  let now = 0;
  const edge = await compose(
    await loadSettings({ settings: { tenants: { acme: {} } }, env: { CCM_JWKS_URL: `http://${host}/keys`, CCM_DATABASE_URL: 'sqlite::memory:' } }),
    { log: createLog({ destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) } }), clock: { ...systemClock, monotonic: () => now } },
  );
  const ask = async () => (await edge.app.request('/api/v1/widgets', { headers: { authorization: `Bearer ${token}` } })).status;
  try {
    for (; now < 10_000; now += 2_500) expect(await ask()).toBe(502);
    away = false;
    expect(await ask()).toBe(200);
    expect(lines.filter(({ api }) => api === 'CCM_JWKS_URL')).toMatchObject([
      { host, why: 'status 500', msg: 'a source is away; it is tried again' }, { host, msg: 'a source is back' },
    ]);
  } finally {
    await edge.close();
    issuer.close();
  }
});
