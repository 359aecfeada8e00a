import { readFile, stat } from 'node:fs/promises';
import { layoutReading, manifestReading, widgetReading } from './definitions.js';
import type { LintFile, Reading } from './given.js';
import { placeOf, type Path } from '../../config/faults.js';
import { jsonFault } from '../../config/json-fault.js';
import { kindOf } from './kind.js';
import { settingsReading } from './settings.js';

/** More than any tenant's or user's definitions may have. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Reads one file and says what is wrong with it by itself. Never throws: what cannot be read is a fault of it. */
export async function readFileToLint(name: string): Promise<Reading> {
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
    case 'settings': return settingsReading({ name, place: placeOf }, fields);
    default: return faulty(name, 'is no widget (it has no dataSource), no layout or module\'s manifest (no widgets) and not the settings (no tenants)');
  }
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
