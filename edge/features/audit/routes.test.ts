import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAccess } from '../../gate/access.js';
import { frontDoor, principal, problemOf, type FrontDoor } from '../test/front-door.js';
import { auditRoutes } from './routes.js';
import { createAuditService, LOOKED_AT, type AuditItem } from './service.js';
import { auditRig, event, type AuditRig } from './test/rig.js';

const users = {
  ann: principal('acme', 'ann', ['user'], ['audit.view']),
  bob: principal('acme', 'bob', ['user'], ['widgets.manage']),
  other: principal('umbrella', 'ann', ['user'], ['*']),
};
const START = Date.UTC(2026, 0, 2, 3, 4, 5);
const iso = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

let rig: AuditRig;
let door: FrontDoor;
let now = START;

beforeEach(async () => {
  now = START;
  rig = await auditRig({ clock: { now: () => now, monotonic: () => performance.now(), after: () => () => undefined } });
  door = frontDoor(users, auditRoutes({ audit: createAuditService({ trail: rig.trail, access: createAccess() }) }));
});
afterEach(() => rig.close());

interface Page {
  items: AuditItem[];
  cursor?: string;
}
async function ask(query = '', user = 'ann'): Promise<Page> {
  const asked = await door.as(user)('GET', `/audit${query}`);
  expect(asked.status, asked.text).toBe(200);
  return asked.body;
}
/** All pages, behind each other. */
async function all(query: string): Promise<AuditItem[]> {
  const items: AuditItem[] = [];
  for (let cursor: string | undefined; ;) {
    const page: Page = await ask(`?${query}${cursor === undefined ? '' : `&cursor=${cursor}`}`);
    items.push(...page.items);
    if (page.cursor === undefined) return items;
    cursor = page.cursor;
  }
}

/** A row a second: three users in turn, two actions in turn, each tenth refused. */
async function fill(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    now = START + at * 1000;
    rig.audit.note(event({
      user: `user-${at % 3}`, action: at % 2 === 0 ? 'external.call' : 'layout.set', target: String(at), outcome: at % 10 === 0 ? 'refused' : 'ok',
    }));
  }
  await rig.audit.record(event({ tenant: 'umbrella', target: 'of umbrella' }));
}

describe('GET /audit', () => {
  test('the tenant\'s own, newest first, with what there is of each', async () => {
    await fill(3);
    expect((await ask()).items).toEqual([2, 1, 0].map((at) => ({
      seq: at + 1, time: iso(at), user: `user-${at}`, action: at === 1 ? 'layout.set' : 'external.call', target: String(at), outcome: at === 0 ? 'refused' : 'ok',
    })));
    expect((await ask('', 'other')).items).toMatchObject([{ target: 'of umbrella' }]);
  });

  test('needs audit.view', async () => {
    expect(problemOf(await door.as('bob')('GET', '/audit'))).toMatchObject({ status: 403, detail: 'This needs the permission audit.view.' });
  });

  test('by time, user, action, outcome, and all of them', async () => {
    await fill(60);
    const seen = async (query: string) => (await all(query)).map(({ target }) => Number(target));
    expect(await seen(`from=${iso(10)}&to=${iso(12)}`)).toEqual([12, 11, 10]);
    expect(await seen('user=user-1')).toEqual(Array.from({ length: 20 }, (_, at) => 58 - 3 * at));
    expect((await seen('action=layout.set')).every((at) => at % 2 === 1)).toBe(true);
    expect(await seen('outcome=refused')).toEqual([50, 40, 30, 20, 10, 0]);
    expect(await seen(`user=user-0&action=external.call&outcome=refused&from=${iso(1)}&limit=1`)).toEqual([30]);
    expect(await seen('user=nobody')).toEqual([]);
    expect(await seen('from=2026-01-02T04:04:59%2B01:00&limit=200')).toHaveLength(6);
  });

  test('pages miss nothing and say nothing twice, also within one millisecond and while rows come', async () => {
    for (let at = 0; at < 95; at += 1) rig.audit.note(event({ user: `user-${at % 3}`, target: String(at) }));
    await rig.audit.record(event({ target: '95' }));
    const first = await ask('?limit=10');
    await rig.audit.record(event({ target: 'later' }));
    const rest: AuditItem[] = [];
    for (let { cursor } = first; cursor !== undefined;) {
      const page = await ask(`?limit=10&cursor=${cursor}`);
      rest.push(...page.items);
      cursor = page.cursor;
    }
    // The row that came later has the same millisecond and a higher seq: it stands before the first page.
    expect([...first.items, ...rest].filter(({ action }) => action !== 'anomaly').map(({ target }) => Number(target))).toEqual(Array.from({ length: 96 }, (_, at) => 95 - at));
    expect((await ask('?limit=200')).cursor).toBeUndefined();
  });

  test('a page looks at so many rows and no more; the cursor goes on behind them', async () => {
    await rig.audit.record(event({ target: 'the only one', outcome: 'failed' }));
    now += 1;
    for (let at = 0; at < LOOKED_AT + 500; at += 1) rig.audit.note(event({ user: `user-${at % 100}` }));
    await rig.audit.record(event());
    const first = await ask('?outcome=failed');
    expect(first).toEqual({ items: [], cursor: expect.any(String) });
    expect((await all('outcome=failed')).map(({ target }) => target)).toEqual(['the only one']);
  });

  test.each([
    ['from=yesterday', 'from'], ['to=2026-13-01T00:00:00Z', 'to'], ['limit=0', 'limit'], ['limit=201', 'limit'], ['limit=x', 'limit'], ['outcome=good', 'outcome'],
    ['cursor=nonsense', 'cursor'], [`cursor=${Buffer.from('[1]').toString('base64url')}`, 'cursor'], [`cursor=${Buffer.from('["1","2"]').toString('base64url')}`, 'cursor'], ['tenant=umbrella', 'tenant'],
  ])('%s is 400 and named', async (query, path) => {
    const problem = problemOf(await door.as('ann')('GET', `/audit?${query}`));
    expect(problem).toMatchObject({ status: 400, code: 'bad_request' });
    expect(problem.errors?.[0]?.path).toBe(path);
  });

  test('a cursor shows no other tenant\'s rows', async () => {
    await fill(5);
    const { cursor } = await ask('?limit=1');
    for (const { target } of (await ask(`?cursor=${cursor}`, 'other')).items) expect(target).toBe('of umbrella');
    expect((await ask('?user=ada\' OR 1=1 --')).items).toEqual([]);
  });
});
