import { expect } from '@open-wc/testing';
import { columnsFor, sizeInUnits } from '../../sdk/contract/grid.js';
import type { GridPosition, WidgetLayoutItem } from '../../sdk/contract/layout.js';
import { arrange, baseColumns, firstFree, type PlacedItem } from './arrange.js';
import { withItemIds } from './item-ids.js';

const at = (x: number, y: number, w = 1, h = 1): GridPosition => ({ x, y, w, h });
const item = (itemId: string, position: GridPosition, positions?: Record<string, GridPosition>): WidgetLayoutItem => ({ itemId, widgetId: `w-${itemId}`, position, ...(positions && { positions }) });
const places = (placed: readonly PlacedItem[]) => Object.fromEntries(placed.map(({ item: { itemId = '' }, position: { x, y, w, h } }) => [itemId, [x, y, w, h]]));

function overlaps(placed: readonly PlacedItem[]): boolean {
  const taken = new Set<string>();
  for (const { position } of placed) {
    for (let x = position.x; x < position.x + position.w; x += 1) {
      for (let y = position.y; y < position.y + position.h; y += 1) {
        if (taken.has(`${x},${y}`)) return true;
        taken.add(`${x},${y}`);
      }
    }
  }
  return false;
}

/** In a worker: what never ends there can be ended. */
async function arrangedApart(items: unknown, columns: number): Promise<PlacedItem[]> {
  const code = `import { arrange } from ${JSON.stringify(new URL('./arrange.ts', import.meta.url).href)};
    onmessage = ({ data }) => postMessage(arrange(data.items, data.columns, 6));
    postMessage('ready');`;
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module' });
  const answer = () => new Promise<unknown>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message || 'The worker did not start.'));
  });
  try {
    await answer();
    worker.postMessage({ items, columns });
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`arrange never came back from ${JSON.stringify(items)} in ${columns} columns.`)), 1500));
    return (await Promise.race([answer(), late])) as PlacedItem[];
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}

describe('arrange', () => {
  it('leaves what the user arranged as it is', () => {
    const items = [item('a', at(0, 0, 2)), item('b', at(2, 0, 4, 2)), item('c', at(0, 1, 2))];
    expect(places(arrange(items, 6, 6))).to.deep.equal({ a: [0, 0, 2, 1], b: [2, 0, 4, 2], c: [0, 1, 2, 1] });
  });

  it('takes the arrangement of these columns where there is one, and puts the rest behind it in reading order', () => {
    const items = [item('a', at(0, 0, 2)), item('b', at(2, 0, 4), { '2': at(0, 0, 2) }), item('c', at(0, 1, 1)), item('d', at(1, 1, 1))];
    expect(places(arrange(items, 2, 6))).to.deep.equal({ b: [0, 0, 2, 1], a: [0, 1, 2, 1], c: [0, 2, 1, 1], d: [1, 2, 1, 1] });
    // What is said of other columns does not count.
    expect(places(arrange(items, 4, 6))['b']).to.deep.equal([0, 1, 4, 1]);
  });

  it('is read from the definition’s own columns, not from `positions`, at the base', () => {
    expect(places(arrange([item('a', at(3, 0), { '6': at(0, 0) })], 6, 6))).to.deep.equal({ a: [3, 0, 1, 1] });
    expect([baseColumns({}), baseColumns({ columns: 6 }), baseColumns({ columns: 12 })]).to.deep.equal([6, 6, 12]);
  });

  it('makes nothing wider than the grid, lets nothing stand outside it, and raises what can rise', () => {
    const items = [item('wide', at(0, 7, 99)), item('out', at(40, 9, 2)), item('before', at(-3, -2)), item('flat', at(3, 20, 0, 0))];
    const placed = arrange(items, 6, 6);
    expect(places(placed)).to.deep.equal({ before: [0, 0, 1, 1], wide: [0, 1, 6, 1], out: [4, 2, 2, 1], flat: [3, 2, 1, 1] });
  });

  it('never lets two overlap, whatever a file says, at any number of columns', () => {
    const items = Array.from({ length: 40 }, (_, index) => item(`i${index}`, at((index * 5) % 7, (index * 3) % 4, 1 + (index % 6), 1 + (index % 3)), index % 3 ? undefined : { '4': at(index % 4, 0, 2, 2) }));
    for (const columns of [1, 2, 4, 6, 12]) {
      const placed = arrange(items, columns, 6);
      expect(placed, `${columns} columns`).to.have.length(40);
      expect(overlaps(placed), `${columns} columns`).to.equal(false);
      for (const { position: { x, y, w } } of placed) expect(x >= 0 && y >= 0 && w >= 1 && x + w <= columns, `${columns} columns`).to.equal(true);
    }
  });

  it('gives all of the width to what is wider than half of it and has nothing beside it, but not where somebody put it so', () => {
    const items = [item('a', at(0, 0, 3, 2)), item('b', at(3, 0, 3)), item('c', at(0, 2, 3)), item('d', at(3, 1, 1)), item('e', at(4, 2, 2)), item('f', at(0, 3, 3), { '4': at(0, 9, 3) })];
    expect(places(arrange(items, 4, 6))).to.deep.equal({ f: [0, 0, 3, 1], d: [3, 0, 1, 1], a: [0, 1, 4, 2], b: [0, 3, 4, 1], c: [0, 4, 4, 1], e: [0, 5, 2, 1] });
    expect(places(arrange([item('a', at(0, 0, 3))], 6, 6))).to.deep.equal({ a: [0, 0, 3, 1] });
  });

  it('is the same again for what it arranged itself', () => {
    const items = [item('a', at(2, 3, 2, 2)), item('b', at(1, 0, 3)), item('c', at(2, 3, 2, 2))];
    const once = arrange(items, 4, 6).map(({ item: one, position }) => ({ ...one, positions: { '4': position } }));
    expect(places(arrange(once, 4, 6))).to.deep.equal(places(arrange(items, 4, 6)));
  });

  it('stacks all in one column, in reading order', () => {
    const items = [item('c', at(0, 1, 6, 2)), item('b', at(3, 0, 3)), item('a', at(0, 0, 3))];
    expect(places(arrange(items, 1, 6))).to.deep.equal({ a: [0, 0, 1, 1], b: [0, 1, 1, 1], c: [0, 2, 1, 2] });
  });

  it('comes to an end for places that are none, as a page may hand them in by `value`', async () => {
    for (const position of [{ x: 0, y: 0 }, { x: 1, y: 1, w: Number.NaN, h: 1 }, {}, { x: '2', y: null, w: 2, h: 1 }]) {
      for (const columns of [4, 6]) {
        const [placed] = await arrangedApart([{ itemId: 'a', widgetId: 'w', position }], columns);
        expect(Object.values(placed!.position).every(Number.isInteger), `${JSON.stringify(position)} in ${columns} columns: ${JSON.stringify(placed!.position)}`).to.equal(true);
      }
    }
  });

  it('changes nothing of what it was given', () => {
    const items = Object.freeze([Object.freeze(item('b', Object.freeze(at(0, 5)))), Object.freeze(item('a', Object.freeze(at(0, 0))))]);
    const before = JSON.stringify(items);
    arrange(items, 2, 6);
    arrange(items, 6, 6);
    expect(JSON.stringify(items)).to.equal(before);
  });
});

