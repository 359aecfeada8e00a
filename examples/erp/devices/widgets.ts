import type { CCMWidget } from '@a64core/ccm/sdk';

const WAREHOUSE = { permissions: ['inventory.view_stock'], category: 'Warehouse', author: 'inventory', version: '1.0.0', refreshInterval: 30 };
const EVERYONE = ['user', 'moderator', 'admin'];
const KEEPERS = ['inventory_manager', 'admin'];

/** Widgets over what the warehouse's gateway pushes. */
export const DEVICE_WIDGETS: readonly CCMWidget[] = [
  {
    ...WAREHOUSE,
    id: 'temperature',
    title: 'Hall Temperature',
    description: 'In the warehouse, as its gateway sends it; the gateway is simulated',
    icon: 'Thermometer',
    dataSource: { type: 'push', channel: 'warehouse-temperature' },
    type: 'stat',
    size: 'medium',
    statConfig: {
      primaryValue: 'celsius',
      format: { style: 'number', digits: 1, unit: '°C' },
      sparkline: true,
      thresholds: [
        { value: -40, color: 'warning', label: 'Cold' }, { value: 15, color: 'good', label: 'In range' },
        { value: 24, color: 'warning', label: 'Warm' }, { value: 28, color: 'critical', label: 'Too warm' },
      ],
    },
    roles: EVERYONE,
    tags: ['iot', 'warehouse', 'temperature', 'simulated'],
  },
  {
    ...WAREHOUSE,
    id: 'humidity',
    title: 'Hall Humidity',
    description: 'Relative, in the warehouse, as its gateway sends it; the gateway is simulated',
    icon: 'Droplets',
    dataSource: { type: 'push', channel: 'warehouse-humidity' },
    type: 'stat',
    size: 'medium',
    statConfig: {
      primaryValue: 'humidity',
      format: { style: 'percent', digits: 0 },
      sparkline: true,
      thresholds: [{ value: 0, color: 'warning', label: 'Dry' }, { value: 35, color: 'good', label: 'In range' }, { value: 65, color: 'warning', label: 'Damp' }],
    },
    roles: EVERYONE,
    tags: ['iot', 'warehouse', 'humidity', 'simulated'],
  },
  {
    ...WAREHOUSE,
    id: 'equipment-status',
    title: 'Equipment Status',
    description: 'What each machine of the warehouse does, by the orders of the last hour; the gateway that sends it is simulated',
    icon: 'Factory',
    dataSource: { type: 'push', channel: 'warehouse-equipment' },
    type: 'table',
    size: 'large',
    tableConfig: {
      columns: [
        { key: 'equipment', label: 'Equipment' },
        { key: 'status', label: 'Status', badge: true, width: 112 },
        {
          key: 'load', label: 'Load', format: 'percent', align: 'right', width: 88,
          thresholds: [{ value: 0, color: 'muted' }, { value: 90, color: 'warning', label: 'High' }, { value: 101, color: 'critical', label: 'Over' }],
        },
        { key: 'pieces', label: 'Pieces an hour', format: 'number', align: 'right', width: 120 },
      ],
      rowKey: 'equipment',
    },
    roles: KEEPERS,
    tags: ['iot', 'warehouse', 'equipment', 'simulated'],
  },
];
