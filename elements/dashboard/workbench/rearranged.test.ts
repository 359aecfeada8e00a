import { expect } from '@open-wc/testing';
import type { GridPosition, WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { rearranged } from './rearranged.js';

const at = (x: number, y: number): GridPosition => ({ x, y, w: 1, h: 1 });
const item = (itemId: string, position: GridPosition): WidgetLayoutItem => ({ itemId, widgetId: `w-${itemId}`, position });

describe('rearranged', () => {
  const items = [{ ...item('a', at(0, 0)), positions: { '2': at(1, 1) } }, item('b', at(1, 0)), { widgetId: 'nameless', position: at(5, 5) }];

  it('writes places into `position` at the base, else into those of the columns, and keeps all else', () => {
    const moved = new Map([['a', at(3, 3)]]);
    expect(rearranged(items, moved, 6, 6)).to.deep.equal([{ ...items[0], position: at(3, 3) }, items[1], items[2]]);
    expect(rearranged(items, moved, 4, 6)[0]).to.deep.equal({ ...items[0], positions: { '2': at(1, 1), '4': at(3, 3) } });
    expect(rearranged(items, moved, 2, 6)[0]).to.deep.equal({ ...items[0], positions: { '2': at(3, 3) } });
  });
});
