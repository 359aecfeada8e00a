import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where it is reached, and who may. */
export interface Broker {
  url: string;
  username: string;
  password: string;
  close(): Promise<void>;
}

const USERNAME = 'demo';

/** A mosquitto of the demo's own on a free port of this machine, with a password of this run. Undefined where there is none, or none that starts. */
export async function startBroker(): Promise<Broker | undefined> {
  const [program, passwords] = [find('mosquitto'), find('mosquitto_passwd')];
  if (program === undefined || passwords === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'ccm-demo-mosquitto-'));
  const password = randomBytes(24).toString('base64url');
  try {
    const port = await freePort();
    const file = join(folder, 'passwords');
    execFileSync(passwords, ['-b', '-c', file, USERNAME, password], { stdio: 'ignore' });
    const config = join(folder, 'mosquitto.conf');
    // As root it would become a user of its own, who could not read this folder.
    const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous false', `password_file ${file}`, 'persistence false', ...(process.getuid?.() === 0 ? ['user root'] : [])];
    writeFileSync(config, `${lines.join('\n')}\n`);
    // In a group of its own: Ctrl+C is for the demo, which ends it when nobody needs it any more.
    const child = spawn(program, ['-c', config], { stdio: 'ignore', detached: true });
    const ended = once(child, 'exit').catch(() => undefined);
    const kill = () => child.kill();
    process.once('exit', kill);
    const close = async () => {
      process.off('exit', kill);
      if (child.exitCode === null && child.signalCode === null) {
        kill();
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    };
    if (await answers(port, () => child.exitCode === null)) return { url: `mqtt://127.0.0.1:${port}`, username: USERNAME, password, close };
    await close();
  } catch {
    rmSync(folder, { recursive: true, force: true });
  }
  return undefined;
}

function find(program: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

async function answers(port: number, runs: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 120 && runs(); tries += 1) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (reached) return true;
    await sleep(25);
  }
  return false;
}
