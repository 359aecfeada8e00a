import type { Silence, SilenceInput } from '../../../../sdk/contract/alert.js';
import type { Access } from '../../../gate/access.js';
import type { AlertInstance } from '../../../kernel/alerts.js';
import type { ChangeAudit, Trace } from '../../../kernel/audit.js';
import { topic, type Bus } from '../../../kernel/bus.js';
import type { Clock } from '../../../kernel/clock.js';
import { newId } from '../../../kernel/ids.js';
import type { Log } from '../../../kernel/log.js';
import type { Principal } from '../../../kernel/principal.js';
import { notFound, ProblemError } from '../../../kernel/problems.js';
import type { TenantSettings } from '../../../kernel/settings.js';
import { eventOf } from '../event.js';
import { MANAGE_ALERTS } from '../service.js';
import type { AlertStore } from '../store.js';
import { covers, createLiveSilences, knownOf, stateOf, type KnownSilence } from './live.js';
import type { SilenceRow, SilenceStore } from './store.js';

/** Silences of a tenant that have not ended. */
export const MOST_SILENCES = 1_000;

/** Of `lookEvery`, where nobody says: another edge's silences and a wall clock that was put forward are noticed by them. */
const LOOK = 5_000;
/** Milliseconds that an ended silence can still be seen. */
const SHOWN = 5 * 24 * 3_600_000;
/** Looks between two sweeps. */
const SWEEP_EVERY = 120;

const SILENCE_CHANGES = topic<{ tenant: string }>('silences', (message) => typeof (message as { tenant?: unknown } | null)?.tenant === 'string');

/** Told of alerts that fire and that a silence covered, or covers. */
export interface SilenceListener {
  /** Within the write that ends the silence: these fire and are silenced no more. */
  ended(instances: readonly AlertInstance[]): void;
  /** After a silence began or ended: what is said of these has changed. */
  changed(instances: readonly AlertInstance[]): void;
}

export interface SilenceDeps {
  rows: SilenceStore;
  alerts: Pick<AlertStore, 'inStates' | 'note'>;
  tenants: ReadonlyMap<string, Pick<TenantSettings, 'timeZone'>>;
  audit: ChangeAudit;
  access: Access;
  bus: Bus;
  clock: Clock;
  log: Log;
  /** Milliseconds between two looks, where nothing ends before. */
  lookEvery?: number;
}

export interface Silences {
  /** Id of the silence that keeps it from being told at that moment (epoch milliseconds). */
  silencing(instance: AlertInstance, time: number): string | undefined;
  /** Returns the end of it. */
  watch(listener: SilenceListener): () => void;
  /** Also those that ended in the last days. Each of these throws `forbidden` without `alerts.manage`. */
  list(principal: Principal): Silence[];
  /** Throws `invalid` where it would be over already, `conflict` where the tenant has too many. */
  create(principal: Principal, input: SilenceInput, trace?: Trace): Silence;
  /** Ends it now. Throws `not_found`, or `conflict` where it has ended. */
  end(principal: Principal, id: string, trace?: Trace): void;
  /** Throws `forbidden`. */
  requireRight(principal: Principal): void;
  close(): void;
}

