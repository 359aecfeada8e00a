import type { Clock } from '../../kernel/clock.js';

/** Milliseconds; a timer of Node cannot wait longer than 24.8 days, and would fire at once. */
const LONGEST_WAIT = 3_600_000;

/** Runs at a moment (epoch milliseconds), also one that is years away; soon where it is past. Returns the cancel. */
export function at(clock: Clock, time: number, run: () => void): () => void {
  let cancel: () => void = () => undefined;
  const wait = (): void => {
    const left = time - clock.now();
    cancel = left > LONGEST_WAIT ? clock.after(LONGEST_WAIT, wait) : clock.after(Math.max(0, left), run);
  };
  wait();
  return () => cancel();
}
