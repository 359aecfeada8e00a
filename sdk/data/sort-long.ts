import { ordering, type Keyed, type SortOrder } from './sort.js';

/** Rows that are sorted or merged in one go: a few milliseconds. */
const PIECE = 4_000;

/** The first rows of what `sortRows` gives, without sorting the others. */
export function firstSorted<Row>(rows: readonly Row[], count: number, by: string, order?: SortOrder, locale?: string): Row[] {
  const { keyed, compare } = ordering(by, order, locale);
  const first: Keyed<Row>[] = [];
  for (const row of rows) {
    const one = keyed(row);
    const last = first[first.length - 1];
    if (last !== undefined && first.length >= count && compare(one, last) >= 0) continue;
    let low = 0;
    let high = first.length;
    // After its equals: they keep their order.
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(one, first[middle] as Keyed<Row>) < 0) high = middle;
      else low = middle + 1;
    }
    first.splice(low, 0, one);
    if (first.length > count) first.pop();
  }
  return first.map(({ row }) => row);
}

/** `sortRows` in pieces with a pause after each, so that many rows hold nobody else up. */
export async function sortInTurns<Row>(rows: readonly Row[], pause: () => Promise<void>, by: string, order?: SortOrder, locale?: string): Promise<Row[]> {
  const { keyed, compare } = ordering(by, order, locale);
  let runs: Keyed<Row>[][] = [];
  for (let at = 0; at < rows.length; at += PIECE) {
    runs.push(rows.slice(at, at + PIECE).map((row) => keyed(row)).sort(compare));
    await pause();
  }
  while (runs.length > 1) {
    const merged: Keyed<Row>[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], compare, pause));
    runs = merged;
  }
  return (runs[0] ?? []).map(({ row }) => row);
}

async function merge<Row>(one: Keyed<Row>[], other: Keyed<Row>[], compare: (a: Keyed<Row>, b: Keyed<Row>) => number, pause: () => Promise<void>): Promise<Keyed<Row>[]> {
  if (other.length === 0) return one;
  const all: Keyed<Row>[] = [];
  let at = 0;
  let beside = 0;
  while (at < one.length || beside < other.length) {
    const left = one[at];
    const right = other[beside];
    if (right === undefined || (left !== undefined && compare(left, right) <= 0)) {
      all.push(left as Keyed<Row>);
      at += 1;
    } else {
      all.push(right);
      beside += 1;
    }
    if (all.length % PIECE === 0) await pause();
  }
  return all;
}
