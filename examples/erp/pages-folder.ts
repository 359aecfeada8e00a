import { readFile } from 'node:fs/promises';

/** Beside this file in the sources, and beside the bundle in the package. */
const FOLDER = new URL('./pages/', import.meta.url);

/** A page, script or style sheet of the demo, as text. */
export function readPage(name: string): Promise<string> {
  return readFile(new URL(name, FOLDER), 'utf8');
}
