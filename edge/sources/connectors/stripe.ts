import type { ConnectorDefinition } from '../../../sdk/contract/connector-definition.js';

/** Amounts in minor units, moments in Unix seconds; lists are read with `starting_after` (docs.stripe.com/api/pagination). */
export const stripe = {
  name: 'stripe',
  label: 'Stripe',
  baseUrl: 'https://api.stripe.com',
  takes: [{ kind: 'bearer' }],
  paths: [
    '/v1/charges', '/v1/charges/*', '/v1/balance', '/v1/balance_transactions', '/v1/customers', '/v1/customers/*', '/v1/subscriptions', '/v1/subscriptions/*',
    '/v1/payment_intents', '/v1/invoices', '/v1/payouts', '/v1/refunds', '/v1/disputes', '/v1/products', '/v1/prices',
  ],
  encoding: 'brackets',
  dates: 'unix',
  pagination: { kind: 'cursor', param: 'starting_after', lastItem: 'id', more: 'has_more', items: 'data', pageSize: { param: 'limit', max: 100 } },
  limits: { perMinute: 100, concurrent: 10 },
  cacheSeconds: 60,
  probe: '/v1/balance',
} as const satisfies ConnectorDefinition;
