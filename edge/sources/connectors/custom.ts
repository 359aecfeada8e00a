import type { ConnectorDefinition } from '../../../sdk/contract/connector-definition.js';

/** Any API that speaks HTTP and JSON: what a connector of the settings or of a tenant begins with. */
export const custom = {
  name: 'custom',
  label: 'Custom API',
  takes: [],
  encoding: 'repeat',
  dates: 'iso',
  limits: { perMinute: 30, concurrent: 5 },
  cacheSeconds: 0,
} as const satisfies Omit<ConnectorDefinition, 'baseUrl'>;
