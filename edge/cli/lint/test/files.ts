import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintCommand } from '../../lint.js';
import type { FileFault } from '../given.js';
import type { ToldWarning } from '../rule.js';

export interface Linted {
  code: number;
  out: string;
  err: string;
  faults: FileFault[];
  warnings: ToldWarning[];
  rules: Record<string, string>;
}

/** Writes the files into a folder of their own, texts as they are, and runs `ccm lint` on them. Paths in the answer are without the folder. */
export async function lint(files: Readonly<Record<string, unknown>>, ...flags: string[]): Promise<Linted> {
  const folder = await mkdtemp(join(tmpdir(), 'ccm-lint-'));
  try {
    for (const [name, value] of Object.entries(files)) await writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
    const [told, progress]: [string[], string[]] = [[], []];
    const io = { env: {}, out: (line: string) => void told.push(line), err: (line: string) => void progress.push(line), stopped: () => Promise.resolve() };
    const code = await lintCommand.run([...Object.keys(files).map((name) => join(folder, name)), ...flags], io);
    const out = told.join('\n').replaceAll(`${folder}/`, '');
    const report = flags.includes('--json') ? (JSON.parse(out) as Linted) : { faults: [], warnings: [], rules: {} };
    return { ...report, code, out, err: progress.join('\n') };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What one rule finds in the files: `file: path`. */
export async function found(rule: string, files: Readonly<Record<string, unknown>>): Promise<string[]> {
  const { faults, warnings } = await lint(files, '--json');
  if (faults.length > 0) throw new Error(`The files have faults: ${JSON.stringify(faults)}`);
  return warnings.filter((warning) => warning.rule === rule).map(({ file, path, message }) => `${file}: ${path}: ${message}`);
}

/** A widget that no rule has anything against. */
export const widget = (part: Readonly<Record<string, unknown>> = {}) => ({
  id: 'orders', title: 'Orders', type: 'stat', size: 'small', dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/orders' },
  statConfig: { primaryValue: 'count' }, permissions: ['sales.view'], roles: [], ...part,
});

export const layout = (...items: readonly Readonly<Record<string, unknown>>[]) => ({
  name: 'Floor', widgets: items.map((item, index) => ({ widgetId: 'orders', position: { x: 0, y: index, w: 1, h: 1 }, ...item })),
});

export const settings = (part: Readonly<Record<string, unknown>> = {}) => ({
  tenants: { acme: { timeZone: 'Europe/Berlin', currency: 'EUR' } }, modules: { sales: { secret: { env: 'SALES_SECRET' }, tenants: ['acme'] } }, ...part,
});
