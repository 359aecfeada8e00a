import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { layoutReading, manifestReading, widgetReading } from './definitions.js';
import type { LintFile, Reading } from './given.js';
import { placeOf, type Path } from '../../config/faults.js';
import { jsonFault } from '../../config/json-fault.js';
import { placeInFile, withWidgetFiles } from '../../config/widget-files.js';
import { kindOf } from './kind.js';
import { settingsReading } from './settings.js';

/** More than any tenant's or user's definitions may have. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Reads one file and says what is wrong with it by itself. Never throws: what cannot be read is a fault of it. `given`: all files that
 * are looked at, so that a widget that the settings name by its path is not looked at twice.
 */
export async function readFileToLint(name: string, given: readonly string[] = []): Promise<Reading> {
  let text: string;
  try {
    const { size } = await stat(name);
    if (size > MOST_BYTES) return faulty(name, `is larger than ${MOST_BYTES / 1024 / 1024} MB`);
    text = await readFile(name, 'utf8');
  } catch (error) {
    return faulty(name, unread(error));
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return faulty(name, `is not JSON: ${jsonFault(text, error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return faulty(name, 'must be an object: a widget, a layout, a module\'s manifest or the settings');
  const fields = value as Record<string, unknown>;
  switch (kindOf(name, fields)) {
    case 'widget': return widgetReading(dotted(name), fields);
    case 'layout': return layoutReading(dotted(name), fields);
    case 'module': return manifestReading(dotted(name), fields);
    case 'settings': return settingsToLint(name, fields, given);
    default: return faulty(name, 'is no widget (it has no dataSource), no layout or module\'s manifest (no widgets) and not the settings (no tenants)');
  }
}

/** The settings with the widgets of other files that they name; what is told of those names their file, as it was given where it was. */
async function settingsToLint(name: string, fields: Record<string, unknown>, given: readonly string[]): Promise<Reading> {
  const { value, files, faults: unread } = await withWidgetFiles(dirname(name), fields);
  const asGiven = new Map(given.map((one) => [resolve(one), one]));
  const named = new Map([...files].map(([index, file]) => [index, asGiven.get(resolve(file)) ?? file]));
  const lintFiles = new Map([...named].map(([index, file]) => [index, dotted(file)]));
  const reading = settingsReading({ name, place: placeOf }, value as Record<string, unknown>, lintFiles);
  const missing = new Set(unread.map(({ index }) => named.get(index)));
  return {
    ...reading,
    widgets: reading.widgets.filter(({ file }) => file.name === name || !given.includes(file.name)),
    faults: [
      ...unread.map(({ index, message }) => ({ file: name, path: `widgets[${index}]`, message })),
      ...reading.faults.flatMap((fault) => {
        const found = placeInFile(fault.path, named);
        if (found === undefined) return [fault];
        return missing.has(found.file) ? [] : [{ ...fault, file: found.file, path: found.place }];
      }),
    ],
  };
}

/** Definitions have their faults told by dot paths, as the interface tells them. */
function dotted(name: string): LintFile {
  return { name, place: (path: Path) => path.map(String).join('.') };
}

function faulty(file: string, message: string): Reading {
  return { faults: [{ file, path: '', message }], widgets: [], layouts: [], settings: [], ids: [] };
}

function unread(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'is a folder; name the files in it, such as widgets/*.json';
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
