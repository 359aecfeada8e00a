import type { MapConfig } from '../../../sdk/contract/display.js';
import { CONFIG_SCHEMAS } from '../../../sdk/contract/generated/config-schemas.js';
import { defineWidget } from '../../../sdk/define/define-widget.js';

const STORES = [
  ['Lisbon', 38.72, -9.14, 412], ['Madrid', 40.42, -3.7, 688], ['Paris', 48.86, 2.35, 903], ['London', 51.51, -0.13, 1120], ['Berlin', 52.52, 13.4, 754], ['Warsaw', 52.23, 21.01, 366],
  ['New York', 40.71, -74.01, 1480], ['Toronto', 43.65, -79.38, 530], ['São Paulo', -23.55, -46.63, 610], ['Nairobi', -1.29, 36.82, 190], ['Mumbai', 19.08, 72.88, 840],
  ['Singapore', 1.35, 103.82, 720], ['Tokyo', 35.68, 139.69, 1210], ['Sydney', -33.87, 151.21, 480],
].map(([city, lat, lng, orders]) => ({ city, lat, lng, orders }));

const COUNTRIES = [
  ['US', 4120], ['CA', 980], ['MX', 610], ['BR', 870], ['AR', 320], ['GB', 1740], ['FR', 1390], ['DE', 1880], ['ES', 760], ['IT', 820], ['PL', 430], ['SE', 390],
  ['TR', 340], ['EG', 150], ['NG', 210], ['KE', 120], ['ZA', 280], ['IN', 1310], ['CN', 2260], ['JP', 1530], ['KR', 640], ['ID', 410], ['AU', 720],
].map(([country, sales]) => ({ country, sales }));

const STATES = [['CA', 910], ['TX', 640], ['NY', 720], ['FL', 510], ['WA', 380], ['IL', 340], ['PA', 300], ['OH', 270], ['GA', 260], ['CO', 190], ['AZ', 170], ['MI', 210]]
  .map(([state, sales]) => ({ state, sales }));

/** Values at their places. */
export const mapKind = defineWidget<MapConfig, unknown>({
  tag: 'ccm-map',
  type: 'map',
  name: 'Map',
  description: 'Places as points, or countries and states shaded by a value.',
  icon: 'Map',
  schema: CONFIG_SCHEMAS.map,
  sizes: { default: 'large', least: { w: 2, h: 2 } },
  sample: { options: { markerConfig: { latKey: 'lat', lngKey: 'lng', labelKey: 'city', valueKey: 'orders' } }, data: STORES },
  samples: [
    { name: 'Countries', options: { region: 'country', value: 'sales' }, data: COUNTRIES },
    { name: 'States of the US', options: { scope: 'us', region: 'state', value: 'sales' }, data: STATES },
    { name: 'Clusters', options: { markerConfig: { latKey: 'lat', lngKey: 'lng', labelKey: 'city', valueKey: 'orders' }, cluster: true }, data: STORES },
    { name: 'Heat', options: { markerConfig: { latKey: 'lat', lngKey: 'lng', valueKey: 'orders' }, heat: true }, data: STORES },
  ],
});
