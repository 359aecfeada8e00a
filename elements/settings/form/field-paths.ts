import { rowsOf } from '../../../sdk/data/rows.js';
import { isRecord } from './values.js';

const DEEPEST = 4;
const MOST = 100;
/** Rows looked at: the first may lack a field that others have. */
const ROWS = 20;

/** Paths that an answer offers: those of its rows where it has rows, else its own. */
export function fieldPathsOf(data: unknown, dataPath?: string): string[] {
  const rows = rowsOf(data, dataPath).slice(0, ROWS);
  const found = new Set<string>();
  for (const subject of rows.length > 0 ? rows : [data]) collect(subject, '', DEEPEST, found);
  return [...found];
}

function collect(value: unknown, prefix: string, depth: number, found: Set<string>): void {
  if (!isRecord(value) || depth === 0) return;
  for (const [name, part] of Object.entries(value)) {
    if (found.size >= MOST) return;
    // A name with a dot in it cannot be said by a path.
    if (name.includes('.')) continue;
    const path = prefix + name;
    if (isRecord(part)) collect(part, `${path}.`, depth - 1, found);
    else if (!Array.isArray(part)) found.add(path);
  }
}
