/** Many people of two companies: one question to a module serves a whole company, and never the other. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Viewer, isLive, look, TWENTY } from './test/viewers.js';
import { visitors } from './test/visitor.js';

const USERS = 50;
const TENANTS = ['atlas', 'borealis'] as const;

const visit = visitors();

/** Data calls that the modules themselves have counted: `tenant endpoint` → how many. */
async function callsAtModules(): Promise<Map<string, number>> {
  const texts = await Promise.all(Object.values(visit.demo.modules).map(async (url) => (await fetch(`${url}/metrics`)).text()));
  const lines = texts.flatMap((text) => [...text.matchAll(/^erp_module_calls_total\{tenant="([^"]+)",endpoint="([^"]+)"\} (\d+)$/gm)]);
  return new Map(lines.map(([, tenant, endpoint, count]) => [`${tenant} ${endpoint}`, Number(count)]));
}

const endpointOf = ({ id, dataSource }: (typeof TWENTY)[number]) => {
  if (dataSource.type !== 'module') throw new Error(`${id} asks no module.`);
  return dataSource.endpoint;
};

describe('fifty people of each company with twenty widgets each', () => {
  let everybody: Viewer[] = [];
  afterEach(() => everybody.forEach(({ client }) => client.close()));

  it('cost one call to the module a company and widget; news of a company reaches all of its people and nobody else', async () => {
    const [atlas, borealis] = await Promise.all(TENANTS.map((tenant) => Promise.all(Array.from({ length: USERS }, async (_, index) => {
      const { token } = await visit.demo.login({ user: 'admin', tenant, subject: `${tenant}-${index}` });
      return look(visit.demo.url, token, TWENTY);
    }))));
    if (!atlas || !borealis) throw new Error('There are two companies.');
    everybody = [...atlas, ...borealis];
    await expect.poll(() => everybody.filter(isLive).length, { timeout: 30_000 }).toBe(2 * USERS);

    const keysOf = (tenant: string) => TWENTY.map((widget) => `${tenant} ${endpointOf(widget)}`);
    const calls = await callsAtModules();
    expect(TENANTS.flatMap(keysOf).map((key) => calls.get(key))).toEqual(Array.from({ length: 2 * TWENTY.length }, () => 1));
    expect([...calls.values()].reduce((sum, count) => sum + count, 0)).toBe(2 * TWENTY.length);

    // Each sees what their company sees…
    const seen = (viewer: Viewer | undefined) => TWENTY.map(({ id }) => JSON.stringify(viewer?.answers.get(id)?.at(-1)));
    for (const people of [atlas, borealis]) for (const viewer of people) expect(seen(viewer)).toEqual(seen(people[0]));

    const counts = (people: Viewer[]) => people.map(({ answers }) => (answers.get('sales-summary')?.at(-1) as { order_count: number }).order_count);
    const told = (people: Viewer[]) => people.reduce((sum, viewer) => sum + viewer.told, 0);
    const [ofAtlas, ofBorealis] = [counts(atlas), counts(borealis)];
    const quiet = told(borealis);
    await visit.order('atlas');
    await expect.poll(() => counts(atlas), { timeout: 10_000 }).toEqual(ofAtlas.map((count) => count + 1));
    // …and that is not what the other sees: not even before either shop opens, now that one has an order.
    expect(seen(atlas[0]).filter((answer, index) => answer === seen(borealis[0])[index])).toEqual([]);
    expect(told(borealis)).toBe(quiet);
    const after = await callsAtModules();
    expect(keysOf('borealis').map((key) => after.get(key))).toEqual(TWENTY.map(() => 1));
    // The other company's own order is the fence: had more been on its way to its people, it were here by then.
    await visit.order('borealis');
    await expect.poll(() => counts(borealis), { timeout: 10_000 }).toEqual(ofBorealis.map((count) => count + 1));
    expect(borealis.map(({ answers }) => answers.get('sales-summary')?.length)).toEqual(Array.from({ length: USERS }, () => 2));
    expect(counts(atlas)).toEqual(ofAtlas.map((count) => count + 1));
  });
});
