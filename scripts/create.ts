/**
 * `npm run create -- widget NAME`   a widget type: its folder, view, styles, test and doc page
 * `npm run create -- feature NAME`  an edge feature: routes, service and test
 * Then it says the one line to add where.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { featureFiles } from './templates/feature.js';
import { widgetFiles } from './templates/widget.js';

const KINDS = {
  widget: { files: widgetFiles, next: () => 'Add its tag to the maps of elements/tags.ts and elements/widget/view-tags.ts, and its type to sdk/contract.' },
  feature: { files: featureFiles, next: (name: string) => `Mount \`${name}Routes(…)\` in edge/app.ts and its route in edge/app.access.test.ts.` },
};

const [kind, name] = process.argv.slice(2);
if (!isKind(kind) || !name || !/^[a-z][a-z0-9-]*$/.test(name)) {
  process.stderr.write('Usage: npm run create -- widget|feature NAME   (NAME: lower case letters, digits and dashes)\n');
  process.exit(2);
}

const files = KINDS[kind].files(name);
const taken = Object.keys(files).filter((path) => existsSync(path));
if (taken.length > 0) {
  process.stderr.write(`There already: ${taken.join(', ')}\n`);
  process.exit(1);
}
for (const [path, text] of Object.entries(files)) {
  await mkdir(dirname(join(path)), { recursive: true });
  await writeFile(path, text);
  process.stdout.write(`${path}\n`);
}
process.stdout.write(`${KINDS[kind].next(name)}\n`);

function isKind(value: string | undefined): value is keyof typeof KINDS {
  return value !== undefined && Object.hasOwn(KINDS, value);
}
