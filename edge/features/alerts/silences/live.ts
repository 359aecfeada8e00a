import type { Silence, SilenceInput } from '../../../../sdk/contract/alert.js';
import { inTimes } from '../../../../sdk/data/time-interval.js';
import type { AlertInstance } from '../../../kernel/alerts.js';
import type { Clock } from '../../../kernel/clock.js';
import { fitAll, labelsOf } from '../matchers.js';
import type { SilenceRow, SilenceStore } from './store.js';

/** Milliseconds that a tenant's silences are kept in memory: the bus may lose what it tells. */
const KEPT = 5_000;

/** A silence with what its JSON says. */
export interface KnownSilence extends Omit<SilenceRow, 'body'>, Pick<SilenceInput, 'matchers' | 'recurring' | 'why'> {
  /** IANA: the tenant's. */
  readonly timeZone: string;
}

export function knownOf({ body, ...row }: SilenceRow, timeZone: string): KnownSilence {
  const { matchers, recurring, why } = JSON.parse(body) as SilenceInput;
  return { ...row, matchers, why, timeZone, ...(recurring && { recurring }) };
}

/** Where it stands at a moment (epoch milliseconds). */
export function stateOf({ startsAt, endsAt, recurring, timeZone }: KnownSilence, time: number): Silence['state'] {
  if (time >= endsAt) return 'expired';
  return time >= startsAt && (recurring === undefined || inTimes(recurring, time, timeZone)) ? 'active' : 'waiting';
}

export function covers({ tenant, matchers }: KnownSilence, instance: AlertInstance, labels = labelsOf(instance)): boolean {
  return instance.tenant === tenant && fitAll(matchers, labels);
}

/** The silences in memory, a tenant at a time: they are asked of each alert that is shown or sent. */
export interface LiveSilences {
  /** Id of the one that silences it at that moment. */
  silencing(instance: AlertInstance, time: number): string | undefined;
  /** What is known of the tenant counts no more; of all where none is named. */
  drop(tenant?: string): void;
}

export function createLiveSilences({ rows, clock, zoneOf }: { rows: Pick<SilenceStore, 'live'>; clock: Clock; zoneOf: (tenant: string) => string }): LiveSilences {
  const known = new Map<string, { at: number; silences: KnownSilence[] }>();

  const of = (tenant: string): KnownSilence[] => {
    const kept = known.get(tenant);
    if (kept !== undefined && clock.monotonic() - kept.at < KEPT) return kept.silences;
    const silences = rows.live(tenant, clock.now()).map((row) => knownOf(row, zoneOf(tenant)));
    known.set(tenant, { at: clock.monotonic(), silences });
    return silences;
  };

  return {
    silencing(instance, time) {
      const silences = of(instance.tenant);
      if (silences.length === 0) return undefined;
      const labels = labelsOf(instance);
      return silences.find((silence) => stateOf(silence, time) === 'active' && covers(silence, instance, labels))?.id;
    },
    drop(tenant) {
      if (tenant === undefined) known.clear();
      else known.delete(tenant);
    },
  };
}
