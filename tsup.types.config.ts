import { defineConfig } from 'tsup';

/** Declarations of the entries that others program against (the demo is started, not built on); apart from the build because they take far longer. */
const types = { dts: { only: true, compilerOptions: { ignoreDeprecations: '6.0' } }, format: 'esm', outDir: 'dist' } as const;

export default defineConfig([
  { ...types, entry: { 'sdk/index': 'sdk/index.ts' }, tsconfig: 'sdk/tsconfig.json' },
  { ...types, entry: { 'elements/index': 'elements/index.ts' }, tsconfig: 'elements/tsconfig.json' },
  { ...types, entry: { 'edge/index': 'edge/index.ts' }, tsconfig: 'edge/tsconfig.json' },
]);
