/** The same data with other rows at that path (`''`: the data are the rows). What stands around them is unchanged. */
export function withRows(target: unknown, path: string, rows: readonly unknown[]): unknown {
  if (path === '') return rows;
  const fields = target as Record<string, unknown>;
  // A field may have dots in its own name, and then that is what its path meant.
  if (Object.hasOwn(fields, path)) return replaced(fields, path, rows);
  const dot = path.indexOf('.');
  const head = path.slice(0, dot);
  return replaced(fields, head, withRows(fields[head], path.slice(dot + 1), rows));
}

function replaced(fields: Record<string, unknown>, name: string, value: unknown): unknown {
  if (Array.isArray(fields)) return fields.map((item: unknown, index) => (String(index) === name ? value : item));
  return { ...fields, [name]: value };
}
