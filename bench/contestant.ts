import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a contestant tells its parent once it listens. */
export interface Ready {
  port: number;
  /** What the run needs to know besides: a token, a path. */
  [name: string]: unknown;
}

/** A server in a process of its own, whose CPU time can be read. */
export interface Contestant {
  ready: Ready;
  url: string;
  /** Microseconds of CPU (user and system) since its start. */
  cpu(): Promise<number>;
  tell(message: unknown): Promise<unknown>;
  stop(): void;
}

/** Starts `bench/<file>` and waits until it listens. */
export async function start(file: string, ...args: string[]): Promise<Contestant> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ready = (await answer(child)) as Ready;
  return {
    ready,
    url: `http://127.0.0.1:${ready.port}`,
    cpu: async () => (await ask(child, { ask: 'cpu' })) as number,
    tell: (message) => ask(child, message),
    stop: () => child.kill('SIGKILL'),
  };
}

function ask(child: ChildProcess, message: unknown): Promise<unknown> {
  const reply = answer(child);
  child.send(message as object);
  return reply;
}

function answer(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (code: number | null) => reject(new Error(`a contestant stopped early (${code})`));
    child.once('exit', done);
    child.once('message', (message) => {
      child.off('exit', done);
      resolve((message as { value: unknown }).value);
    });
  });
}

/** In the contestant: says that it listens, and answers the parent's questions. */
export function listening(ready: Ready, onMessage?: (message: unknown) => unknown): void {
  const reply = (value: unknown) => process.send?.({ value });
  process.on('message', (message: { ask?: string }) => {
    if (message.ask === 'cpu') {
      const { user, system } = process.cpuUsage();
      reply(user + system);
    } else {
      void Promise.resolve(onMessage?.(message)).then(reply);
    }
  });
  process.on('disconnect', () => process.exit(0));
  reply(ready);
}
