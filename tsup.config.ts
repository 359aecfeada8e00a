import { cpSync } from 'node:fs';
import { defineConfig } from 'tsup';

/** What Node runs and npm carries: dependencies stay outside. */
const server = {
  format: 'esm',
  target: 'node20',
  platform: 'node',
  splitting: true,
  sourcemap: true,
  clean: false,
} as const;

export default defineConfig([
  {
    ...server,
    name: 'edge',
    entry: { 'edge/index': 'edge/index.ts', cli: 'edge/cli.ts' },
    outDir: 'dist',
    tsconfig: 'edge/tsconfig.json',
    async onSuccess() {
      cpSync('edge/drivers/store/migrations', 'dist/migrations', { recursive: true });
    },
  },
  {
    ...server,
    name: 'demo',
    entry: { index: 'examples/erp/index.ts' },
    outDir: 'dist/demo',
    tsconfig: 'examples/tsconfig.json',
    // The demo is a user of the package: it imports it by name.
    external: [/^@a64core\/ccm/],
    async onSuccess() {
      cpSync('examples/erp/pages', 'dist/demo/pages', { recursive: true, filter: (file) => !file.endsWith('.ts') });
    },
  },
  {
    name: 'npm',
    entry: { 'sdk/index': 'sdk/index.ts', 'elements/index': 'elements/index.ts' },
    outDir: 'dist',
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    splitting: true,
    sourcemap: true,
    clean: false,
    tsconfig: 'elements/tsconfig.json',
  },
]);
