import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRedis, startRedis } from './drivers/redis/test/server.js';
import { program } from './test/program.js';

const SECRET = 'f7Kq2-wZs9_Lr4Tn8Xb1Vd6Hc3Jm5Pg0Qy';

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ccm-cli-'));
  env = { PATH: process.env['PATH'] ?? '', CCM_JWT_SECRET: SECRET, CCM_DATABASE_URL: `sqlite:${join(folder, 'ccm.db')}`, CCM_PORT: '0', CCM_LOG_LEVEL: 'silent' };
  await writeFile(join(folder, 'ccm.config.json'), JSON.stringify({ tenants: { acme: {} } }));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ran {
  code: number;
  out: string;
  err: string;
}

function ccm(args: string[], changes: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program('cli'), ...args], { cwd: folder, env: { ...env, ...changes } }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('ccm', () => {
  it('shows its commands', async () => {
    const { code, out } = await ccm(['help']);
    expect(code).toBe(0);
    for (const name of ['serve', 'demo', 'token', 'doctor', 'migrate', 'backup', 'audit', 'keys']) expect(out).toContain(`  ${name} `);
  });
  it('says what it does not know', async () => {
    expect(await ccm(['serv'])).toMatchObject({ code: 2, err: expect.stringMatching(/^ccm: there is no command serv\./) });
    expect(await ccm(['serve', '--prot', '1'])).toMatchObject({ code: 2, err: expect.stringMatching(/^ccm serve: Unknown option '--prot'[^]*\nUsage: ccm serve /) });
  });
  it('names the option that is wrong', async () => {
    for (const [command, port] of [['serve', 'abc'], ['serve', '99999'], ['demo', '-1x']] as const) {
      expect(await ccm([command, `--port=${port}`])).toMatchObject({ code: 2, err: expect.stringMatching(new RegExp(`^ccm ${command}: --port ${port}: must be a whole number`)) });
    }
  });
  it('does not start without a key, or with a wrong file', async () => {
    expect(await ccm(['serve'], { CCM_JWT_SECRET: '' })).toMatchObject({ code: 1, err: expect.stringMatching(/^CCM_JWT_SECRET: is missing/) });
    expect(await ccm(['serve'], { CCM_JWT_SECRET: 'my_very_long_and_safe_secret_key' })).toMatchObject({ code: 1, err: expect.stringMatching(/^CCM_JWT_SECRET: is a known example/) });
    await writeFile(join(folder, 'wrong.json'), '{"tenants": {"acme": {"currency": "€"}}}');
    expect(await ccm(['serve', '--config', 'wrong.json'])).toMatchObject({ code: 1, err: 'wrong.json: tenants.acme.currency: must be an ISO 4217 code such as EUR\n' });
  });
});

