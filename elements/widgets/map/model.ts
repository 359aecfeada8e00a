import type { MapConfig, Threshold } from '../../../sdk/contract/display.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import { rowsOf, rowsPath } from '../../../sdk/data/rows.js';
import type { Shape } from './atlas.js';
import type { GroundKind } from './ground.js';
import { readPlaces, type Places } from './places.js';
import type { RegionSet } from './region-codes.js';
import { readRegions, type RegionValues } from './regions.js';
import { stepScale, thresholdScale, type Scale } from './scale.js';

/** What a map shows of an answer. */
export interface MapModel {
  ground: GroundKind;
  set: RegionSet;
  /** The shapes that it draws; none over tiles, which show the land themselves. */
  atlas: RegionSet | undefined;
  places: Places | undefined;
  regions: RegionValues | undefined;
  /** The colours of regions; also of places by their thresholds. */
  scale: Scale | undefined;
  thresholds: readonly Threshold[];
  /** The largest value of a place, without its sign. */
  largest: number;
  /** How many rows there are. */
  rows: number;
}

/** Rows at the path that the definition names, else at the widget's own. */
function rowsAt(data: unknown, widget: WidgetDefinition, path: string | undefined): unknown[] | undefined {
  const at = path ?? widget.dataPath;
  return rowsPath(data, at) === undefined ? undefined : rowsOf(data, at);
}

/** Undefined where the answer has no rows for it. */
export function modelOf(widget: WidgetDefinition, config: MapConfig, data: unknown, shapes: readonly Shape[], write: (value: number) => string): MapModel | undefined {
  const choropleth = config.region !== undefined;
  const marked = config.markers !== undefined || config.markerConfig !== undefined || !choropleth;
  const regionRows = choropleth ? rowsAt(data, widget, undefined) : [];
  const placeRows = marked ? rowsAt(data, widget, config.markers) : [];
  if (regionRows === undefined || placeRows === undefined) return undefined;
  const set: RegionSet = config.scope === 'us' ? 'us' : 'world';
  const places = marked ? readPlaces(placeRows, config.markerConfig) : undefined;
  const regions = choropleth ? readRegions(regionRows, config, set, shapes) : undefined;
  const thresholds = config.thresholds ?? [];
  const scale = thresholds.length > 0 ? thresholdScale(thresholds, write) : regions === undefined ? undefined : stepScale(regions.values.values(), write);
  let largest = 0;
  for (const { value } of places?.list ?? []) if (value !== undefined) largest = Math.max(largest, Math.abs(value));
  return {
    ground: config.tiles !== undefined ? 'tiles' : set === 'us' ? 'us' : 'flat',
    set,
    atlas: config.tiles !== undefined && !choropleth ? undefined : set,
    places,
    regions,
    scale,
    thresholds,
    largest,
    rows: regionRows.length + placeRows.length,
  };
}
