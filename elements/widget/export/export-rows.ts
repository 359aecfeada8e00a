import { rowsOf, rowsPath } from '../../../sdk/data/rows.js';
import { saveFile } from '../../core/save-file.js';
import type { DataTable, WidgetView } from '../../core/widget-view.js';
import type { WidgetFacts } from '../facts.js';
import { csvOf } from './csv.js';
import { fileName } from './file-name.js';
import { fieldsTable, rowsTable } from './rows-table.js';

/** Rows that are asked for at once, and those of one file. */
const WINDOW = 5_000;
export const MOST_ROWS = 100_000;

/** How many rows are in the file, and how many there are. */
export interface Exported {
  rows: number;
  total: number;
}

/** Saves what a widget shows as a CSV file. Of a long table all rows are fetched, up to a cap; `progress` is told how many came. */
export async function exportRows(facts: WidgetFacts, progress: (done: number, total: number) => void): Promise<Exported> {
  const { table, total } = await tableOf(facts, progress);
  saveFile(new Blob([csvOf(table)], { type: 'text/csv;charset=utf-8' }), fileName(facts, 'csv'));
  return { rows: table.rows.length, total };
}

/** What stands in the file: all rows of a windowed table, else what the view says it shows, else the answer's rows. */
export async function tableOf({ view, definition, snapshot: { data } }: WidgetFacts, progress: (done: number, total: number) => void): Promise<{ table: DataTable; total: number }> {
  const long = view?.total !== undefined && view.total > rowsOf(data, definition?.dataPath).length ? await allRows(view, progress) : undefined;
  if (long !== undefined) return { table: rowsTable(long.rows, definition), total: long.total };
  const hasRows = rowsPath(data, definition?.dataPath) !== undefined;
  const table = view?.asTable() ?? (hasRows ? rowsTable(rowsOf(data, definition?.dataPath), definition) : fieldsTable(data));
  const rows = table.rows.slice(0, MOST_ROWS);
  return { table: { ...table, rows }, total: table.rows.length };
}

/** All of one answer: where another came meanwhile they are asked for anew, once; rows that change all the time would never end. */
async function allRows({ window, sort, total: known = 0 }: WidgetView, progress: (done: number, total: number) => void): Promise<{ rows: unknown[]; total: number } | undefined> {
  if (window === undefined) return undefined;
  let rows: unknown[] = [];
  let total = known;
  let of: string | undefined;
  let mayBegin = true;
  while (rows.length < Math.min(total, MOST_ROWS)) {
    progress(rows.length, Math.min(total, MOST_ROWS));
    const answer = await window({ from: rows.length, count: Math.min(WINDOW, MOST_ROWS - rows.length), ...(sort !== undefined && { sort }) });
    total = answer.total;
    const isOther = rows.length > 0 && answer.cursor !== of;
    of = answer.cursor;
    if (isOther && mayBegin) {
      rows = [];
      mayBegin = false;
      continue;
    }
    if (answer.rows.length === 0) break;
    for (const row of answer.rows) rows.push(row);
  }
  return { rows, total };
}
