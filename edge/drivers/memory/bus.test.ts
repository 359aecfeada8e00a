import { describe, expect, it } from 'vitest';
import { topic } from '../../kernel/bus.js';
import { createLog } from '../../kernel/log.js';
import { createMemoryBus } from './bus.js';

const NUMBERS = topic<number>('numbers');
const OTHERS = topic<number>('others');

describe('the bus in memory', () => {
  it('tells those who listen to the topic, and nobody after they left', () => {
    const bus = createMemoryBus(createLog({ level: 'silent' }));
    const heard: string[] = [];
    const leaveA = bus.subscribe(NUMBERS, (n) => void heard.push(`a${n}`));
    bus.subscribe(NUMBERS, (n) => void heard.push(`b${n}`));
    bus.subscribe(OTHERS, (n) => void heard.push(`c${n}`));
    bus.publish(NUMBERS, 1);
    leaveA();
    leaveA();
    bus.publish(NUMBERS, 2);
    expect(heard).toEqual(['a1', 'b1', 'b2']);
  });
  it('logs a handler that throws and tells the others', () => {
    const lines: string[] = [];
    const bus = createMemoryBus(createLog({ destination: { write: (line: string) => void lines.push(line) } }));
    const heard: number[] = [];
    bus.subscribe(NUMBERS, () => {
      throw new Error('broken handler');
    });
    bus.subscribe(NUMBERS, (n) => void heard.push(n));
    bus.publish(NUMBERS, 7);
    expect(heard).toEqual([7]);
    expect(lines.join('')).toContain('broken handler');
  });
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
