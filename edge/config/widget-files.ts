import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { jsonFault } from './json-fault.js';

export interface WithWidgetFiles {
  /** The settings, with what the files hold in the place of their paths. */
  value: unknown;
  /** The files by their place in `widgets`, as they are told. */
  files: ReadonlyMap<number, string>;
  /** Of files that cannot be read. */
  faults: readonly { index: number; message: string }[];
}

/**
 * Reads the widgets that the settings name by path, relative to the folder of the settings file. Who writes the settings is trusted
 * with any path that the process may read; each is read once, as one definition.
 */
export async function withWidgetFiles(folder: string, settings: unknown): Promise<WithWidgetFiles> {
  const entries: unknown = typeof settings === 'object' && settings !== null ? (settings as { widgets?: unknown }).widgets : undefined;
  const files = new Map<number, string>();
  const faults: WithWidgetFiles['faults'][number][] = [];
  if (!Array.isArray(entries) || !entries.some((entry) => typeof entry === 'string')) return { value: settings, files, faults };
  const widgets = await Promise.all(entries.map(async (entry: unknown, index): Promise<unknown> => {
    if (typeof entry !== 'string') return entry;
    files.set(index, join(folder, entry));
    try {
      return await readJson(resolve(folder, entry));
    } catch (error) {
      faults.push({ index, message: `${entry} ${error instanceof Error ? error.message : String(error)}` });
      return undefined;
    }
  }));
  return { value: { ...(settings as object), widgets }, files, faults: faults.sort((a, b) => a.index - b.index) };
}

/** A place in the settings as the file and the place in it, where a widget file stands there; undefined of any other. */
export function placeInFile(place: string, files: WithWidgetFiles['files']): { file: string; place: string } | undefined {
  const [whole = '', index] = /^widgets\[(\d+)\]\.?/.exec(place) ?? [];
  const file = index === undefined ? undefined : files.get(Number(index));
  return file === undefined ? undefined : { file, place: place.slice(whole.length).replace(/\[(\d+)\]/g, '.$1') };
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new Error('is not there; paths are relative to the settings file');
    if (code === 'EISDIR') throw new Error('is a folder; name each file in it');
    throw new Error(`cannot be read: ${String(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON: ${jsonFault(text, error)}`);
  }
}
