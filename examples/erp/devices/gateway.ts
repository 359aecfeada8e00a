import { type Calendar, createCalendar } from '../data/calendar.js';
import type { InventoryStore } from '../modules/inventory/store.js';
import { DEMO_TENANTS } from '../tenants.js';
import { climateAt } from './climate.js';
import { equipmentAt } from './equipment.js';
import type { Uplink } from './uplink.js';

export const DEVICE_CHANNELS = ['warehouse-temperature', 'warehouse-humidity', 'warehouse-equipment'] as const;
export type DeviceChannel = (typeof DEVICE_CHANNELS)[number];

const HOUR = 3_600_000;
/** Stands in every reading: nobody should take it for a sensor's. */
const SIMULATED = { gateway: 'warehouse gateway (simulated)', simulated: true };

export interface GatewayOptions {
  inventory: InventoryStore;
  uplink: Uplink;
  /** Between two readings. */
  seconds: number;
  now: () => number;
}

/** The box in each company's warehouse that reads its sensors and machines. Simulated; returns its end. */
export function startGateway({ inventory, uplink, seconds, now }: GatewayOptions): () => void {
  const moved = inventory.db.prepare<[string, number, number], { pieces: number | null }>(
    'SELECT sum(quantity) AS pieces FROM sold WHERE tenant = ? AND at > ? AND at <= ?',
  );
  const calendars = new Map(DEMO_TENANTS.map(({ id, timeZone }): [string, Calendar] => [id, createCalendar(timeZone)]));

  const readings = (tenant: string, calendar: Calendar, at: number): Record<DeviceChannel, object> => {
    const { celsius, humidity } = climateAt(tenant, calendar, at);
    const items = equipmentAt(calendar, at, moved.get(tenant, at - HOUR, at)?.pieces ?? 0);
    return {
      'warehouse-temperature': { celsius, ...SIMULATED },
      'warehouse-humidity': { humidity, ...SIMULATED },
      'warehouse-equipment': { items, running: items.filter(({ status }) => status === 'running').length, ...SIMULATED },
    };
  };
  const read = () => {
    const at = now();
    for (const [tenant, calendar] of calendars) {
      for (const [channel, reading] of Object.entries(readings(tenant, calendar, at))) void uplink.send(tenant, channel, reading);
    }
  };

  read();
  const timer = setInterval(read, seconds * 1_000);
  return () => clearInterval(timer);
}
