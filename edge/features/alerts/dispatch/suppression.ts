import type { AlertSettings } from '../../../kernel/alert-settings.js';
import { ALERTS, type AlertInstance } from '../../../kernel/alerts.js';
import type { Bus } from '../../../kernel/bus.js';
import type { Clock } from '../../../kernel/clock.js';
import type { TenantSettings } from '../../../kernel/settings.js';
import { inTimes } from '../../../../sdk/data/time-interval.js';
import type { Suppression } from '../shown.js';
import type { Silences } from '../silences/service.js';
import type { AlertStore } from '../store.js';
import { inhibitionOf, type FieldOf, type Inhibition } from './inhibit.js';
import type { Target } from './routing.js';

/** Milliseconds that is remembered which alerts of a tenant fire: another edge's are heard of by the bus, or by this. */
const KEPT = 2_000;

export interface SuppressionDeps {
  settings: Pick<AlertSettings, 'inhibit' | 'muteTimes'>;
  tenants: ReadonlyMap<string, Pick<TenantSettings, 'timeZone'>>;
  silences: Pick<Silences, 'silencing'>;
  alerts: Pick<AlertStore, 'inStates'>;
  fieldOf: FieldOf;
  bus: Bus;
  clock: Clock;
}

export interface Suppressing {
  /** What keeps it from being told now. */
  of(instance: AlertInstance): Suppression;
  /** Whether this receiver is not to be told of it now: it is silenced, said by another, or it is not the time for it. */
  holds(instance: AlertInstance, target: Pick<Target, 'plan' | 'quietHours'>): boolean;
  /** Which alerts fire has changed. */
  drop(tenant: string): void;
  close(): void;
}

export function createSuppressing({ settings, tenants, silences, alerts, fieldOf, bus, clock }: SuppressionDeps): Suppressing {
  const known = new Map<string, { at: number; inhibition: Inhibition }>();
  const unsubscribe = bus.subscribe(ALERTS, ({ tenant }) => void known.delete(tenant));

  const inhibitionIn = (tenant: string): Inhibition => {
    const kept = known.get(tenant);
    if (kept !== undefined && clock.monotonic() - kept.at < KEPT) return kept.inhibition;
    const inhibition = inhibitionOf(alerts.inStates(tenant, ['firing', 'recovering']), settings.inhibit, fieldOf);
    known.set(tenant, { at: clock.monotonic(), inhibition });
    return inhibition;
  };
  const of = (instance: AlertInstance): Suppression => {
    const silencedBy = silences.silencing(instance, clock.now());
    const inhibitedBy = inhibitionIn(instance.tenant)(instance);
    return { ...(silencedBy !== undefined && { silencedBy }), ...(inhibitedBy !== undefined && { inhibitedBy }) };
  };

  return {
    of,
    holds(instance, { plan, quietHours }) {
      const zone = tenants.get(instance.tenant)?.timeZone ?? 'UTC';
      const now = clock.now();
      const muted = plan.mute.some((name) => inTimes(settings.muteTimes.get(name) ?? [], now, zone));
      // A user's quiet hours let through what cannot wait; mute times and silences are for that too.
      const quiet = quietHours !== undefined && instance.severity !== 'critical' && inTimes(quietHours, now, zone);
      if (muted || quiet) return true;
      const { silencedBy, inhibitedBy } = of(instance);
      return silencedBy !== undefined || inhibitedBy !== undefined;
    },
    drop: (tenant) => void known.delete(tenant),
    close: unsubscribe,
  };
}
