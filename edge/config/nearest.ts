/** Letters alone: `base_url` and `baseUrl` are the same word. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The name that was probably meant; undefined where none of them is near. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const given = plain(name);
  let best: { name: string; far: number } | undefined;
  for (const one of names) {
    const far = distance(given, plain(one));
    if (far <= Math.max(1, Math.floor(given.length / 4)) && (best === undefined || far < best.far)) best = { name: one, far };
  }
  return best?.name;
}

/** Letters to add, to leave out, to change or to swap with their neighbour until one word is the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
