import { createHash } from 'node:crypto';
import type { CatalogueEntry } from '../../kernel/catalogue.js';

type Entries = ReadonlyMap<string, CatalogueEntry>;

const known = new WeakMap<Entries, string>();

/**
 * Version of a tenant's definitions: another one where any of them changed, the same at every edge and after a restart. By it a page
 * that comes back learns whether it missed a change.
 */
export function versionOf(entries: Entries): string {
  let version = known.get(entries);
  if (version === undefined) {
    const all = [...entries].map(([id, entry]) => `${id} ${entry.version}`).sort().join('\n');
    known.set(entries, (version = createHash('sha256').update(all).digest('base64url').slice(0, 22)));
  }
  return version;
}
