import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findServer } from '../../../../scripts/servers.js';

export interface Nginx {
  readonly url: URL;
  /** Lines of its log: `METHOD path status`. */
  log(): string[];
  close(): Promise<void>;
}

export const hasNginx = findServer('nginx') !== undefined;

/**
 * A real nginx on a free port of this machine.
 *
 * @param locations inside of `server {}`
 * @param files by name, served from the root
 * @param http inside of `http {}`
 */
export async function startNginx({ locations, files = {}, http = '' }: { locations: string; files?: Record<string, string | Buffer>; http?: string }): Promise<Nginx> {
  const program = findServer('nginx');
  if (program === undefined) throw new Error('nginx is not installed.');
  const folder = mkdtempSync(join(tmpdir(), 'ccm-nginx-'));
  const port = await freePort();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ');
  writeFileSync(join(folder, 'nginx.conf'), `
    daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
    events { worker_connections 256; }
    http {
      ${temporary} log_format short '$request_method $uri $status'; access_log ${folder}/access.log short; default_type application/json; ${http}
      server { listen 127.0.0.1:${port}; root ${folder}; absolute_redirect off; ${locations} }
    }`);
  const child = spawn(program, ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' });
  const gone = once(child, 'exit');
  await answers(port);

  return {
    url: new URL(`http://127.0.0.1:${port}`),
    log: () => readFileSync(join(folder, 'access.log'), 'utf8').split('\n').filter((line) => line !== ''),
    async close() {
      child.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const up = await Promise.race([once(socket, 'connect').then(() => true, () => false), sleep(500, false)]);
    socket.destroy();
    if (up) return;
    await sleep(50);
  }
  throw new Error('nginx does not answer.');
}
