import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../../sdk/contract/problem.js';
import { problemOf } from '../test/front-door.js';
import { GLOBEX_HALL, HALL, openIntake, YARD, type Intake } from './test/intake.js';

let intake: Intake;
beforeEach(async () => {
  intake = await openIntake({ rate: 1_000 });
});
afterEach(() => intake.close());

const last = (tenant = 'acme', channel = 'hall') => intake.channels.last(tenant, channel);
const faultsOf = async (body: unknown) => {
  const answer = await intake.post(HALL, 'hall', body);
  expect(answer.status).toBe(422);
  return (answer.body as Problem).errors;
};

describe('POST /ingest/:channel', () => {
  it('takes a value and keeps it with the time of its arrival', async () => {
    const answer = await intake.post(HALL, 'hall', { data: { celsius: 21.4 } });
    expect([answer.status, answer.body]).toEqual([202, { accepted: 1 }]);
    expect(last()).toEqual({ data: { celsius: 21.4 }, time: intake.clock.now() });
    expect(intake.counted).toEqual(['http 1 taken']);
  });

  it.each([1, 'text', true, null, [1, 2], { a: { b: [] } }])('takes %j as it is', async (data) => {
    expect((await intake.post(HALL, 'hall', { data })).status).toBe(202);
    expect(last()?.data).toEqual(data);
  });

  it('takes a batch in the order of its times, and the latest is the last', async () => {
    const now = intake.clock.now();
    const seen: unknown[] = [];
    intake.channels.onValue((_tenant, _channel, { data }) => void seen.push(data));
    const items = [{ data: 3, time: now }, { data: 1, time: new Date(now - 2_000).toISOString() }, { data: 2, time: now - 1_000 }];
    expect((await intake.post(HALL, 'hall', { items })).body).toEqual({ accepted: 3 });
    expect(seen).toEqual([1, 2, 3]);
    expect(last()).toEqual({ data: 3, time: now });
  });

  it('does not let an older value take the place of the last', async () => {
    const now = intake.clock.now();
    await intake.post(HALL, 'hall', { data: 'new', time: now - 1_000 });
    const older = await intake.post(HALL, 'hall', { data: 'old', time: now - 2_000 });
    expect([older.status, older.body]).toEqual([202, { accepted: 0 }]);
    const mixed = await intake.post(HALL, 'hall', { items: [{ data: 'older', time: now - 1_500 }, { data: 'new', time: now - 1_000 }] });
    expect(mixed.body).toEqual({ accepted: 1 });
    expect(last()).toEqual({ data: 'new', time: now - 1_000 });
    await intake.post(HALL, 'hall', { data: 'of the same moment', time: now - 1_000 });
    expect(last()?.data).toBe('of the same moment');
  });

  it('tells the tenant by the secret', async () => {
    await intake.post(HALL, 'hall', { data: 'acme' });
    await intake.post(GLOBEX_HALL, 'hall', { data: 'globex' });
    expect([last()?.data, last('globex')?.data]).toEqual(['acme', 'globex']);
  });
});

describe('what is wrong with a body is told with its place', () => {
  it.each<[string, unknown, string, string]>([
    ['nothing', {}, 'data', 'is required'],
    ['a value that is not under data', { celsius: 1 }, 'data', 'is required'],
    ['no object', 7, '', 'must be an object'],
    ['an unknown field', { data: 1, tenant: 'globex' }, 'tenant', 'is not a known field'],
    ['no data in an item', { items: [{ data: 1 }, { time: 1 }] }, 'items.1.data', 'is required'],
    ['no items', { items: [] }, 'items', 'must not be empty'],
    ['both forms', { data: 1, items: [{ data: 1 }] }, 'data', 'must not stand beside items'],
    ['a word for a time', { data: 1, time: 'soon' }, 'time', 'must be a time in ISO 8601 with its zone, or epoch milliseconds'],
    ['a time without a zone', { data: 1, time: '2026-01-02T03:04:05' }, 'time', 'must be a time in ISO 8601 with its zone, or epoch milliseconds'],
    ['a flag for a time', { data: 1, time: true }, 'time', 'must be a time in ISO 8601, or epoch milliseconds'],
    ['seconds for milliseconds', { data: 1, time: 1_767_323_045 }, 'time', 'is before the year 2000: it must be epoch milliseconds, not seconds'],
    ['too many', { items: Array.from({ length: 1_001 }, () => ({ data: 1 })) }, 'items', 'must have at most 1000 items'],
    ['too large a value', { items: [{ data: 1 }, { data: 'ä'.repeat(33_000) }] }, 'items.1.data', 'has 66002 bytes; 65536 are the most'],
  ])('%s', async (_name, body, path, message) => {
    expect((await faultsOf(body))?.[0]).toEqual({ path, message });
    expect(last()).toBeUndefined();
  });

  it('a time of more than five minutes ahead', async () => {
    const now = intake.clock.now();
    expect(await faultsOf({ items: [{ data: 1 }, { data: 1, time: now + 300_001 }] }))
      .toEqual([{ path: 'items.1.time', message: 'must not be more than 5 minutes in the future' }]);
    expect((await intake.post(HALL, 'hall', { data: 1, time: now + 300_000 })).status).toBe(202);
  });

  it('all of a batch is taken, or nothing', async () => {
    await faultsOf({ items: [{ data: 1 }, {}] });
    expect(last()).toBeUndefined();
  });
});

describe('the credential', () => {
  it('is the same 401 for a channel that is not there, a wrong secret, none, and another channel\'s', async () => {
    const asked = await Promise.all([
      intake.post(HALL, 'attic', { data: 1 }), intake.post('wrong', 'hall', { data: 1 }), intake.post('', 'hall', { data: 1 }),
      intake.post(YARD, 'hall', { data: 1 }), intake.post(HALL, '__proto__', { data: 1 }), intake.post(`${HALL}x`, 'hall', 'no JSON'),
    ]);
    const [first, ...others] = asked.map(problemOf);
    expect(first).toMatchObject({ status: 401, code: 'unauthenticated' });
    for (const other of others) expect(other).toEqual(first);
    expect(last()).toBeUndefined();
  });
});
