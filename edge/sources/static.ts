import type { StaticDataSource } from '../../sdk/contract/data-source.js';
import type { Source } from '../kernel/source.js';

/** The data that stands in the definition. */
export function createStaticSource(): Source<StaticDataSource> {
  return { type: 'static', fetch: ({ dataSource }) => Promise.resolve({ data: dataSource.data }) };
}
