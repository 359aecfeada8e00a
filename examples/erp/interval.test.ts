/** A module is asked once an interval, whoever looks. It takes an interval's time: the shortest that there may be. */
import { REFRESH_INTERVAL } from '@a64core/ccm/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CountedEdge, countedEdge } from './test/counted-edge.js';
import { type Viewer, isLive, look } from './test/viewers.js';

const USERS = 50;
const WIDGETS = 20;
const SECONDS = REFRESH_INTERVAL.min;
const TENANTS = ['one', 'two'] as const;

let edge: CountedEdge;
const everybody: Viewer[] = [];
beforeAll(async () => {
  edge = await countedEdge({ tenants: TENANTS, widgets: WIDGETS, seconds: SECONDS });
});
afterAll(async () => {
  for (const { client } of everybody) client.close();
  await edge.close();
});

it('fifty people of each tenant with twenty widgets each cost one call a tenant, widget and interval', async () => {
  // They come one after the other: each later one would be a reason to ask again.
  for (let index = 0; index < USERS; index += 1) {
    const tokens = await Promise.all(TENANTS.map((tenant) => edge.tokenOf(tenant, `user-${index}`)));
    everybody.push(...tokens.map((token) => look(edge.url, token, edge.widgets)));
  }
  await expect.poll(() => everybody.filter(isLive).length, { timeout: 10_000 }).toBe(2 * USERS);
  const fewest = () => Math.min(...everybody.flatMap(({ answers }) => [...answers.values()].map(({ length }) => length)));
  await expect.poll(fewest, { timeout: 2 * SECONDS * 1000, interval: 200 }).toBe(2);

  expect([...edge.calls.keys()].sort()).toEqual(TENANTS.flatMap((tenant) => edge.widgets.map(({ id }) => `${tenant} ${id}`)).sort());
  for (const [key, times] of edge.calls) {
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? Number.NaN));
    // A timer may be a millisecond early.
    expect(Math.min(...gaps), `${key}: milliseconds between two calls`).toBeGreaterThanOrEqual(SECONDS * 1000 - 2);
  }
  const tenantsOf = ({ answers }: Viewer) => [...new Set([...answers.values()].flat().map((answer) => (answer as { tenant: string }).tenant))];
  expect(everybody.map(tenantsOf)).toEqual(everybody.map((_, index) => [TENANTS[index % TENANTS.length]]));
}, 60_000);
