import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { SettingsError } from './faults.js';
import { jsonFault } from './json-fault.js';

export const SETTINGS_FILE = 'ccm.config.json';

/** What stands in a settings file, unchecked. @throws SettingsError where it is not there or no JSON */
export async function readSettingsFile(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new SettingsError([missing ? `${file}: there is no such file; name the settings file with --config FILE` : `${file}: cannot be read: ${String(error)}`]);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SettingsError([`${basename(file)}: is not JSON: ${jsonFault(text, error)}`]);
  }
}
