/** An edge in a process of its own, as `ccm serve` starts it, that can be killed and started again at the same address. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const TENANT = 'acme';

export interface LoneEdge {
  readonly url: string;
  /** Everything that there is may be seen and done with it. */
  token(subject: string): Promise<string>;
  /** A value comes to the channel `tank`. */
  push(data: unknown): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Again, with the same database at the same address. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it with one widget, `tank`, whose `level` is critical below 5. `origin`: of the page that may embed it. */
export async function loneEdge(origin: string): Promise<LoneEdge> {
  const folder = mkdtempSync(join(tmpdir(), 'ccm-lone-'));
  const [secret, channelSecret] = [randomBytes(36).toString('base64url'), randomBytes(36).toString('base64url')];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(folder, 'ccm.config.json'), JSON.stringify({
    tenants: { [TENANT]: {} },
    ingest: { tank: { secret: { env: 'TANK_SECRET' }, tenant: TENANT } },
    widgets: [{
      id: 'tank', title: 'Tank', type: 'stat', size: 'small', dataSource: { type: 'push', channel: 'tank' }, refreshInterval: 10, statConfig: { primaryValue: 'level' },
      permissions: [], roles: [],
      alerts: { enabled: true, conditions: [{ field: 'level', operator: '<', value: 5, severity: 'critical', title: 'The tank is nearly empty' }], notifications: ['dashboard'] },
    }],
  }));
  const env = {
    PATH: process.env['PATH'], CCM_JWT_SECRET: secret, TANK_SECRET: channelSecret, CCM_DATABASE_URL: 'sqlite:./ccm.db', CCM_PORT: String(port), CCM_LOG_LEVEL: 'error',
    CCM_ALLOWED_ORIGINS: origin,
  };
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    child = spawn(process.execPath, [CLI, 'serve'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
    while (!(await fetch(`${url}/readyz`).then(({ ok }) => ok, () => false))) {
      if (child.exitCode !== null) throw new Error(`The edge ended with ${child.exitCode}.`);
      await sleep(50);
    }
  }
  async function kill(): Promise<void> {
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    child = undefined;
  }
  await start();
  return {
    url,
    start,
    token: (subject) => new SignJWT({ tenant: TENANT, roles: ['admin'], permissions: ['*'] })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setSubject(subject).setExpirationTime('10 min').sign(new TextEncoder().encode(secret)),
    async push(data) {
      const response = await fetch(`${url}/api/v1/ingest/tank`, {
        method: 'POST', body: JSON.stringify({ data }), headers: { 'authorization': `Bearer ${channelSecret}`, 'content-type': 'application/json' },
      });
      if (response.status !== 202) throw new Error(`The value was not taken: ${response.status} ${await response.text()}`);
    },
    kill,
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
