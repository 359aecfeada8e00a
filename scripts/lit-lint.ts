/** Runs lit-analyzer over the elements. It finds no files by a pattern of its own, so it is handed them by name. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const files = readdirSync('elements', { recursive: true })
  .map((file) => join('elements', String(file)))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
try {
  execFileSync('npx', ['lit-analyzer', '--strict', '--quiet', ...files], { stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' });
} catch (error) {
  process.stdout.write(String((error as { stdout?: Buffer }).stdout ?? error));
  process.exitCode = 1;
}
