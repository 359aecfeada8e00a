import type { Clock } from '../kernel/clock.js';

/** Whether the work has ended after so many milliseconds. The work goes on; it must not reject. */
export function endsWithin(clock: Clock, milliseconds: number, work: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(milliseconds, () => resolve(false));
    void work.then(() => {
      cancel();
      resolve(true);
    });
  });
}
