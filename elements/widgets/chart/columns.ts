import type { ChartConfig } from '../../../sdk/contract/display.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import { aggregateSeries, type AggregatedSeries } from '../../../sdk/data/aggregate.js';
import { rowsOf } from '../../../sdk/data/rows.js';

/** A chart's answer as columns; undefined where there is nothing to draw. */
export function columnsOf(widget: WidgetDefinition, config: ChartConfig, data: unknown, timeZone: string): AggregatedSeries | undefined {
  const columns = aggregateSeries(rowsOf(data, widget.dataPath), { ...config, timeZone });
  const drawn = columns.series.some(({ values }) => values.some((value) => value !== null));
  return drawn ? named(columns, widget, config) : undefined;
}

/** A lone series that the definition did not name goes by the widget's title: a field's path says nothing to a reader. */
function named(columns: AggregatedSeries, widget: WidgetDefinition, config: ChartConfig): AggregatedSeries {
  if (config.series?.length) return columns;
  return { ...columns, series: columns.series.map((series) => ({ ...series, name: widget.title })) };
}
