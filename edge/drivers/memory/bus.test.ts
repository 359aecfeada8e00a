import { describe, expect, it } from 'vitest';
import { topic } from '../../kernel/bus.js';
import { createLog } from '../../kernel/log.js';
import { createMemoryBus } from './bus.js';

const NUMBERS = topic<number>('numbers');
const OTHERS = topic<number>('others');

describe('the bus in memory', () => {
  it('counts the same function as often as it subscribed, and skips nobody who is left while another leaves', () => {
    const bus = createMemoryBus(createLog({ level: 'silent' }));
    let count = 0;
    const handler = (): void => void (count += 1);
    const leave = [bus.subscribe(NUMBERS, handler), bus.subscribe(NUMBERS, handler)];
    bus.publish(NUMBERS, 1);
    expect(count).toBe(2);
    leave[0]?.();
    bus.publish(NUMBERS, 1);
    expect(count).toBe(3);
    const leaving = bus.subscribe(OTHERS, () => leaving());
    bus.subscribe(OTHERS, handler);
    bus.publish(OTHERS, 1);
    expect(count).toBe(4);
  });
});
