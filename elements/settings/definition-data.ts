import type { CcmClient } from '../../sdk/client/client.js';
import type { WidgetDataSource } from '../../sdk/contract/data-source.js';

/** The answer of a source, asked as the viewer: for a definition that is not there yet. Undefined where it comes only once it is. */
export async function loadData(client: CcmClient, source: WidgetDataSource): Promise<unknown> {
  switch (source.type) {
    case 'static': return source.data;
    case 'module': return (await client.fetchModuleData(source)).data;
    case 'external_api': return (await client.fetchExternalAPIData(source)).data;
    case 'system': return (await client.fetchSystemMetric(source)).data;
    case 'prometheus': {
      const { query, range, step } = source;
      const endpoint = range ? '/api/v1/query_range' : '/api/v1/query';
      const params = { query, ...(range ? { start: `-${range}`, end: 'now', step: step ?? '60s' } : {}) };
      return (await client.fetchExternalAPIData({ type: 'external_api', apiName: 'prometheus', endpoint, params })).data;
    }
    case 'push': return undefined;
  }
}
