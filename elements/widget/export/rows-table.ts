import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import { getPath } from '../../../sdk/data/path.js';
import { isRecord } from '../../../sdk/data/record.js';
import { rowsOf, rowsPath } from '../../../sdk/data/rows.js';
import type { DataTable, WidgetView } from '../../core/widget-view.js';

type Cell = string | number | null;

/** Rows that are looked at for their fields, where the definition names no columns. */
const LOOKED_AT = 100;
/** More fields than a file is of use with. */
const MOST_FIELDS = 200;

/** Whether there may be something to export; makes no table to find out. */
export function mayHaveRows(view: WidgetView, data: unknown, definition: WidgetDefinition | undefined): boolean {
  if (data === undefined || data === null) return false;
  if (rowsPath(data, definition?.dataPath) !== undefined) return rowsOf(data, definition?.dataPath).length > 0;
  return definition?.type === 'text' || definition?.type === 'custom' ? view.asTable() !== undefined : isRecord(data);
}

/** Rows of an answer as a table: by the definition's columns, else by the fields that the rows have. */
export function rowsTable(rows: readonly unknown[], definition: WidgetDefinition | undefined): DataTable {
  const columns = columnsOf(rows, definition);
  return {
    columns: columns.map(({ label }) => ({ label })),
    rows: rows.map((row) => columns.map(({ key }) => cellOf(key === undefined ? row : isRecord(row) ? getPath(row, key) : undefined))),
  };
}

/** An answer without rows: its fields by name. */
export function fieldsTable(data: unknown): DataTable {
  const fields = isRecord(data) ? Object.entries(data) : [['value', data] as const];
  return { columns: [{ label: 'Field' }, { label: 'Value' }], rows: fields.map(([name, value]) => [name, cellOf(value)]) };
}

function columnsOf(rows: readonly unknown[], definition: WidgetDefinition | undefined): { key?: string; label: string }[] {
  const given = definition?.type === 'table' ? (definition.tableConfig?.columns as { key: string; label?: string }[] | undefined) : undefined;
  if (Array.isArray(given) && given.length > 0) return given.map(({ key, label }) => ({ key, label: label ?? key }));
  const names = new Set<string>();
  for (const row of rows.slice(0, LOOKED_AT)) if (isRecord(row)) for (const name of Object.keys(row)) if (names.size < MOST_FIELDS) names.add(name);
  return names.size === 0 ? [{ label: 'Value' }] : [...names].map((key) => ({ key, label: key }));
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value as boolean);
}
