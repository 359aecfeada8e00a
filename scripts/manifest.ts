/**
 * `npm run manifest` writes custom-elements.json from the elements' JSDoc;
 * `npm run manifest -- --check` fails when the committed copy differs.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

const COMMITTED = 'custom-elements.json';

if (process.argv.includes('--check')) {
  const folder = mkdtempSync(join('node_modules', '.ccm-manifest-'));
  try {
    analyze(folder);
    if (readFileSync(join(folder, COMMITTED), 'utf8') !== readFileSync(COMMITTED, 'utf8')) {
      process.stderr.write(`${COMMITTED} is not what the elements' JSDoc says. Run \`npm run manifest\` and commit it.\n`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} else {
  analyze('.');
}

function analyze(outdir: string): void {
  execFileSync('npx', ['cem', 'analyze', '--quiet', '--config', 'custom-elements-manifest.config.mjs', '--outdir', relative('.', outdir) || '.'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}
