import { basename } from 'node:path';
import { SETTINGS_FILE } from '../../config/settings-file.js';

export type FileKind = 'widget' | 'layout' | 'module' | 'settings';

const MANIFEST_FILE = 'ccm.json';

/** What a file is, by its name or by what it has; undefined where it is nothing that CCM reads. */
export function kindOf(file: string, value: Readonly<Record<string, unknown>>): FileKind | undefined {
  if (basename(file) === SETTINGS_FILE || Object.hasOwn(value, 'tenants')) return 'settings';
  if (Object.hasOwn(value, 'dataSource') || Object.hasOwn(value, 'type')) return 'widget';
  if (basename(file) === MANIFEST_FILE || Object.hasOwn(value, 'schemas')) return 'module';
  if (!Object.hasOwn(value, 'widgets')) return undefined;
  const [first] = Array.isArray(value['widgets']) ? (value['widgets'] as unknown[]) : [];
  const defined = typeof first === 'object' && first !== null && Object.hasOwn(first, 'dataSource');
  return defined && !Object.hasOwn(value, 'name') ? 'module' : 'layout';
}
