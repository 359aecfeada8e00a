import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = '@a64core/ccm';

export interface PackageInfo {
  version: string;
  /** What the build wrote for script tags; it may not be there in a checkout that was never built. */
  browserFolder: string;
}

/** The package that this code belongs to, whether it runs from its sources or built, under `node_modules` or not. */
export function packageInfo(from: string = import.meta.url): PackageInfo {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    const found: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    if (isOurs(found)) return { version: found.version, browserFolder: join(folder, 'dist', 'browser') };
    if (folder === dirname(folder)) throw new Error(`No package.json of ${NAME} stands above ${fileURLToPath(from)}.`);
  }
}

function isOurs(value: unknown): value is { version: string } {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === NAME && 'version' in value && typeof value.version === 'string';
}
