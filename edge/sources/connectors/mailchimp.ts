import type { ConnectorDefinition } from '../../../sdk/contract/connector-definition.js';

/** The data centre of an account is what its API key ends with; the key may also be the password of any user name. */
export const mailchimp = {
  name: 'mailchimp',
  label: 'Mailchimp',
  baseUrl: 'https://{dc}.api.mailchimp.com',
  takes: [{ kind: 'bearer' }, { kind: 'basic' }],
  paths: [
    '/3.0/lists', '/3.0/lists/*', '/3.0/lists/*/activity', '/3.0/lists/*/growth-history', '/3.0/lists/*/members', '/3.0/campaigns', '/3.0/campaigns/*',
    '/3.0/reports', '/3.0/reports/*', '/3.0/reports/*/click-details', '/3.0/automations',
  ],
  encoding: 'repeat',
  dates: 'iso',
  pagination: {
    kind: 'page', param: 'offset', counts: 'items', total: 'total_items', pageSize: { param: 'count', max: 1_000 },
    items: ['lists', 'members', 'campaigns', 'reports', 'activity', 'history', 'urls_clicked', 'automations'],
  },
  limits: { perMinute: 60, concurrent: 10 },
  cacheSeconds: 300,
  probe: '/3.0/ping',
} as const satisfies ConnectorDefinition;
