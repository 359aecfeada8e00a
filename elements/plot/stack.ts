/** The lower and upper edge of each value: on zero, or on what was stacked before it. Falling below zero stacks downwards. */
export interface Edges {
  /** One for each value; none where all stand on zero. */
  from: readonly number[];
  to: readonly (number | null)[];
}

/** Beyond this an axis around the value, or a sum of two, is infinite: such a value is a gap. */
const LARGEST = 1e300;

/** Edges of each series, in order. Without stacking every value stands on zero. */
export function edgesOf(series: readonly (readonly (number | null)[])[], stacked: boolean): Edges[] {
  const drawable = series.map((values) => (values.some(isTooLarge) ? values.map((value) => (isTooLarge(value) ? null : value)) : values));
  if (!stacked) return drawable.map((to) => ({ from: [], to }));
  const up: number[] = [];
  const down: number[] = [];
  return drawable.map((values) => {
    const from: number[] = [];
    const to = values.map((value, index) => {
      const base = (value ?? 0) < 0 ? down : up;
      const start = base[index] ?? 0;
      from.push(start);
      return value === null ? null : (base[index] = start + value);
    });
    return { from, to };
  });
}

function isTooLarge(value: number | null): boolean {
  return value !== null && (value > LARGEST || value < -LARGEST);
}
