import type { ConnectorDefinition } from '../../../sdk/contract/connector-definition.js';
import { PROMETHEUS_CONNECTOR } from '../../../sdk/contract/data-source.js';

/** A Prometheus of your own: the settings say where. Reading alone; nothing of its administration. */
export const prometheus = {
  name: PROMETHEUS_CONNECTOR,
  label: 'Prometheus',
  takes: [],
  paths: ['/api/v1/query', '/api/v1/query_range', '/api/v1/series', '/api/v1/labels', '/api/v1/label/*/values', '/api/v1/alerts', '/api/v1/rules'],
  encoding: 'repeat',
  dates: 'unix',
  limits: { concurrent: 10 },
  cacheSeconds: 0,
  errors: {
    400: { code: 'bad_request', detail: 'Prometheus cannot read this query.' },
    422: { code: 'bad_request', detail: 'Prometheus cannot run this query.' },
  },
  probe: '/api/v1/status/buildinfo',
} as const satisfies Omit<ConnectorDefinition, 'baseUrl'>;
