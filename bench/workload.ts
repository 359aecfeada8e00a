/** The dashboard of every figure: 8 stat, 6 lines of 720 points, 2 bar, 1 donut, 2 tables of 1,000 rows, 1 gauge. The same in each run. */

export type Kind = 'stat' | 'line' | 'bar' | 'donut' | 'table' | 'gauge';

export interface Card {
  id: string;
  kind: Kind;
  title: string;
  data: unknown;
}

export interface Point {
  time: string;
  value: number;
}
export interface Slice {
  name: string;
  value: number;
}
export interface Row {
  id: number;
  sku: string;
  product: string;
  quantity: number;
  price: number;
}

const START = Date.UTC(2026, 0, 1);

export function cards(seed = 1): Card[] {
  const random = generator(seed);
  return [
    ...many(8, (index) => card('stat', index, { value: 10_000 + Math.round(random() * 90_000), trend: { direction: 'up', percentage: round(random() * 20) } })),
    ...many(6, (index) => card('line', index, points(random, 720))),
    ...many(2, (index) => card('bar', index, slices(random, 12))),
    card('donut', 0, slices(random, 5)),
    ...many(2, (index) => card('table', index, rows(random, 1000))),
    card('gauge', 0, { value: Math.round(random() * 100) }),
  ];
}

/** The n-th update of a card: what its module would answer next. */
export function updated(of: Card, step: number): unknown {
  const random = generator(step + 7);
  switch (of.kind) {
    case 'stat':
      return { value: 10_000 + Math.round(random() * 90_000), trend: { direction: 'down', percentage: round(random() * 20) } };
    case 'gauge':
      return { value: Math.round(random() * 100) };
    case 'line': {
      const old = of.data as Point[];
      return old.map((point, index) => ({ time: new Date(START + (index + step) * 60_000).toISOString(), value: old[(index + step) % old.length]?.value ?? point.value }));
    }
    case 'bar':
    case 'donut':
      return (of.data as Slice[]).map((slice) => ({ ...slice, value: Math.round(random() * 1000) + 50 }));
    case 'table':
      return (of.data as Row[]).map((row, index) => (index % 100 === step % 100 ? { ...row, quantity: Math.round(random() * 500) } : row));
  }
}

/** The long table of B8. */
export function longRows(): Row[] {
  return rows(generator(3), 100_000);
}

function card(kind: Kind, index: number, data: unknown): Card {
  return { id: `${kind}-${index}`, kind, title: `${kind} ${index + 1}`, data };
}

function points(random: () => number, count: number): Point[] {
  let value = 100;
  return many(count, (index) => {
    value = Math.max(1, value + (random() - 0.48) * 6);
    return { time: new Date(START + index * 60_000).toISOString(), value: round(value) };
  });
}

function slices(random: () => number, count: number): Slice[] {
  return many(count, (index) => ({ name: `Part ${index + 1}`, value: Math.round(random() * 1000) + 50 }));
}

function rows(random: () => number, count: number): Row[] {
  return many(count, (index) => ({
    id: index + 1,
    sku: `SKU-${String(index + 1).padStart(5, '0')}`,
    product: `Product ${Math.floor(random() * 5000)}`,
    quantity: Math.round(random() * 500),
    price: round(random() * 400),
  }));
}

const round = (value: number) => Math.round(value * 100) / 100;

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
