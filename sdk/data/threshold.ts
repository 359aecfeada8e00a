import type { Threshold } from '../contract/display.js';
import { toNumber } from './number.js';

/** The threshold that a reading has reached: the highest that is not above it. */
export function thresholdFor(value: unknown, thresholds: readonly Threshold[] = []): Threshold | undefined {
  const reading = toNumber(value);
  if (reading === undefined) return undefined;
  let reached: Threshold | undefined;
  for (const threshold of thresholds) {
    if (threshold.value <= reading && (reached === undefined || threshold.value >= reached.value)) reached = threshold;
  }
  return reached;
}
