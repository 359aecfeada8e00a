import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** As they are imported. msw alone is 220 modules. */
const PACKAGES = ['msw', 'msw/browser', '@open-wc/testing'];

/**
 * For the browser tests: what the tests bring along comes in a few files. Each file of tests is a page of its own, and to ask for
 * those 250 modules one by one took longer than most of them run.
 */
export function bundledInTests() {
  // Inside the project, where Lit is found from.
  const place = `node_modules/.cache/ccm-bundled-${process.pid}`;
  const folder = fileURLToPath(new URL(`../${place}`, import.meta.url));
  return {
    name: 'bundled',
    async serverStart() {
      mkdirSync(folder, { recursive: true });
      await build({
        entryPoints: Object.fromEntries(PACKAGES.map((name) => [fileOf(name), name])), outdir: folder, bundle: true, splitting: true, format: 'esm', target: 'es2022',
        conditions: ['browser'],
        // The elements have these too, and they must be the same.
        external: ['lit', 'lit/*', '@web/test-runner-commands'],
      });
    },
    serverStop: () => rmSync(folder, { recursive: true, force: true }),
    /** @param {{ source: string }} request */
    resolveImport: ({ source }) => (PACKAGES.includes(source) ? `/${place}/${fileOf(source)}.js` : undefined),
  };
}

/** @param {string} name */
const fileOf = (name) => name.replaceAll(/\W+/g, '-');
