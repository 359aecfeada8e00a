import { describe, expect, it } from 'vitest';
import { specOf } from '../feeds/spec.js';
import { entry, principal } from '../feeds/test/fixture.js';
import { fixedConnectors } from '../kernel/connectors.js';
import type { CredentialRef } from '../kernel/credentials.js';
import type { ConnectorSettings } from '../kernel/settings.js';
import { refreshQuota } from './refresh-quota.js';

const stripe: ConnectorSettings = {
  name: 'stripe', baseUrl: 'https://api.stripe.com', auth: { kind: 'bearer', secret: 's' }, paths: ['/v1/*'], encoding: 'brackets', dates: 'unix', cacheSeconds: 30,
  limits: { perMinute: 100 },
};
const own: ConnectorSettings = { ...stripe, name: 'own', accounts: new Map([['acme', stripe.auth], ['globex', stripe.auth]]) };
const free: ConnectorSettings = { ...stripe, name: 'free', limits: {} };
const quotaOf = refreshQuota(fixedConnectors(new Map([stripe, own, free].map((one) => [one.name, one]))));
const asked = (apiName: string, tenant = 'acme', credential?: string) =>
  quotaOf(specOf(entry({ dataSource: { type: 'external_api', apiName, endpoint: '/v1/x' } }), principal(tenant), {},
    credential === undefined ? undefined : ({ id: credential, tenant, owner: '', apiName } as CredentialRef)));

describe('the quota of a feed', () => {
  it('is its connector\'s, with what an answer is kept for', () => {
    expect(asked('stripe')).toMatchObject({ perMinute: 100, keptFor: 30_000 });
  });

  it('is counted for one secret: of all tenants, of one, or a stored one', () => {
    const accountOf = (...args: Parameters<typeof asked>) => asked(...args)?.account;
    expect(accountOf('stripe')).toBe(accountOf('stripe', 'globex'));
    expect(new Set([
      accountOf('stripe'), accountOf('own'), accountOf('own', 'globex'), accountOf('stripe', 'acme', 'c1'), accountOf('stripe', 'acme', 'c2'), accountOf('stripe', 'globex', 'c1'),
    ]).size).toBe(6);
  });

  it('is none without a limit, for an unknown connector, and for what is no API', () => {
    expect([asked('free'), asked('nobody'), quotaOf(specOf(entry(), principal()))]).toEqual([undefined, undefined, undefined]);
  });
});