/** Who is told nothing for a while, of what, and that this is over. A changed silence is a new one: what was said of the old stays true. */
export function createSilences({ rows, alerts, tenants, audit, access, bus, clock, log, lookEvery = LOOK }: SilenceDeps): Silences {
  const zoneOf = (tenant: string): string => tenants.get(tenant)?.timeZone ?? 'UTC';
  const live = createLiveSilences({ rows, clock, zoneOf });
  const listeners = new Set<SilenceListener>();
  /** Those that silenced at the last look. */
  let active = new Set<string>();
  let looks = 0;
  let cancel: () => void = () => undefined;

  const unsubscribe = [bus.subscribe(SILENCE_CHANGES, ({ tenant }) => live.drop(tenant)), bus.onGap(() => live.drop())];
  const known = (row: SilenceRow): KnownSilence => knownOf(row, zoneOf(row.tenant));
  const firing = (silence: KnownSilence): AlertInstance[] => alerts.inStates(silence.tenant, ['firing', 'recovering']).filter((instance) => covers(silence, instance));
  const tell = (instances: readonly AlertInstance[]): void => {
    if (instances.length > 0) for (const listener of [...listeners]) listener.changed(instances);
  };
  /** Within a write. Of those that another silence still covers nothing is to be said. */
  const noteEnd = (silence: KnownSilence, by?: string): AlertInstance[] => {
    live.drop(silence.tenant);
    const now = clock.now();
    const over = firing(silence).filter((instance) => live.silencing(instance, now) === undefined);
    for (const instance of over) alerts.note(eventOf(instance, 'silenceEnded', now, { ...(by !== undefined && { by }), text: silence.why }));
    for (const listener of [...listeners]) listener.ended(over);
    return over;
  };
  /** The silences in memory follow what stands, also where the write fails. */
  const written = <T>(tenant: string, work: () => T): T => {
    try {
      return rows.write(work);
    } finally {
      live.drop(tenant);
    }
  };

  const look = (): void => {
    const now = clock.now();
    const seen = new Set<string>();
    for (const row of rows.begun(now)) {
      const silence = known(row);
      const { tenant, id } = silence;
      if (stateOf(silence, now) === 'active') {
        seen.add(id);
        if (silence.endTold !== null) rows.noteBegin(tenant, id);
        if (!active.has(id)) tell(firing(silence));
      } else if (silence.endTold === null) {
        tell(written(tenant, () => (rows.noteEnd(tenant, id, now) ? noteEnd(silence) : [])));
      }
    }
    active = seen;
    looks += 1;
    if (looks % SWEEP_EVERY === 0) rows.sweep(now - SHOWN);
  };
  const lookAgain = (): void => {
    let wait = lookEvery;
    try {
      look();
      const now = clock.now();
      wait = Math.min(lookEvery, Math.max(1, (rows.nextEnd(now) ?? Number.POSITIVE_INFINITY) - now));
    } catch (error) {
      log.error({ err: error }, 'the ends of silences cannot be looked for now');
    }
    cancel = clock.after(wait, lookAgain);
  };
  cancel = clock.after(0, lookAgain);

  const requireRight = (principal: Principal): void => access.require(principal, MANAGE_ALERTS);

  return {
    silencing: live.silencing,
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    list(principal) {
      requireRight(principal);
      const now = clock.now();
      return rows.list(principal.tenant).map((row) => shown(row, stateOf(known(row), now)));
    },
    create(principal, input, trace = {}) {
      requireRight(principal);
      const { tenant, subject } = principal;
      const now = clock.now();
      const [startsAt, endsAt] = [Date.parse(input.from), Date.parse(input.until)];
      if (endsAt <= now) {
        const fault = { path: 'until', message: 'must be in the future' };
        throw new ProblemError('invalid', `body: until: ${fault.message}`, { errors: [fault] });
      }
      const row: SilenceRow = { tenant, id: newId(), body: JSON.stringify(input), createdBy: subject, startsAt, endsAt, endTold: null };
      const silence = known(row);
      const state = stateOf(silence, now);
      // One that begins later has no end to be told of before.
      if (state !== 'active' && silence.recurring !== undefined) row.endTold = now;
      const silenced = written(tenant, () => {
        if (rows.count(tenant, now) >= MOST_SILENCES) throw new ProblemError('conflict', `There are ${MOST_SILENCES} silences, which is the most; end some that are not needed.`);
        rows.add(row);
        audit.within({ tenant, user: subject, action: 'silence.set', target: `silence ${row.id}`, outcome: 'ok', ...trace });
        const covered = state === 'active' ? firing(silence) : [];
        for (const instance of covered) alerts.note(eventOf(instance, 'silenced', now, { by: subject, text: input.why }));
        return covered;
      });
      if (state === 'active') active.add(row.id);
      bus.publish(SILENCE_CHANGES, { tenant });
      tell(silenced);
      cancel();
      cancel = clock.after(0, lookAgain);
      return shown(row, state);
    },
    end(principal, id, trace = {}) {
      requireRight(principal);
      const { tenant, subject } = principal;
      const over = written(tenant, () => {
        const row = rows.get(tenant, id);
        if (row === undefined) throw notFound();
        const now = clock.now();
        const silence = known(row);
        const state = stateOf(silence, now);
        if (state === 'expired') throw new ProblemError('conflict', 'This silence has ended already.');
        audit.within({ tenant, user: subject, action: 'silence.remove', target: `silence ${id}`, outcome: 'ok', ...trace });
        if (now <= row.startsAt) rows.remove(tenant, id);
        else rows.end(tenant, id, now);
        return state === 'active' ? noteEnd(silence, subject) : [];
      });
      active.delete(id);
      bus.publish(SILENCE_CHANGES, { tenant });
      tell(over);
    },
    requireRight,
    close() {
      cancel();
      for (const end of unsubscribe) end();
    },
  };
}

function shown({ id, body, createdBy, startsAt, endsAt }: SilenceRow, state: Silence['state']): Silence {
  const { matchers, why, recurring } = JSON.parse(body) as SilenceInput;
  return { id, matchers, why, from: new Date(startsAt).toISOString(), until: new Date(endsAt).toISOString(), createdBy, state, ...(recurring && { recurring }) };
}
