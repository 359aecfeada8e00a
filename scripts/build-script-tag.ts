/**
 * Builds what a script tag loads: `ccm.js`, the core that every page needs, and the rest in hashed chunks. `ccm.js` itself only
 * finds its own tag: it is asked for again at each visit, the core is not. The bundling is rolldown's; terser goes over what
 * its minifier leaves.
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { build, type Plugin } from 'rolldown';
import { minify } from 'terser';
import { leanGridstack } from './lean-gridstack.mjs';
import { leanLit } from './lean-lit.mjs';
import { leanUplot } from './lean-uplot.mjs';
import { minifyTemplates } from './minify-templates.js';
import { precompress } from './precompress.js';

const OUT = 'dist/browser';
const ENTRY = 'elements/ccm.ts';

/**
 * What a dashboard and most views share: each by itself would be a request of its own, and one more that is known of only once the
 * code that needs it is there.
 */
const SHARED = /lit(?:-html)?\/(?:directives\/repeat|directive-helpers)\.js|(?:item-ids|new-item-id|unusable|plot\/ink|core\/links|data\/(?:zone|sort)|late-styles)\.ts$/;

/**
 * What a first screen runs nearly whole. Told so, V8 compiles it beside the main thread while it still comes in, in place of each
 * function at its first call; other engines read a comment.
 */
const FIRST_SCREEN = new Set(['core', 'ccm-dashboard', 'chart', 'table']);
const COMPILE_ALL = '//# allFunctionsCalledOnLoad\n';

/**
 * A browser keeps a script's text, with two bytes a character as soon as one of them is not Latin-1: a single “…” would double it,
 * and reads slower. So they are escaped, but in a language's words, which are made of them. (In strings, templates and regular
 * expressions the escape means the same; nothing here reads a template's raw text.)
 */
function oneByte(code: string): string {
  const wide = code.match(WIDE)?.length ?? 0;
  return wide > code.length / 100 ? code : code.replace(WIDE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const WIDE = /[\u0100-\uffff]/g;

const terser: Plugin = {
  name: 'terser',
  async generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const { code } = await minify(chunk.code, { module: true, ecma: 2020, compress: { passes: 3, pure_getters: true, unsafe_arrows: true, unsafe_methods: true } });
      if (code) chunk.code = (FIRST_SCREEN.has(chunk.name) ? COMPILE_ALL : '') + oneByte(code);
    }
  },
};

// The first of the builds: what an older one left would be packed with the rest.
await rm('dist', { recursive: true, force: true });
const { output } = await build({
  input: { ccm: ENTRY },
  platform: 'browser',
  tsconfig: 'elements/tsconfig.json',
  // Decorators are applied by the code that comes with them, whatever a page has put there.
  transform: { target: 'es2022', define: { 'Reflect.decorate': 'undefined' } },
  // Terser takes its time; that is no news at each start.
  checks: { pluginTimings: false },
  plugins: [minifyTemplates(), leanLit(), leanUplot(), leanGridstack(), terser],
  output: {
    dir: OUT,
    format: 'esm',
    // Nearly all that the core says of its many chunks is their hashes: in hex they are smaller by a tenth of a KiB.
    // Seven digits: two builds of a chunk of the same name are the same by one chance in 268 million.
    hashCharacters: 'hex',
    minify: true,
    comments: { legal: false },
    entryFileNames: '[name].js',
    chunkFileNames: 'ccm/[name]-[hash:7].js',
    codeSplitting: { groups: [{ name: 'core', tags: ['$initial'], test: (id) => !id.endsWith(ENTRY) }, { name: 'shared', test: SHARED }] },
  },
});
await precompress(OUT, (await readdir(OUT, { recursive: true })).map(String));

// Which chunk needs which: the sizes are budgeted by what a page really loads.
const chunks = Object.fromEntries(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, { name: file.name, imports: file.imports }]] : [])));
await writeFile(`${OUT}/chunks.json`, JSON.stringify(chunks, undefined, 1));
