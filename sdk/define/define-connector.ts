import type { ConnectorDefinition } from '../contract/connector-definition.js';
import { connectorFaults } from '../contract/connector-rules.js';

/**
 * A connector for an external API, as data; `loadSettings({ connectors: [it], … })` gives it to an edge.
 *
 * @throws TypeError naming each field that is wrong, so that it is told where it was written and not at the first call
 * @example
 * export const crm = defineConnector({
 *   name: 'crm', label: 'Acme CRM', baseUrl: 'https://api.crm.example', takes: [{ kind: 'bearer' }],
 *   paths: ['/v2/deals'], pagination: { kind: 'page', param: 'page', counts: 'pages', total: 'pages', items: 'deals' }, cacheSeconds: 60,
 * });
 */
export function defineConnector<const Definition extends ConnectorDefinition>(definition: Definition): Definition {
  const faults = connectorFaults(definition);
  if (faults.length > 0) throw new TypeError(`defineConnector: ${faults.map(({ path, message }) => `${path} ${message}`).join('; ')}`);
  return definition;
}
