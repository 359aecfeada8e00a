import { expect, it } from 'vitest';
import { createPushSource } from './push.js';

const source = createPushSource({
  has: (tenant, channel) => tenant === 'acme' && (channel === 'hall' || channel === 'yard'),
  last: (tenant, channel) => (tenant === 'acme' && channel === 'hall' ? { data: { celsius: 21 }, time: Date.UTC(2026, 0, 2) } : undefined),
});
const ask = (channel: string, tenant = 'acme') => source.fetch({
  tenant: { id: tenant, name: tenant, timeZone: 'UTC', currency: 'EUR' }, dataSource: { type: 'push', channel }, signal: new AbortController().signal,
});

it('answers the last value with the time that it has', async () => {
  expect(await ask('hall')).toEqual({ data: { celsius: 21 }, timestamp: '2026-01-02T00:00:00.000Z' });
});

it('answers null where nothing came yet', async () => {
  expect(await ask('yard')).toEqual({ data: null });
});

it('names a channel that the tenant does not have', async () => {
  await expect(ask('attic')).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining('"attic"') as string });
  await expect(ask('hall', 'globex')).rejects.toMatchObject({ code: 'bad_request' });
});
