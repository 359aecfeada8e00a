import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { validateWidget } from '../../sdk/contract/validate.js';
import { UsageError } from './command.js';
import { createWidgetCommand } from './create-widget.js';

const SDK = fileURLToPath(new URL('../../sdk/index.ts', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ccm-starter-'));
});
afterEach(() => rm(folder, { recursive: true }));

const lines: string[] = [];
const run = (...args: string[]) => createWidgetCommand.run(args, { env: {}, out: (line) => void lines.push(line), err: () => undefined, stopped: () => Promise.resolve() });

describe('ccm create-widget', () => {
  it('writes a widget whose own tests pass, whose definition is valid and whose build is one module', async () => {
    const place = join(folder, 'new');
    expect(await run('acme-stock-map', '--folder', place)).toBe(0);
    expect((await readdir(place)).sort()).toEqual(['README.md', 'acme-stock-map.js', 'index.html', 'package.json', 'rows.js', 'rows.test.js', 'widget.json']);
    expect(lines.join('\n')).toContain('npm start');
    expect(await validateWidget(JSON.parse(await readFile(join(place, 'widget.json'), 'utf8')))).toEqual([]);
    expect(JSON.parse(await readFile(join(place, 'package.json'), 'utf8'))).toMatchObject({ name: 'acme-stock-map', scripts: { test: 'node --test' } });

    // As its author's `npm test` and `npm run build` do, with this package for the installed one.
    const shared = { bundle: true, format: 'esm', alias: { '@a64core/ccm/sdk': SDK }, absWorkingDir: place, logLevel: 'silent' } as const;
    await build({ ...shared, entryPoints: ['rows.test.js'], platform: 'node', outfile: 'built.test.mjs' });
    const { stdout } = await promisify(execFile)(process.execPath, ['--test', 'built.test.mjs'], { cwd: place, env: { PATH: process.env['PATH'] } });
    expect(stdout).toMatch(/# pass 3\b[^]*# fail 0/);
    const { outputFiles } = await build({ ...shared, entryPoints: ['acme-stock-map.js'], target: 'es2022', minify: true, write: false });
    expect(outputFiles).toHaveLength(1);
    expect(outputFiles[0]?.text).toContain('name:"Stock map"');
    expect(outputFiles[0]?.text).not.toMatch(/\beval\(|new Function|innerHTML/);
  });

  it.each(['funnel', 'Acme-Funnel', 'acme-', 'acme-<b>', '../acme-x', 'ccm-funnel', `a-${'b'.repeat(60)}`])('takes no name such as %s', async (name) => {
    await expect(run(name, '--folder', join(folder, 'x'))).rejects.toBeInstanceOf(UsageError);
    expect(await readdir(folder)).toEqual([]);
  });

  it('writes over nothing', async () => {
    await writeFile(join(folder, 'mine.txt'), 'mine');
    await expect(run('acme-funnel', '--folder', folder)).rejects.toThrow('is there and not empty');
    await expect(run('acme-funnel', '--folder', join(folder, 'mine.txt'))).rejects.toThrow('is a file');
    expect(await readdir(folder)).toEqual(['mine.txt']);
  });

  it('needs one name', async () => {
    await expect(run()).rejects.toThrow('the name is missing');
    await expect(run('acme-a', 'acme-b')).rejects.toThrow('one name is enough');
  });
});
