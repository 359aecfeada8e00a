import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findServer } from '../../../../scripts/servers.js';
import { systemClock } from '../../../kernel/clock.js';
import { createLog } from '../../../kernel/log.js';
import { connectRedis, type RedisConnection, type RedisConnectionOptions } from '../connection.js';

const program = findServer('redis-server');
/** For `describe.skipIf`: the name of a test that needs it says so. */
export const noRedis = program === undefined;

export interface RedisServer {
  readonly url: URL;
  /** `kill -9`; what it held is gone. */
  kill(): Promise<void>;
  /** On the same port. */
  start(): Promise<void>;
  /** It keeps its connections and answers nothing, until it is resumed. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether it answers a PING (`+PONG`, or `-NOAUTH` where it has a password). */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    await once(socket, 'data');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A real Redis of this test's own, without persistence. */
export async function startRedis({ password }: { password?: string } = {}): Promise<RedisServer> {
  if (program === undefined) throw new Error('redis-server is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'ccm-redis-'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  if (password !== undefined) args.push('--requirepass', password);
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    child = spawn(program, args, { stdio: 'ignore' });
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
      await sleep(10);
    }
  };
  const kill = async (): Promise<void> => {
    if (child === undefined) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    child = undefined;
  };
  await start();
  return {
    url: new URL(`redis://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`),
    start,
    kill,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A connection as the edge has one, with a silent log. */
export function openConnection(url: URL, more: Partial<RedisConnectionOptions> = {}): Promise<RedisConnection> {
  return connectRedis({ url, clock: systemClock, log: createLog({ level: 'silent' }), ...more });
}

/** Waits until it is so; fails after `patience` milliseconds with its name. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, patience = 8_000): Promise<void> {
  const end = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not within ${patience} ms: ${what}`);
    await sleep(10);
  }
}
