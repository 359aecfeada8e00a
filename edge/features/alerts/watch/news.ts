import { ALERTS, type AlertInstance } from '../../../kernel/alerts.js';
import type { Bus } from '../../../kernel/bus.js';
import type { Clock } from '../../../kernel/clock.js';
import { newsOf } from '../service.js';
import type { Suppression } from '../shown.js';

/** Milliseconds in which pages are told of one alert's new value at most once. */
const SPACING = 1_000;

export interface AlertTeller {
  /** It came into another state: told at once. */
  changed(instance: AlertInstance): void;
  /** It has another value: the last of a second is told. */
  updated(instance: AlertInstance): void;
  close(): void;
}

/** Tells pages, and the other edges, of alerts. */
export function createTeller({ bus, clock, suppression = () => ({}) }: { bus: Bus; clock: Clock; suppression?: (instance: AlertInstance) => Suppression }): AlertTeller {
  /** Told within the last second. */
  let recent = new Set<string>();
  const waiting = new Map<string, AlertInstance>();
  let cancel: (() => void) | undefined;

  const tell = (instance: AlertInstance): void => bus.publish(ALERTS, newsOf(instance, suppression(instance)));
  const flush = (): void => {
    cancel = undefined;
    recent = new Set(waiting.keys());
    for (const instance of waiting.values()) tell(instance);
    waiting.clear();
    if (recent.size > 0) cancel = clock.after(SPACING, flush);
  };

  return {
    changed(instance) {
      waiting.delete(keyOf(instance));
      tell(instance);
    },
    updated(instance) {
      const key = keyOf(instance);
      if (recent.has(key)) waiting.set(key, instance);
      else {
        recent.add(key);
        tell(instance);
      }
      cancel ??= clock.after(SPACING, flush);
    },
    close: () => cancel?.(),
  };
}

function keyOf({ tenant, id }: AlertInstance): string {
  return `${id} ${tenant}`;
}
