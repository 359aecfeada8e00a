import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ELEMENT_NAME } from '../../sdk/contract/names.js';
import { packageInfo } from '../config/package.js';
import { UsageError, type Command } from './command.js';
import { starterFiles } from './starter/files.js';

const LONGEST = 60;

export const createWidgetCommand: Command = {
  async run(args, { out }) {
    const { values, positionals } = parseArgs({ args: [...args], options: { folder: { type: 'string' } }, allowPositionals: true });
    const [tag, ...more] = positionals;
    if (tag === undefined) throw new UsageError('the name is missing');
    if (more.length > 0) throw new UsageError(`one name is enough; what is ${more.join(' ')}?`);
    if (!ELEMENT_NAME.test(tag) || tag.length > LONGEST) throw new UsageError(`${tag}: write lower case letters, digits and at least one dash, such as acme-funnel; at most ${LONGEST} characters`);
    if (tag.startsWith('ccm-')) throw new UsageError(`${tag}: names that begin with ccm- are CCM's own; begin with your company's`);

    const folder = resolve(values.folder ?? tag);
    if ((await entriesOf(folder)).length > 0) throw new Error(`${folder} is there and not empty: nothing was written. Name another with --folder.`);
    await mkdir(folder, { recursive: true });
    const files = starterFiles({ tag, title: titleOf(tag), version: packageInfo().version });
    for (const [path, text] of Object.entries(files)) {
      // Never over a file that came meanwhile.
      await writeFile(join(folder, path), text, { flag: 'wx' });
      out(`  ${path}`);
    }
    out(`\n${folder} is ready:\n  cd ${values.folder ?? tag}\n  npm install\n  npm start`);
    return 0;
  },
};

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new Error(`${folder} is a file: nothing was written. Name a folder with --folder.`, { cause: error });
    throw error;
  }
}

/** `acme-stock-map` → `Stock map`: without the prefix that tells whose it is. */
function titleOf(tag: string): string {
  const words = tag.split('-').slice(1).join(' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
