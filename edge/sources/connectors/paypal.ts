import type { ConnectorDefinition } from '../../../sdk/contract/connector-definition.js';

/** Moments in RFC 3339 with seconds; at most 31 days in one question of the transaction search, whose pages are counted. */
export const paypal = {
  name: 'paypal',
  label: 'PayPal',
  baseUrl: 'https://api-m.paypal.com',
  takes: [{ kind: 'oauth2', tokenUrl: '/v1/oauth2/token', clientAuth: 'basic' }],
  paths: ['/v1/reporting/transactions', '/v1/reporting/balances', '/v2/invoicing/invoices', '/v1/billing/subscriptions/*', '/v1/customer/disputes'],
  encoding: 'repeat',
  dates: 'iso',
  pagination: {
    kind: 'page', param: 'page', counts: 'pages', total: 'total_pages', items: ['transaction_details', 'items'], pageSize: { param: 'page_size', max: 500 },
  },
  limits: { perMinute: 30, concurrent: 5 },
  cacheSeconds: 300,
  probe: '/v1/reporting/balances',
} as const satisfies ConnectorDefinition;
