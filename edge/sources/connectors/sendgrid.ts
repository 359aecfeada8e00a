import type { ConnectorDefinition } from '../../../sdk/contract/connector-definition.js';

/** Statistics take calendar dates; suppressions take Unix seconds and come in pages by a `Link` header. */
export const sendgrid = {
  name: 'sendgrid',
  label: 'SendGrid',
  baseUrl: 'https://api.sendgrid.com',
  takes: [{ kind: 'bearer' }],
  paths: [
    '/v3/stats', '/v3/categories/stats', '/v3/subusers/stats', '/v3/campaigns', '/v3/campaigns/*', '/v3/marketing/singlesends', '/v3/marketing/stats/singlesends',
    '/v3/suppression/bounces', '/v3/suppression/blocks', '/v3/suppression/invalid_emails', '/v3/suppression/spam_reports', '/v3/suppression/unsubscribes',
  ],
  encoding: 'repeat',
  dates: 'iso-date',
  dateParams: { start_time: 'unix', end_time: 'unix' },
  pagination: { kind: 'link', items: ['', 'result'], pageSize: { param: 'limit', max: 500 } },
  limits: { perMinute: 50, concurrent: 5 },
  cacheSeconds: 300,
  probe: '/v3/scopes',
} as const satisfies ConnectorDefinition;
