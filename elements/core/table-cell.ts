/** A value in a `DataTable`, as it came: numbers stay numbers, texts and times what they are. */
export function tableCell(value: unknown): string | number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : null;
}
