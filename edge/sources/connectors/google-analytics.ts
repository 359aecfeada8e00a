import type { ConnectorDefinition } from '../../../sdk/contract/connector-definition.js';

const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const SCOPE = 'https://www.googleapis.com/auth/analytics.readonly';

/** The Data API (GA4): reports are asked for by POST, with calendar dates; rows hold `dimensionValues` and `metricValues`, numbers as text. */
export const googleAnalytics = {
  name: 'google_analytics',
  label: 'Google Analytics',
  baseUrl: 'https://analyticsdata.googleapis.com',
  takes: [
    { kind: 'service_account', tokenUrl: TOKEN_URL, scope: SCOPE },
    { kind: 'oauth2', tokenUrl: TOKEN_URL, scope: SCOPE, clientAuth: 'body' },
  ],
  paths: ['/v1beta/properties/*/metadata'],
  post: ['/v1beta/properties/*:runReport', '/v1beta/properties/*:runRealtimeReport', '/v1beta/properties/*:runPivotReport'],
  encoding: 'repeat',
  dates: 'iso-date',
  pagination: {
    kind: 'page', param: 'offset', counts: 'items', total: 'rowCount', items: 'rows', pageSize: { param: 'limit', max: 10_000 }, maxPages: 5, maxItems: 10_000,
  },
  limits: { perMinute: 10, concurrent: 5 },
  cacheSeconds: 600,
} as const satisfies ConnectorDefinition;
