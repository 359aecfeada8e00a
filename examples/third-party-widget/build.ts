/** `npx tsx examples/third-party-widget/build.ts`: the widget as one ES module, `dist/funnel.js`, and its hash. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface BuiltWidget {
  code: Uint8Array;
  /** For `customConfig.integrity`. */
  integrity: string;
}

/** One file with all that it needs: a hash is that of one file, what it imports would have none. */
export async function buildWidget({ write = false } = {}): Promise<BuiltWidget> {
  const { outputFiles } = await build({
    entryPoints: [at('funnel.ts')], outfile: at('dist/funnel.js'), bundle: true, format: 'esm', target: 'es2022', minify: true, legalComments: 'none', write: false,
  });
  const code = outputFiles[0]?.contents;
  if (code === undefined) throw new Error('esbuild made no file.');
  if (write) {
    const { mkdir, writeFile } = await import('node:fs/promises');
    await mkdir(at('dist'), { recursive: true });
    await writeFile(at('dist/funnel.js'), code);
  }
  return { code, integrity: `sha384-${createHash('sha384').update(code).digest('base64')}` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { code, integrity } = await buildWidget({ write: true });
  process.stdout.write(`dist/funnel.js  ${(code.length / 1024).toFixed(1)} KiB  ${integrity}\n`);
}
