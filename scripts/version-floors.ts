/** Fails when the lock file holds a version below an advisory's fix. */
import { readFileSync } from 'node:fs';

const FLOORS: Record<string, string> = {
  hono: '4.13.16', // CVE-2026-126357, GHSA-h7mg-cq63-vhpq and earlier ones
  '@hono/node-server': '2.1.7', // GHSA-rmxm-3fg6-px4f, GHSA-fj57-4f93-cfw6
  'drizzle-orm': '0.45.2', // CVE-2026-39356
  gridstack: '11.0.0', // innerHTML left `content`
  ws: '8.23.0',
};

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { version?: string }> };
const faults: string[] = [];
for (const [name, floor] of Object.entries(FLOORS)) {
  const found = Object.entries(lock.packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
  // A copy that only a development tool brings never reaches a user.
  const ours = found.filter(([path]) => path === `node_modules/${name}`);
  if (ours.length === 0) faults.push(`${name}: not in the lock file`);
  for (const [path, { version }] of ours) {
    if (!version || isBelow(version, floor)) faults.push(`${path}: ${version} is below ${floor}`);
  }
}
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exitCode = 1;
}

function isBelow(version: string, floor: string): boolean {
  const [left, right] = [version, floor].map((text) => text.split('.').map(Number));
  for (let part = 0; part < 3; part += 1) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
