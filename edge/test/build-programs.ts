/** Set-up of the Node tests: the programs that they run as processes of their own, built once. From its sources the edge takes twice as long to start. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';
import { migrationsFolder } from '../drivers/store/migrations-folder.js';

const edge = fileURLToPath(new URL('..', import.meta.url));

/** Paths below `edge/`, without their ending. */
const PROGRAMS = [
  'cli',
  'cli/test/rotate-and-die',
  'drivers/http/test/memory-of-call',
  'drivers/store/test/layout-stream',
  'drivers/store/test/migrate-and-die',
  'drivers/store/test/migrate-for-ever',
  'drivers/store/test/start',
  'features/alerts/dispatch/test/dispatcher',
  'features/audit/test/append',
  'features/history/test/sample-for-ever',
] as const;

export type Program = (typeof PROGRAMS)[number];

declare module 'vitest' {
  export interface ProvidedContext {
    programsFolder: string;
  }
}

export default async function buildPrograms(project: TestProject): Promise<() => void> {
  // Inside the project, where Node finds what they import and they find its package.json.
  const cache = join(edge, '../node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'ccm-programs-'));
  await build({
    entryPoints: PROGRAMS.map((program) => join(edge, `${program}.ts`)), outbase: edge, outdir: folder,
    bundle: true, splitting: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20', sourcemap: 'inline',
  });
  cpSync(migrationsFolder(), join(folder, 'migrations'), { recursive: true });
  project.provide('programsFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
