import { expect, it } from 'vitest';
import { pairwise } from './pairwise.js';

it('each two values of different dimensions stand together, in far fewer rows than all', () => {
  const dimensions = { width: ['390', '768', '1280', '1920'], theme: ['light', 'dark'], dir: ['ltr', 'rtl'], size: ['', 'small', 'large'], locale: ['en', 'de', 'ar'] } as const;
  const rows = pairwise(dimensions);
  const names = Object.keys(dimensions) as (keyof typeof dimensions)[];
  for (const a of names) {
    for (const b of names) {
      if (a === b) continue;
      for (const x of dimensions[a]) for (const y of dimensions[b]) expect(rows.some((row) => row[a] === x && row[b] === y), `${a}=${x} with ${b}=${y}`).toBe(true);
    }
  }
  expect(rows.length).toBeLessThan(24);
});
