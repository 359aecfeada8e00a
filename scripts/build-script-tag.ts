/**
 * Builds what a script tag loads: `ccm.js`, and the rest in hashed chunks beside it. rolldown, because it keeps what the
 * entry holds in the entry: esbuild's splitting made a dozen small shared chunks of it, a tenth larger in all.
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'rolldown';
import { minifyTemplates } from './minify-templates.js';
import { precompress } from './precompress.js';

const OUT = 'dist/browser';

await rm(OUT, { recursive: true, force: true });
const { output } = await build({
  input: { ccm: 'elements/ccm.ts' },
  platform: 'browser',
  tsconfig: 'elements/tsconfig.json',
  transform: { target: 'es2022' },
  plugins: [minifyTemplates()],
  output: {
    dir: OUT,
    format: 'esm',
    minify: true,
    comments: { legal: false },
    entryFileNames: '[name].js',
    chunkFileNames: 'ccm/[name]-[hash].js',
  },
});
await precompress(OUT, (await readdir(OUT, { recursive: true })).map(String));

// Which chunk needs which: the sizes are budgeted by what a page really loads.
const chunks = Object.fromEntries(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, { name: file.name, imports: file.imports }]] : [])));
await writeFile(`${OUT}/chunks.json`, JSON.stringify(chunks, undefined, 1));
