import { type Calendar, OPENS } from '../data/calendar.js';

export type EquipmentStatus = 'running' | 'idle' | 'overloaded' | 'service';

export interface EquipmentState {
  equipment: string;
  status: EquipmentStatus;
  /** Per cent of what it can do. */
  load: number;
  /** Pieces within the last hour. */
  pieces: number;
}

/** Every piece passes one machine of each kind. Pieces an hour. */
const KINDS = [
  { names: ['Conveyor 1', 'Conveyor 2'], capacity: 80 },
  { names: ['Packing line 1', 'Packing line 2'], capacity: 60 },
  { names: ['Forklift 1', 'Forklift 2'], capacity: 50 },
] as const;

/**
 * Rule "equipment": what the orders of the last hour took from the shelves went over one machine of each kind. The first
 * takes what it can, the second the rest. In the hour before opening the second ones are in service.
 *
 * @param pieces that left the shelves within the last hour
 */
export function equipmentAt(calendar: Calendar, at: number, pieces: number): EquipmentState[] {
  const inService = at >= calendar.oClock(at, OPENS - 1) && at < calendar.oClock(at, OPENS);
  return KINDS.flatMap(({ names: [first, second], capacity }) => {
    const own = inService ? pieces : Math.min(pieces, capacity);
    return [state(first, own, capacity), inService ? { equipment: second, status: 'service' as const, load: 0, pieces: 0 } : state(second, pieces - own, capacity)];
  });
}

function state(equipment: string, pieces: number, capacity: number): EquipmentState {
  const load = Math.round((pieces / capacity) * 100);
  return { equipment, status: pieces === 0 ? 'idle' : load > 100 ? 'overloaded' : 'running', load, pieces };
}
