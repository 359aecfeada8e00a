import { HISTORY_DAYS } from './ledger/orders.js';

/** How long new orders come quickly after the start, so that a visitor sees the numbers move. */
const LIVELY_MS = 15 * 60_000;

export interface PaceOptions {
  /** Seconds between two orders of a tenant at first; 0 = no orders by themselves. */
  seconds: number;
  /** Orders that the tenant's history has in its 30 days. */
  historyLength: number;
  /** Runs for each new order. */
  arrive: () => void;
}

/** Lets orders arrive: every `seconds` for a quarter of an hour, then as many a day as the history has. Returns its end. */
export function startPace({ seconds, historyLength, arrive }: PaceOptions): () => void {
  if (seconds === 0) return () => {};
  const calmMs = (HISTORY_DAYS * 86_400_000) / historyLength;
  const started = performance.now();
  let timer: NodeJS.Timeout;
  const wait = () => {
    const lively = performance.now() - started < LIVELY_MS;
    timer = setTimeout(() => {
      arrive();
      wait();
    }, lively ? seconds * 1000 : Math.max(calmMs, seconds * 1000));
  };
  wait();
  return () => clearTimeout(timer);
}
