import type { AlertSettings } from '../../../kernel/alert-settings.js';
import type { AlertInstance } from '../../../kernel/alerts.js';
import type { Clock } from '../../../kernel/clock.js';
import type { TenantSettings } from '../../../kernel/settings.js';
import { inTimes } from '../../../../sdk/data/time-interval.js';
import type { Suppression } from '../shown.js';
import type { Silences } from '../silences/service.js';
import type { AlertStore } from '../store.js';
import { FIRING } from './due.js';
import { inhibitionOf, type FieldOf, type Inhibition } from './inhibit.js';
import type { Target } from './routing.js';

/** Milliseconds that is remembered which alerts of a tenant fire: by then those of another edge are known too. */
const KEPT = 2_000;

/** Those of a tenant that fire, and what follows from it once somebody asked. */
interface Known {
  readonly at: number;
  readonly firing: Map<string, AlertInstance>;
  inhibition?: Inhibition | undefined;
}

export interface SuppressionDeps {
  settings: Pick<AlertSettings, 'inhibit' | 'muteTimes'>;
  tenants: ReadonlyMap<string, Pick<TenantSettings, 'timeZone'>>;
  silences: Pick<Silences, 'silencing'>;
  alerts: Pick<AlertStore, 'inStates'>;
  fieldOf: FieldOf;
  clock: Clock;
}

export interface Suppressing {
  /** What keeps it from being told now. */
  of(instance: AlertInstance): Suppression;
  /** Whether this receiver is not to be told of it now: it is silenced, said by another, or it is not the time for it. */
  holds(instance: AlertInstance, target: Pick<Target, 'plan' | 'quietHours'>): boolean;
  /** It came into another state. */
  changed(instance: AlertInstance): void;
}

export function createSuppressing({ settings, tenants, silences, alerts, fieldOf, clock }: SuppressionDeps): Suppressing {
  const known = new Map<string, Known>();

  const knownOf = (tenant: string): Known => {
    let kept = known.get(tenant);
    if (kept === undefined || clock.monotonic() - kept.at >= KEPT) {
      kept = { at: clock.monotonic(), firing: new Map(alerts.inStates(tenant, [...FIRING]).map((instance) => [instance.id, instance])) };
      known.set(tenant, kept);
    }
    return kept;
  };
  const inhibitionIn = (tenant: string): Inhibition => {
    const kept = knownOf(tenant);
    return (kept.inhibition ??= inhibitionOf([...kept.firing.values()], settings.inhibit, fieldOf));
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
    // Where what it is part of does not come to stand, it is read again soon.
    changed(instance) {
      const kept = known.get(instance.tenant);
      if (kept === undefined) return;
      if (FIRING.has(instance.state)) kept.firing.set(instance.id, instance);
      else if (!kept.firing.delete(instance.id)) return;
      kept.inhibition = undefined;
    },
  };
}
