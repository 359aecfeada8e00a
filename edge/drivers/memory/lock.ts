import type { Clock } from '../../kernel/clock.js';
import type { Lease, Lock } from '../../kernel/lock.js';

/** A lock inside one process. */
export function createMemoryLock({ clock }: { clock: Clock }): Lock {
  const held = new Map<string, { cancel: () => void }>();

  return {
    take(name, ttl) {
      if (held.has(name)) return Promise.resolve(undefined);
      const hold = (time: number): { cancel: () => void } => {
        const mine = { cancel: clock.after(time, () => held.delete(name)) };
        held.set(name, mine);
        return mine;
      };
      let mine = hold(ttl);
      const isMine = (): boolean => held.get(name) === mine;
      const lease: Lease = {
        extend(time) {
          if (!isMine()) return Promise.resolve(false);
          mine.cancel();
          mine = hold(time);
          return Promise.resolve(true);
        },
        release() {
          if (isMine()) {
            mine.cancel();
            held.delete(name);
          }
          return Promise.resolve();
        },
      };
      return Promise.resolve(lease);
    },
  };
}
