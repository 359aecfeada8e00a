import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { JwtSettings } from '../kernel/settings.js';
import { DEFAULT_CLAIMS } from './environment.js';
import { faultLines, SettingsError } from './faults.js';
import { SettingsFileSchema } from './file.schema.js';
import { readSettingsFile, SETTINGS_FILE } from './settings-file.js';

const ClaimsInFile = SettingsFileSchema.pick({ claims: true }).strip();

/**
 * Under which names claims stand, and nothing else: who signs a token need not have the secrets that the settings name.
 *
 * @param file default: the usual one where it is there
 * @throws SettingsError
 */
export async function loadClaims(file?: string): Promise<JwtSettings['claims']> {
  if (file === undefined && !existsSync(SETTINGS_FILE)) return DEFAULT_CLAIMS;
  const path = file ?? SETTINGS_FILE;
  const parsed = ClaimsInFile.safeParse(await readSettingsFile(path));
  if (!parsed.success) throw new SettingsError(faultLines(basename(path), parsed.error, SettingsFileSchema));
  return { ...DEFAULT_CLAIMS, ...parsed.data.claims };
}
