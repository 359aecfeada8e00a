import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, canAptInstall } from './apt.js';

/** The real servers that tests start, each with its Debian package. */
const PACKAGES = {
  'redis-server': 'redis-server',
  'mosquitto': 'mosquitto',
  'nginx': 'nginx-light',
  'prometheus': 'prometheus',
  'prometheus-alertmanager': 'prometheus-alertmanager',
  'prometheus-node-exporter': 'prometheus-node-exporter',
} as const;

export type Server = keyof typeof PACKAGES;

/** Where a server's program is; undefined where it is not installed. A test that needs it is skipped then, by name. */
export function findServer(server: Server): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, server)).find((file) => existsSync(file));
}

/** Installs what is missing where that is possible; says what is not there. */
export function ensureServers(): void {
  const missing = (Object.keys(PACKAGES) as Server[]).filter((server) => findServer(server) === undefined);
  if (missing.length === 0) return;
  const packages = missing.map((server) => PACKAGES[server]);
  if (!canAptInstall()) {
    process.stdout.write(`Not here, so the tests that need them are skipped: ${missing.join(', ')} (Debian: apt-get install ${packages.join(' ')}).\n`);
    return;
  }
  process.stdout.write(`Installing with apt: ${packages.join(' ')} …\n`);
  try {
    aptInstall(packages);
  } catch (error) {
    process.stdout.write(`apt could not install them: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
