import type { ChartConfig } from '../../../sdk/contract/display.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import { pointsOf, type Points } from '../../../sdk/data/points.js';
import { rowsOf } from '../../../sdk/data/rows.js';

export { points as layer } from '../../plot/points.js';

/** A scatter's answer as points; undefined where there is none. */
export function pointsFor(widget: WidgetDefinition, config: ChartConfig, data: unknown, timeZone: string): Points | undefined {
  const { xAxis, yAxis, series, size, timeRange } = config;
  const points = pointsOf(rowsOf(data, widget.dataPath), {
    xAxis,
    timeZone,
    ...(yAxis === undefined ? {} : { yAxis }),
    ...(series ? { series } : {}),
    ...(size === undefined ? {} : { size }),
    ...(timeRange ? { timeRange } : {}),
  });
  if (points.x.length === 0) return undefined;
  return series?.length ? points : { ...points, series: points.series.map((one) => ({ ...one, name: widget.title })) };
}
