import type { WidgetDataSource } from '../../sdk/contract/data-source.js';
import type { Source, SourceAnswer, Sources } from '../kernel/source.js';

/** The source of the question's type; the map's types pair them, which the compiler cannot follow through a union. */
export function fetchFrom(sources: Sources, call: Parameters<Source['fetch']>[0]): Promise<SourceAnswer> {
  const source = sources[call.dataSource.type] as Source<WidgetDataSource>;
  return source.fetch(call);
}
