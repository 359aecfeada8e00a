import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';
import { findServer } from '../../../../scripts/servers.js';

export const USER = 'edge';
export const PASSWORD = 'a password with spaces: é';

export interface Broker {
  readonly url: string;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Again, on the same port. */
  restart(): Promise<void>;
  /** A client that may publish. */
  client(): Promise<MqttClient>;
  close(): Promise<void>;
}

/** A real mosquitto with a password file, on a free port of this machine. `config`: more lines of its settings. */
export async function startBroker(...config: string[]): Promise<Broker> {
  const program = findServer('mosquitto');
  if (program === undefined) throw new Error('mosquitto is not installed.');
  const folder = mkdtempSync(join(tmpdir(), 'ccm-mosquitto-'));
  const port = await freePort();
  const passwords = join(folder, 'passwords');
  execFileSync('mosquitto_passwd', ['-b', '-c', passwords, USER, PASSWORD], { stdio: 'pipe' });
  const file = join(folder, 'mosquitto.conf');
  // It gives up root for a user of its own, who could not read this folder.
  const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous false', `password_file ${passwords}`, 'user root', 'persistence false', ...config];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const clients = new Set<MqttClient>();
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    child = spawn(program, ['-c', file], { stdio: 'ignore' });
    await answers(port, child);
  };
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await start();

  return {
    url: `mqtt://127.0.0.1:${port}`,
    kill,
    restart: start,
    async client() {
      const one = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { username: USER, password: PASSWORD, reconnectPeriod: 0 });
      one.on('error', () => undefined);
      clients.add(one);
      return one;
    },
    async close() {
      for (const one of clients) one.end(true);
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}.`);
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (reached) return;
    await sleep(25);
  }
  throw new Error('mosquitto does not answer.');
}
