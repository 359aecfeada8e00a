import type { CcmClient } from '../../sdk/client/client.js';
import type { WidgetDataSource } from '../../sdk/contract/data-source.js';
import type { TransformStep } from '../../sdk/contract/widget.js';

/**
 * The answer of a source, asked as the viewer: for a definition that is not there yet. Undefined where only the edge makes it what it will be:
 * what is pushed, what Prometheus answers, and what goes through steps.
 */
export async function loadData(client: CcmClient, source: WidgetDataSource, transform: readonly TransformStep[] | undefined): Promise<unknown> {
  if (transform !== undefined && transform.length > 0) return undefined;
  switch (source.type) {
    case 'static': return source.data;
    case 'module': return (await client.fetchModuleData(source)).data;
    case 'external_api': return (await client.fetchExternalAPIData(source)).data;
    case 'system': return (await client.fetchSystemMetric(source)).data;
    default: return undefined;
  }
}
