import { parseArgs } from 'node:util';
import { UsageError, type Command, type CommandIo } from './command.js';
import type { Given, Reading } from './lint/given.js';
import { readFileToLint } from './lint/read.js';
import { reportJson, reportLines, type Report } from './lint/report.js';
import { warningsIn } from './lint/rules.js';

/** Milliseconds between two lines of progress. */
const PROGRESS = 1_000;

export const lintCommand: Command = {
  async run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options: { strict: { type: 'boolean' }, json: { type: 'boolean' } }, allowPositionals: true });
    if (positionals.length === 0) throw new UsageError('name one file or more, such as ccm.config.json or widgets/*.json');
    const report = await lint([...new Set(positionals)], io);
    for (const line of values.json === true ? [reportJson(report)] : reportLines(report)) io.out(line);
    return report.faults.length > 0 || (values.strict === true && report.warnings.length > 0) ? 1 : 0;
  },
};

/** What is wrong with the files, and what in them is probably not meant. */
async function lint(files: readonly string[], { err }: Pick<CommandIo, 'err'>): Promise<Report> {
  const readings: Reading[] = [];
  let shownAt = performance.now();
  for (const file of files) {
    readings.push(await readFileToLint(file, files));
    if (performance.now() - shownAt < PROGRESS) continue;
    shownAt = performance.now();
    err(`${readings.length} of ${files.length} files`);
  }
  const given: Given = {
    widgets: readings.flatMap(({ widgets }) => widgets),
    layouts: readings.flatMap(({ layouts }) => layouts),
    settings: readings.flatMap(({ settings }) => settings),
    ids: new Set(readings.flatMap(({ ids }) => ids)),
    icons: new Set((await import('../../sdk/contract/generated/icon-names.js')).ICON_NAMES),
  };
  // A widget file that the settings name and that was given too has its faults from both.
  const faults = new Map(readings.flatMap((reading) => reading.faults).map((fault) => [JSON.stringify([fault.file, fault.path, fault.message]), fault]));
  return { files: files.length, faults: [...faults.values()], warnings: warningsIn(given) };
}
