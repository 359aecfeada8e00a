import type { Bus } from '../../kernel/bus.js';
import { createLog } from '../../kernel/log.js';
import { createMemoryBus } from '../memory/bus.js';

/** A bus in memory that may say that messages were lost. */
export interface GapBus extends Bus {
  gap(): void;
}

export function createGapBus(): GapBus {
  const handlers = new Set<() => void>();
  return {
    ...createMemoryBus(createLog({ level: 'silent' })),
    onGap(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    gap() {
      for (const handler of [...handlers]) handler();
    },
  };
}
