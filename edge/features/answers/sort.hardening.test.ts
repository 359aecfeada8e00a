/** HAZARDS 7: a name that a caller chooses is looked up in rows in memory; it never gets near a statement. */
import { describe, expect, it } from 'vitest';
import { entry } from '../../feeds/test/fixture.js';
import { answersRig } from './test/rig.js';

const rows = [{ sku: 'b', n: 2 }, { sku: 'a', n: 3 }, { sku: 'c', n: 1 }];
const ask = async (query: Record<string, string>) => {
  const { get } = answersRig([entry({ type: 'table' } as never)], () => rows);
  const response = await get(`/widgets/sales/data?${new URLSearchParams(query).toString()}`);
  return { status: response.status, body: (await response.json()) as { data?: { sku: string }[]; errors?: { path: string }[] } };
};
const order = (data: { sku: string }[] = []) => data.map(({ sku }) => sku).join('');

describe('Sort/filter by user string', () => {
  it('sorts by a column that is there', async () => {
    expect(order((await ask({ sort: 'sku' })).body.data)).toBe('abc');
    expect(order((await ask({ sort: '-n' })).body.data)).toBe('abc');
  });

  it.each(['"; --', "'; DROP TABLE widgets; --", '`', 'sku`', '"sku"', 'sku DESC', '1', '__proto__', 'constructor', 'constructor.prototype', 'toString', '-', '--', '\u0000', 'x'.repeat(200)])(
    'by %j nothing is sorted and nothing breaks', async (sort) => {
      const { status, body } = await ask({ sort });
      expect(status).toBe(200);
      expect(order(body.data)).toBe('bac');
    },
  );

  it('a name of a thousand characters is refused, and named', async () => {
    for (const name of ['sort', 'search']) {
      const { status, body } = await ask({ [name]: 'x'.repeat(1_000) });
      expect([status, body.errors?.[0]?.path]).toEqual([400, name]);
    }
  });

  it('of more rows than anybody can wait for none are sorted', async () => {
    const many = Array.from({ length: 250_001 }, (_, n) => ({ n }));
    const { get } = answersRig([entry({ type: 'table' } as never)], () => many);
    for (const query of ['sort=n', 'search=7']) {
      const response = await get(`/widgets/sales/data?rows=0,10&${query}`);
      expect([response.status, ((await response.json()) as { errors: { path: string }[] }).errors[0]?.path]).toEqual([400, query.split('=')[0]]);
    }
    expect((await get('/widgets/sales/data?rows=250000,10')).status).toBe(200);
  });

  it.each(['sort=-name', 'search=9'])('%s of a hundred thousand rows lets others have their turn', async (query) => {
    const many = Array.from({ length: 100_000 }, (_, n) => ({ n, name: `Order ${(n * 7919) % 100_003}` }));
    const { get } = answersRig([entry({ type: 'table' } as never)], () => many);
    await get('/widgets/sales/data?rows=0,1');
    let turns = 0;
    let over = false;
    const others = (async () => {
      while (!over) {
        await new Promise((resolve) => void setImmediate(resolve));
        turns += 1;
      }
    })();
    const asked = ['0,10', '500,10', '99000,10'].map(async (rows) => (await get(`/widgets/sales/data?rows=${rows}&${query}`)).status);
    expect(await Promise.all(asked)).toEqual([200, 200, 200]);
    over = true;
    await others;
    expect(turns).toBeGreaterThan(15);
  });

  it.each(['%', '_', "' OR 1=1 --", '.*', '(a+)+$', '\\'])('the search %j means its own characters', async (search) => {
    const { status, body } = await ask({ search });
    expect([status, body.data]).toEqual([200, []]);
  });
});
