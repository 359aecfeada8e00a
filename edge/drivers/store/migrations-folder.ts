import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside this file in the sources; in the package beside the bundle or one folder above it. */
const PLACES = ['./migrations', '../migrations'];

/** Path of the folder with the SQL that drizzle-kit wrote. Throws where the package was installed without it. */
export function migrationsFolder(from: string = import.meta.url): string {
  const folders = PLACES.map((place) => fileURLToPath(new URL(place, from)));
  const found = folders.find((folder) => existsSync(`${folder}/meta/_journal.json`));
  if (found) return found;
  throw new Error(`The database migrations are missing: no migrations/meta/_journal.json beside ${fileURLToPath(from)} or above it.`);
}
