import type { DataTable } from '../../core/widget-view.js';

/** What spreadsheets run as a formula, or as one once what stands before it is cut off. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NEGATIVE = /^-\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** A program of another language or with other settings parts cells at other marks than commas: what stands behind one may begin a cell there. */
const WITHIN = /([;,\t\r\n]"*)(?=[=+\-@＝＋－＠])(?!-\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?:[";,\t\r\n]|$))/g;
const QUOTED = /[",;\r\n\t]|^\s|\s$/;

/** Says that it is UTF-8 to programs that would guess another encoding. */
const BOM = '\uFEFF';

/** A table as RFC 4180 has it, with a header line. A cell that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvOf({ columns, rows }: DataTable): string {
  const lines = [columns.map(({ label }) => label), ...rows].map((row) => row.map(cell).join(','));
  return `${BOM}${lines.join('\r\n')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const safe = `${FORMULA.test(value) && !NEGATIVE.test(value) ? "'" : ''}${value.replaceAll(WITHIN, "$1'")}`;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
