import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A new key for what the edge keeps of its users' secrets: 32 bytes in url-safe base64. */
function newKey(): string {
  return randomBytes(32).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/**
 * The key of the demo's edge. It lies beside the database that it opens, so that both outlive a restart together; a real
 * edge gets its own from where its other secrets come from.
 *
 * @param folder of the demo's data; `:memory:` for none
 */
export function fernetKey(folder: string): string {
  if (folder === ':memory:') return newKey();
  const file = join(folder, 'fernet.key');
  try {
    writeFileSync(file, `${newKey()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