describe('ccm token', () => {
  it('prints a token with these claims', async () => {
    const { code, out } = await ccm(['token', '--user', 'ada', '--tenant', 'acme', '--roles', 'admin, user', '--permissions', 'sales.*', '--expires', '2h'], { CCM_JWT_AUDIENCE: 'ccm' });
    expect(code).toBe(0);
    const claims = JSON.parse(Buffer.from(out.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    expect(claims).toMatchObject({ sub: 'ada', tenant: 'acme', roles: ['admin', 'user'], permissions: ['sales.*'], aud: 'ccm' });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBeGreaterThan(7_100);
  });
  it('names its claims as the settings do, whose secrets it does not need', async () => {
    const claims = { subject: 'uid', tenant: 'org', roles: 'groups', permissions: 'scopes' };
    await writeFile(join(folder, 'claims.json'), JSON.stringify({ tenants: { acme: {} }, ingest: { hall: { secret: { env: 'NOT_SET' }, tenant: 'acme' } }, claims }));
    const { code, out } = await ccm(['token', '--user', 'ada', '--tenant', 'acme', '--permissions', 'sales.*', '--config', 'claims.json']);
    expect(code).toBe(0);
    const payload = JSON.parse(Buffer.from(out.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    expect(payload).toMatchObject({ uid: 'ada', org: 'acme', groups: ['user'], scopes: ['sales.*'] });
    expect(payload).not.toHaveProperty('sub');
    expect(await ccm(['token', '--user', 'ada', '--tenant', 'acme', '--config', 'none.json'])).toMatchObject({ code: 1, err: expect.stringMatching(/^none\.json: there is no such file/) });
  });
  it('names what is missing', async () => {
    expect(await ccm(['token', '--user', 'ada'])).toMatchObject({ code: 2, err: expect.stringMatching(/^ccm token: --tenant is missing\nUsage: /) });
    expect(await ccm(['token', '--user', 'a', '--tenant', 'b', '--expires', 'soon'])).toMatchObject({ code: 2, err: expect.stringContaining('--expires soon: write a number') });
  });
});

it('ccm migrate makes the database, twice with the same end', async () => {
  for (let round = 0; round < 2; round += 1) expect(await ccm(['migrate'])).toMatchObject({ code: 0, out: `${env['CCM_DATABASE_URL']} is up to date.\n` });
  expect(await ccm(['migrate'], { CCM_DATABASE_URL: 'mysql://x' })).toMatchObject({ code: 1, err: expect.stringMatching(/^CCM_DATABASE_URL: mysql:/) });
});

it('ccm doctor finds what is wrong and says what to do', async () => {
  const well = await ccm(['doctor']);
  expect(well.code, well.out).toBe(0);
  expect(well.out).toMatch(/^ok {4}settings: 1 tenants, 0 modules, 0 widgets$/m);
  await writeFile(join(folder, 'modules.json'), JSON.stringify({ tenants: { acme: {} }, modules: { sales: { url: 'http://127.0.0.1:9', secret: { env: 'S' }, tenants: ['acme'] } } }));
  const ill = await ccm(['doctor', '--config', 'modules.json'], { S: SECRET, CCM_ALLOW_PRIVATE_HOSTS: '127.0.0.1' });
  expect(ill.code).toBe(1);
  expect(ill.out).toMatch(/^fail {2}module sales: .+\n {6}http:\/\/127\.0\.0\.1:9\/health must answer/m);
});

describe.skipIf(noRedis)('ccm doctor and a real Redis (skipped where redis-server is not installed)', () => {
  it('says whether it can be used, never with its password', async () => {
    const server = await startRedis({ password: 'marker-of-redis' });
    try {
      const well = await ccm(['doctor'], { CCM_REDIS_URL: server.url.href });
      expect(well.out).toMatch(/^ok {4}redis: redis:\/\/127\.0\.0\.1:\d+ answers in \d+ ms$/m);
      expect(well.code).toBe(0);
      const ill = await ccm(['doctor'], { CCM_REDIS_URL: server.url.href.replace('marker-of-redis', 'wrong-marker') });
      expect(ill.out).toMatch(/^fail {2}redis: redis:\/\/127\.0\.0\.1:\d+: WRONGPASS.+\n {6}Is CCM_REDIS_URL right/m);
      expect(ill.code).toBe(1);
      await server.kill();
      const gone = await ccm(['doctor'], { CCM_REDIS_URL: server.url.href });
      expect(gone.out).toMatch(/^fail {2}redis: .+ECONNREFUSED/m);
      expect([well.out, well.err, ill.out, ill.err, gone.out, gone.err].join('')).not.toContain('marker');
    } finally {
      await server.stop();
    }
  }, 30_000);
});

it('ccm serve listens, and stops with 0 at SIGTERM', async () => {
  const process_ = spawn(process.execPath, [program('cli'), 'serve'], { cwd: folder, env });
  const ended = new Promise<number | null>((resolve) => void process_.once('exit', resolve));
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      process_.stdout.on('data', (data) => {
        text += String(data);
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
        if (found !== undefined) resolve(found);
      });
      void ended.then(() => reject(new Error(`ended early: ${text}`)));
    });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    process_.kill('SIGTERM');
    expect(await ended).toBe(0);
  } finally {
    process_.kill('SIGKILL');
  }
});
