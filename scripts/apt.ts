import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether packages of the system can be installed here: Debian or a child of it, as root. */
export function canAptInstall(): boolean {
  return isDebian() && process.getuid?.() === 0;
}

export function aptInstall(packages: readonly string[]): void {
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=400', '-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...packages);
}

function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
