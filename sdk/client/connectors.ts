import type { ConnectorInfo, ConnectorInput, ConnectorPage, ConnectorTest, ConnectorTestInput } from '../contract/connector.js';
import type { CcmClient } from './client.js';
import { segment } from './http.js';

export interface ConnectorsResource {
  list(): Promise<ConnectorPage>;
  /** Makes or changes an API of the tenant's own. */
  set(name: string, connector: ConnectorInput): Promise<ConnectorInfo>;
  remove(name: string): Promise<void>;
  /** Calls the API once, with a stored credential or with a secret that is not stored. */
  test(input: ConnectorTestInput): Promise<ConnectorTest>;
}

/** The external APIs of the client's edge. Apart from the client: pages that show widgets need none of it. */
export function createConnectors({ request }: Pick<CcmClient, 'request'>): ConnectorsResource {
  const at = (name: string) => `/external-api/connectors/${segment(name)}`;
  return {
    list: async () => (await request<ConnectorPage>('GET', '/external-api/connectors')).data,
    set: async (name, connector) => (await request<ConnectorInfo>('PUT', at(name), { body: connector })).data,
    remove: async (name) => {
      await request('DELETE', at(name));
    },
    test: async (input) => (await request<ConnectorTest>('POST', '/external-api/test', { body: input })).data,
  };
}
