import { describe, expect, it } from 'vitest';
import type { TableConfig } from '../../../sdk/contract/display.js';
import { entry } from '../../feeds/test/fixture.js';
import { ProblemError } from '../../kernel/problems.js';
import { answersRig } from './test/rig.js';

interface Order {
  id: number;
  total: number;
}
type Told = { data: Order[]; total?: number; sort?: string; cursor: string; state?: string; widget?: { tableConfig?: TableConfig } };

const COUNT = 20_000;
const orders = (changed = -1): Order[] => Array.from({ length: COUNT }, (_, id) => ({ id, total: id === changed ? 0.5 : (id * 7919) % COUNT }));
const table = (tableConfig: Partial<TableConfig>, more = {}) => entry({ type: 'table', statConfig: undefined, tableConfig: { columns: [{ key: 'id' }], windowed: true, ...tableConfig }, ...more });
const ids = ({ data }: Told) => data.map(({ id }) => id);

describe('a windowed table in the batch', () => {
  it('is the first rows in the definition’s order, how many there are, and the order', async () => {
    const { lines, get, calls } = answersRig([table({ sortBy: 'total', sortOrder: 'desc' })], () => orders());
    const [told] = (await lines({ define: true, widgets: ['sales'] })) as unknown as Told[];
    expect([told!.data.length, told!.total, told!.sort]).toEqual([100, COUNT, '-total']);
    expect(told!.data.slice(0, 3).map(({ total }) => total)).toEqual([COUNT - 1, COUNT - 2, COUNT - 3]);
    expect(told!.widget?.tableConfig?.windowed).toBe(true);
    // The windows that follow go on where it ends, and are of the same answer.
    const next = (await (await get('/widgets/sales/data?rows=0,101&sort=-total')).json()) as Told;
    expect(ids(next).slice(0, 100)).toEqual(ids(told!));
    expect([next.total, next.cursor]).toEqual([COUNT, told!.cursor]);
    expect(calls).toHaveLength(1);
  });

  it('keeps the answer’s own order where the definition has none, and what stands around the rows', async () => {
    const { lines } = answersRig([table({}, { dataPath: 'found.orders' })], () => ({ found: { orders: orders(), note: 'kept' } }));
    const [told] = (await lines({ widgets: ['sales'] })) as unknown as { data: { found: { orders: Order[]; note: string } }; total: number }[];
    expect(told).not.toHaveProperty('sort');
    expect([told!.data.found.note, told!.data.found.orders.map(({ id }) => id), told!.total]).toEqual(['kept', Array.from({ length: 100 }, (_, id) => id), COUNT]);
  });

  it('has another cursor when a row changes that is in no first window', async () => {
    const { lines, clock, answer } = answersRig([table({ sortBy: 'id' })], () => orders());
    const [before] = (await lines({ widgets: ['sales'] })) as unknown as Told[];
    answer(() => orders(15_000));
    await clock.advance(60_000);
    const [after] = (await lines({ widgets: [{ id: 'sales', cursor: before!.cursor }] })) as unknown as Told[];
    expect(after!.cursor).not.toBe(before!.cursor);
    expect(after!.data).toEqual(before!.data);
    const [known] = (await lines({ widgets: [{ id: 'sales', cursor: after!.cursor }] })) as unknown as Told[];
    expect(known).toMatchObject({ state: 'fresh', cursor: after!.cursor });
    expect(known).not.toHaveProperty('data');
  });

  it('is no longer while its source fails', async () => {
    const { lines, clock, answer } = answersRig([table({})], () => orders());
    await lines({ widgets: ['sales'] });
    answer(() => {
      throw new ProblemError('module_not_running', 'The module sales is not running.');
    });
    await clock.advance(90_000);
    const [stale] = (await lines({ widgets: ['sales'] })) as unknown as Told[];
    expect([stale!.state, stale!.data.length, stale!.total]).toEqual(['stale', 100, COUNT]);
  });

  it('is whole for who asks for it by itself, and where the definition windows nothing', async () => {
    const { get } = answersRig([table({})], () => orders());
    expect(((await (await get('/widgets/sales/data')).json()) as Told).data).toHaveLength(COUNT);
    const { lines } = answersRig([table({ windowed: false })], () => orders());
    const [told] = (await lines({ widgets: ['sales'] })) as unknown as Told[];
    expect(told!.data).toHaveLength(COUNT);
    expect(told).not.toHaveProperty('total');
  });

  it('is the whole answer where that has no rows', async () => {
    for (const data of [{ note: 'none' }, 7, null, 'text']) {
      const { lines } = answersRig([table({ sortBy: 'total' })], () => data);
      const [told] = (await lines({ widgets: ['sales'] })) as unknown as Told[];
      expect(told).toMatchObject({ data });
      expect(told).not.toHaveProperty('total');
    }
  });

  it('is refused to who may not see it, in the batch and by windows alike', async () => {
    const { lines, get } = answersRig([table({})], () => orders());
    expect(await lines({ widgets: ['sales'] }, 'bob')).toMatchObject([{ state: 'refused', error: { code: 'not_found' } }]);
    for (const query of ['rows=0,10', 'rows=0,10&sort=total', 'search=1']) {
      expect((await get(`/widgets/sales/data?${query}`, 'bob')).status).toBe(404);
      expect((await get(`/widgets/sales/data?${query}`, 'nobody')).status).toBe(401);
    }
  });
});