describe('firstFree', () => {
  const taken = (...positions: GridPosition[]) => positions.map((position, index) => ({ item: item(String(index), position), position }));

  it('finds the first gap that is large enough, else a new line', () => {
    expect(firstFree({ w: 1, h: 1 }, 6, [])).to.deep.equal(at(0, 0));
    expect(firstFree({ w: 2, h: 1 }, 6, taken(at(0, 0, 2), at(3, 0, 1)))).to.deep.equal(at(4, 0, 2));
    expect(firstFree({ w: 3, h: 1 }, 6, taken(at(0, 0, 2), at(3, 0, 1)))).to.deep.equal(at(0, 1, 3));
    expect(firstFree({ w: 2, h: 2 }, 2, taken(at(0, 1, 1)))).to.deep.equal(at(0, 2, 2, 2));
  });

  it('is never wider than the grid', () => {
    expect(firstFree({ w: 6, h: 1 }, 2, [])).to.deep.equal(at(0, 0, 2));
  });
});

describe('columns and sizes', () => {
  it('are 6, 4, 2 and 1 by the width of the container', () => {
    expect([4000, 1200, 1199, 800, 799, 480, 479, 1, 0].map(columnsFor)).to.deep.equal([6, 6, 4, 4, 2, 2, 1, 1, 1]);
  });

  it('are as the contract says, never wider than the grid', () => {
    expect((['small', 'medium', 'large', 'wide', 'full-width'] as const).map((size) => Object.values(sizeInUnits(size, 6)))).to.deep.equal([[1, 1], [2, 1], [2, 2], [4, 1], [6, 1]]);
    expect((['medium', 'wide', 'full-width'] as const).map((size) => Object.values(sizeInUnits(size, 1)))).to.deep.equal([[1, 1], [1, 1], [1, 1]]);
  });
});

describe('withItemIds', () => {
  it('gives ids to items that have none, each its own, and leaves the rest', () => {
    const layout = { userId: 'u', layoutId: 'l', name: 'L', isDefault: true, createdAt: '', updatedAt: '', widgets: [item('a', at(0, 0)), { widgetId: 'w', position: at(0, 1) }, { widgetId: 'w', position: at(0, 2) }] };
    const ids = withItemIds(layout).widgets.map(({ itemId }) => itemId);
    expect(ids[0]).to.equal('a');
    expect(new Set(ids).size).to.equal(3);
    expect(layout.widgets[1]!.itemId).to.equal(undefined);
  });
});
