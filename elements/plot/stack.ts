/** The lower and upper edge of each value: on zero, or on what was stacked before it. Falling below zero stacks downwards. */
export interface Edges {
  from: number[];
  to: (number | null)[];
}

/** Beyond this an axis around the value, or a sum of two, is infinite: such a value is a gap. */
const LARGEST = 1e300;

/** Edges of each series, in order. Without stacking every value stands on zero. */
export function edgesOf(series: readonly (readonly (number | null)[])[], stacked: boolean): Edges[] {
  const up: number[] = [];
  const down: number[] = [];
  return series.map((values) => {
    const from: number[] = [];
    const to: (number | null)[] = [];
    values.forEach((given, index) => {
      const value = given === null || Math.abs(given) > LARGEST ? null : given;
      const base = stacked ? ((value ?? 0) < 0 ? down : up) : undefined;
      const start = base?.[index] ?? 0;
      from.push(start);
      to.push(value === null ? null : start + value);
      if (base && value !== null) base[index] = start + value;
    });
    return { from, to };
  });
}
