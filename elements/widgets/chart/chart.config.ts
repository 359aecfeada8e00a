import type { ChartConfig } from '../../../sdk/contract/display.js';
import { CONFIG_SCHEMAS } from '../../../sdk/contract/generated/config-schemas.js';
import { defineWidget } from '../../../sdk/define/define-widget.js';

const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 2, 2);
const ONLINE = [42, 45, 41, 52, 58, 61, 38, 47, 51, 49, 60, 64, 66, 43];
const STORES = [31, 28, 33, 30, 35, 44, 40, 29, 32, 31, 36, 38, 47, 42];
const DAYS = ONLINE.map((online, index) => ({ day: new Date(FIRST + index * DAY).toISOString(), online, stores: STORES[index] ?? 0 }));
const REGIONS = [['North', 182, 121], ['South', 148, 96], ['East', 117, 102], ['West', 96, 61], ['Central', 74, 58]]
  .map(([region, orders, returns]) => ({ region, orders, returns }));
const SHARES = [['Furniture', 742], ['Technology', 836], ['Office supplies', 719], ['Services', 231], ['Spare parts', 118]]
  .map(([category, sales]) => ({ category, sales }));
const HOURS = ['08:00', '10:00', '12:00', '14:00', '16:00', '18:00'];
const LOAD: readonly (readonly [string, readonly number[]])[] = [
  ['Mon', [12, 31, 44, 39, 28, 9]], ['Tue', [15, 36, 51, 42, 30, 12]], ['Wed', [11, 29, 48, 45, 33, 14]], ['Thu', [17, 38, 57, 49, 35, 16]], ['Fri', [19, 41, 46, 30, 18, 6]],
];
const CELLS = LOAD.flatMap(([day, counts]) => counts.map((count, index) => ({ day, hour: HOURS[index] ?? '', count })));
const DEALS = [
  [4, 12, 3], [7, 18, 5], [9, 15, 2], [12, 26, 8], [14, 22, 4], [18, 35, 9], [21, 31, 6], [23, 44, 11], [27, 39, 7], [30, 52, 14], [33, 47, 10], [38, 61, 16],
].map(([days, value, people]) => ({ days, value, people }));

const TWO = [{ name: 'Online', dataKey: 'online' }, { name: 'Stores', dataKey: 'stores' }];

/** Values over time, or by category. */
export const chartKind = defineWidget<ChartConfig, unknown>({
  tag: 'ccm-chart',
  type: 'chart',
  name: 'Chart',
  description: 'Values over time or by category: lines, bars, areas, shares, points or a heat map.',
  icon: 'ChartLine',
  schema: CONFIG_SCHEMAS.chart,
  sizes: { default: 'large', least: { w: 2, h: 2 } },
  sample: { options: { chartType: 'line', xAxis: 'day', series: TWO }, data: DAYS },
  samples: [
    { name: 'Bars', options: { chartType: 'bar', xAxis: 'region', series: [{ name: 'Orders', dataKey: 'orders' }, { name: 'Returns', dataKey: 'returns' }] }, data: REGIONS },
    { name: 'Stacked bars', options: { chartType: 'bar', xAxis: 'day', series: TWO, stacked: true }, data: DAYS },
    { name: 'Area', options: { chartType: 'area', xAxis: 'day', series: [{ name: 'Online', dataKey: 'online' }] }, data: DAYS },
    { name: 'Stacked area', options: { chartType: 'area', xAxis: 'day', series: TWO, stacked: true }, data: DAYS },
    { name: 'Donut', options: { chartType: 'donut', xAxis: 'category', yAxis: 'sales', format: 'number' }, data: SHARES },
    { name: 'Pie', options: { chartType: 'pie', xAxis: 'category', yAxis: 'sales' }, data: SHARES },
    { name: 'Points', options: { chartType: 'scatter', xAxis: 'days', yAxis: 'value', size: 'people' }, data: DEALS },
    { name: 'Heat map', options: { chartType: 'heatmap', xAxis: 'hour', yAxis: 'day', value: 'count' }, data: CELLS },
    {
      name: 'Thresholds and notes',
      options: {
        chartType: 'line',
        xAxis: 'day',
        series: [{ name: 'Online', dataKey: 'online' }],
        thresholds: [{ value: 60, color: 'good', label: 'Target' }],
        annotations: [{ at: DAYS[7]?.day ?? '', label: 'Campaign', color: 'accent' }],
      },
      data: DAYS,
    },
  ],
});
