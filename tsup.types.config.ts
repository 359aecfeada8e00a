import { defineConfig } from 'tsup';

/** Declarations of the package's entries; apart from the build because they take far longer than it. */
const types = { dts: { only: true, compilerOptions: { ignoreDeprecations: '6.0' } }, format: 'esm', outDir: 'dist' } as const;

export default defineConfig([
  { ...types, entry: { 'sdk/index': 'sdk/index.ts' }, tsconfig: 'sdk/tsconfig.json' },
  { ...types, entry: { 'elements/index': 'elements/index.ts' }, tsconfig: 'elements/tsconfig.json' },
  { ...types, entry: { 'edge/index': 'edge/index.ts' }, tsconfig: 'edge/tsconfig.json' },
  { ...types, entry: { index: 'examples/erp/index.ts' }, outDir: 'dist/demo', tsconfig: 'examples/tsconfig.json' },
]);
