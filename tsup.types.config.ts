import { defineConfig } from 'tsup';

/** Declarations of the entries that others program against (the demo is started, not built on); apart from the build because they take far longer. */
const options = { ignoreDeprecations: '6.0' };
const types = { format: 'esm', outDir: 'dist' } as const;

export default defineConfig([
  { ...types, entry: { 'sdk/index': 'sdk/index.ts' }, tsconfig: 'sdk/tsconfig.json', dts: { only: true, compilerOptions: options } },
  {
    ...types,
    entry: { 'elements/index': 'elements/index.ts' },
    tsconfig: 'elements/tsconfig.json',
    // tsup leaves the tsconfig's own libraries out where several builds run side by side.
    dts: { only: true, compilerOptions: { ...options, lib: ['ES2022', 'DOM', 'DOM.Iterable'] } },
  },
  { ...types, entry: { 'edge/index': 'edge/index.ts' }, tsconfig: 'edge/tsconfig.json', dts: { only: true, compilerOptions: { ...options, stripInternal: true } } },
]);
