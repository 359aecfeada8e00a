import { describe, expect, it } from 'vitest';
import type { Payment } from '../ledger/money.js';
import { createStripeStandIn } from './service.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const HOUR = 3_600_000;

const payment = (tenant: string, number: number, hoursAgo: number, status: Payment['status'] = 'succeeded'): Payment => ({
  id: `PAY-${tenant}-${number}`, tenant, invoiceId: `INV-${number}`, customer: 'Ann', at: NOW - hoursAgo * HOUR, amount: 1000 + number, method: 'card', status,
});
const payments = [
  payment('atlas', 1, 1), payment('atlas', 2, 2, 'failed'), payment('atlas', 3, 30), payment('atlas', 4, 100), payment('atlas', 5, 400),
  payment('borealis', 6, 1),
];
const app = createStripeStandIn({
  accounts: [{ tenant: 'atlas', currency: 'USD', key: 'sk_a' }, { tenant: 'borealis', currency: 'EUR', key: 'sk_b' }],
  cardPayments: (tenant, from, to) => payments.filter((row) => row.tenant === tenant && row.at >= from && row.at <= to),
  now: () => NOW,
});
interface Body {
  data: { id: string; amount: number; currency: string; status: string; created: number; livemode: boolean; description: string }[];
  has_more: boolean;
  error: { type: string; message: string; param?: string };
}
async function get(path: string, key = 'sk_a') {
  const answer = await app.request(path, { headers: { authorization: `Bearer ${key}` } });
  return { status: answer.status, body: (await answer.json()) as Body };
}

describe('the payment stand-in', () => {
  it('lists the charges of the key\'s own account, newest first, in Stripe\'s shape', async () => {
    const { status, body } = await get('/v1/charges');
    expect(status).toBe(200);
    expect(body).toMatchObject({ object: 'list', url: '/v1/charges', has_more: false });
    expect(body.data.map((charge) => charge.id)).toEqual(['ch_PAYatlas1', 'ch_PAYatlas2', 'ch_PAYatlas3', 'ch_PAYatlas4', 'ch_PAYatlas5']);
    expect(body.data[0]).toMatchObject({
      object: 'charge', amount: 1001, currency: 'usd', status: 'succeeded', paid: true, created: (NOW - HOUR) / 1000, livemode: false,
      description: expect.stringContaining('CCM stand-in'), failure_code: null,
    });
    expect(body.data[1]).toMatchObject({ status: 'failed', paid: false, amount_captured: 0, failure_code: 'card_declined' });
    expect((await get('/v1/charges', 'sk_b')).body.data).toHaveLength(1);
  });

  it('takes created in Unix seconds, as Stripe\'s brackets say it', async () => {
    const from = (NOW - 30 * HOUR) / 1000;
    const ids = async (query: string) => (await get(`/v1/charges?${query}`)).body.data.map((charge) => charge.id.slice(-1));
    expect(await ids(`created[gte]=${from}`)).toEqual(['1', '2', '3']);
    expect(await ids(`created%5Bgt%5D=${from}`)).toEqual(['1', '2']);
    expect(await ids(`created[lte]=${from}`)).toEqual(['3', '4', '5']);
    expect(await ids(`created[lt]=${from}`)).toEqual(['4', '5']);
    expect(await ids(`created=${from}`)).toEqual(['3']);
  });

  it('pages by starting_after and ending_before', async () => {
    const first = (await get('/v1/charges?limit=2')).body;
    expect([first.data.length, first.has_more]).toEqual([2, true]);
    const next = (await get(`/v1/charges?limit=3&starting_after=${first.data[1]!.id}`)).body;
    expect([next.data.map((charge) => charge.id.slice(-1)), next.has_more]).toEqual([['3', '4', '5'], false]);
    const back = (await get(`/v1/charges?limit=1&ending_before=${next.data[0]!.id}`)).body;
    expect([back.data[0]?.id, back.has_more]).toEqual(['ch_PAYatlas2', true]);
  });

  it('has in the balance what succeeded: two days pending, then available until it is paid out', async () => {
    const { body } = await get('/v1/balance');
    expect(body).toMatchObject({
      object: 'balance', livemode: false, pending: [{ amount: 1001 + 1003, currency: 'usd' }], available: [{ amount: 1004, currency: 'usd' }],
    });
  });

  it.each(['', 'sk_', 'sk_c', 'SK_A'])('refuses the key "%s"', async (key) => {
    const { status, body } = await get('/v1/charges', key);
    expect([status, body.error.type]).toEqual([401, 'invalid_request_error']);
  });

  it.each([
    ['limit=0', 'limit'], ['limit=101', 'limit'], ['limit=x', 'limit'], ['created[gte]=today', 'created[gte]'], ['amount=1', 'amount'],
    ['starting_after=ch_none', 'starting_after'], ['starting_after=ch_PAYatlas1&ending_before=ch_PAYatlas2', 'ending_before'],
  ])('says what is wrong with ?%s', async (query, param) => {
    const { status, body } = await get(`/v1/charges?${query}`);
    expect([status, body.error.param]).toEqual([400, param]);
  });

  it('does not give away a charge of the other account', async () => {
    expect((await get('/v1/charges?starting_after=ch_PAYborealis6')).status).toBe(400);
    expect((await get('/v1/customers')).status).toBe(404);
  });
});
