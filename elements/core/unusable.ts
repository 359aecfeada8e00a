import type { TemplateResult } from 'lit';
import { rowsElsewhere, rowsPath } from '../../sdk/data/rows.js';
import { unusable } from './another-shape.js';
import { message } from './message.js';
import type { Strings } from './strings.js';

export { unusable };

/** What a view of rows shows that has none: that there are none yet, or that they are not where it looks, and where they may be instead. */
export function noRows(strings: Strings, data: unknown, dataPath: string | undefined, empty = strings.empty): TemplateResult {
  if (data === undefined || data === null || rowsPath(data, dataPath) !== undefined) return message({ icon: 'Inbox', title: empty });
  const found = rowsElsewhere(data);
  const hint = strings.unusableHint(dataPath ?? 'items');
  return unusable(strings, found === undefined ? hint : `${hint} ${strings.rowsMaybeAt(found)}`);
}
