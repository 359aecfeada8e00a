import { ALERTS, type AlertInstance } from '../../../kernel/alerts.js';
import type { Bus } from '../../../kernel/bus.js';
import type { Clock } from '../../../kernel/clock.js';
import { newsOf } from '../service.js';
import type { Suppression } from '../shown.js';

/** Milliseconds in which pages are told of one alert's new value at most once. */
const SPACING = 1_000;

export interface AlertTeller {
  /** These came into another state: told at once. */
  changed(instances: readonly AlertInstance[]): void;
  /** These have another value: the last of a second is told. */
  updated(instances: readonly AlertInstance[]): void;
  close(): void;
}

/** Tells pages, and the other edges, of alerts. */
export function createTeller({ bus, clock, suppression = () => ({}) }: { bus: Bus; clock: Clock; suppression?: (instance: AlertInstance) => Suppression }): AlertTeller {
  /** Told within the last second. */
  let recent = new Set<string>();
  const waiting = new Map<string, AlertInstance>();
  let cancel: (() => void) | undefined;

  const tell = (instances: readonly AlertInstance[]): void => {
    // All before the first is told: what keeps one from being told is worked out anew after each, from all that fire.
    const news = instances.map((instance) => newsOf(instance, suppression(instance)));
    for (const one of news) bus.publish(ALERTS, one);
  };
  const flush = (): void => {
    cancel = undefined;
    recent = new Set(waiting.keys());
    const last = [...waiting.values()];
    waiting.clear();
    tell(last);
    if (recent.size > 0) cancel = clock.after(SPACING, flush);
  };

  return {
    changed(instances) {
      for (const instance of instances) waiting.delete(keyOf(instance));
      tell(instances);
    },
    updated(instances) {
      const first: AlertInstance[] = [];
      for (const instance of instances) {
        const key = keyOf(instance);
        if (recent.has(key)) waiting.set(key, instance);
        else {
          recent.add(key);
          first.push(instance);
        }
      }
      tell(first);
      if (instances.length > 0) cancel ??= clock.after(SPACING, flush);
    },
    close: () => cancel?.(),
  };
}

function keyOf({ tenant, id }: AlertInstance): string {
  return `${id} ${tenant}`;
}
