import type { MapStrings } from '../../core/map-strings.js';
import type { DataTable } from '../../core/widget-view.js';
import type { MapModel } from './model.js';

/** The map as a table: its places, or else its regions, highest first. */
export function tableOf({ places, regions }: MapModel, strings: MapStrings, nameOf: (key: string) => string): DataTable {
  const value = { label: strings.value, align: 'right' as const };
  if (places === undefined && regions !== undefined) {
    const rows = [...regions.values].sort(([, a], [, b]) => b - a).map(([key, amount]) => [nameOf(key), key.replace('~', ''), amount]);
    return { columns: [{ label: strings.region }, { label: strings.code }, value], rows };
  }
  const list = [...(places?.list ?? [])].sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity) || a.index - b.index);
  return {
    columns: [{ label: strings.place }, value, { label: strings.latitude, align: 'right' }, { label: strings.longitude, align: 'right' }],
    rows: list.map(({ label, value: amount, lat, lng }) => [label || null, amount ?? null, lat, lng]),
  };
}
