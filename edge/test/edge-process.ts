import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SettingsFile } from '../config.js';
import { program } from './program.js';
import { SECRET } from './whole-edge.js';

export interface EdgeProcess {
  readonly url: string;
  /** All that it wrote to stdout and stderr. */
  output(): string;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/**
 * `ccm serve` as a process of its own on a free port, with the database `ccm.db` of this folder and the tenants `acme` and `umbrella`.
 * Rejects with its output where it ends before it listens.
 */
export async function startEdge(folder: string, { settings = {}, env = {} }: { settings?: Partial<SettingsFile>; env?: Record<string, string> } = {}): Promise<EdgeProcess> {
  await writeFile(join(folder, 'ccm.config.json'), JSON.stringify({ tenants: { acme: {}, umbrella: {} }, ...settings }));
  const child = spawn(process.execPath, [program('cli'), 'serve'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], CCM_JWT_SECRET: SECRET, CCM_DATABASE_URL: 'sqlite:./ccm.db', CCM_PORT: '0', CCM_LOG_LEVEL: 'error', ...env },
  });
  let output = '';
  const ended = once(child, 'close') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += String(data);
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
        if (found !== undefined) resolve(found);
      });
    }
    void ended.then(([code]) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  return {
    url,
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return (await ended)[0];
    },
  };
}

/** How often a test that depends on chance tries it: as often as it says, or as `CCM_SOAK_ROUNDS` says. */
export function rounds(usual: number): number {
  return Number(process.env['CCM_SOAK_ROUNDS'] ?? usual);
}
