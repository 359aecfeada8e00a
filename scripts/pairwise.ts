/** One value of each dimension. */
export type Combination<Dimensions> = { [Name in keyof Dimensions]: Dimensions[Name] extends readonly (infer Value)[] ? Value : never };

/** Few combinations in which each two values of different dimensions stand together at least once. */
export function pairwise<const Dimensions extends Record<string, readonly string[]>>(dimensions: Dimensions): Combination<Dimensions>[] {
  const names = Object.keys(dimensions);
  const pairs = new Set<string>();
  const pair = (a: string, x: string, b: string, y: string) => `${a}=${x}&${b}=${y}`;
  names.forEach((a, index) => {
    for (const b of names.slice(index + 1)) for (const x of dimensions[a] ?? []) for (const y of dimensions[b] ?? []) pairs.add(pair(a, x, b, y));
  });
  const covered = (row: Record<string, string>): string[] =>
    names.flatMap((a, index) => names.slice(index + 1).map((b) => pair(a, row[a] ?? '', b, row[b] ?? ''))).filter((one) => pairs.has(one));
  const rows: Record<string, string>[] = [];
  for (let [first] = pairs; first !== undefined; [first] = pairs) {
    // It begins with a pair that is missing, and takes for each other dimension the value that covers most of the rest.
    const row = Object.fromEntries(first.split('&').map((part) => part.split('=') as [string, string]));
    for (const name of names) {
      if (Object.hasOwn(row, name)) continue;
      const gain = (value: string) => covered({ ...row, [name]: value }).length;
      row[name] = [...(dimensions[name] ?? [])].sort((x, y) => gain(y) - gain(x))[0] ?? '';
    }
    for (const one of covered(row)) pairs.delete(one);
    rows.push(row);
  }
  return rows as Combination<Dimensions>[];
}
