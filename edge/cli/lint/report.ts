import { printable } from '../printable.js';
import type { FileFault } from './given.js';
import type { ToldWarning } from './rule.js';
import { RULES } from './rules.js';

export interface Report {
  files: number;
  faults: readonly FileFault[];
  warnings: readonly ToldWarning[];
}

/** For people: the faults, then the warnings of each rule under its name, then a sum. */
export function reportLines({ files, faults, warnings }: Report): string[] {
  const found = RULES.flatMap(({ name, why }) => {
    const own = warnings.filter(({ rule }) => rule === name);
    return own.length === 0 ? [] : ['', `${name}: ${why}`, ...own.map((warning) => `  ${lineOf(warning)}`)];
  });
  const sum = `${counted(files, 'file')}: ${counted(faults.length, 'fault')}, ${counted(warnings.length, 'warning')}.`;
  return [...faults.map(lineOf), ...found, ...(faults.length + warnings.length > 0 ? [''] : []), sum];
}

/** For programs: the same, with a sentence for each rule that found something. */
export function reportJson({ files, faults, warnings }: Report): string {
  const named = new Set(warnings.map(({ rule }) => rule));
  const rules = Object.fromEntries(RULES.filter(({ name }) => named.has(name)).map(({ name, why }) => [name, why]));
  return JSON.stringify({ files, faults, warnings, rules }, undefined, 2);
}

function lineOf({ file, path, message }: FileFault): string {
  return printable([file, path, message].filter((part) => part !== '').join(': '));
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
