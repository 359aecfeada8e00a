import type { AlertEvent } from '../../../../sdk/contract/alert.js';
import type { AlertChange, AlertInstance, AlertNotices } from '../../../kernel/alerts.js';
import type { Evaluated } from '../engine/evaluate.js';
import { eventOf } from '../event.js';
import type { AlertStore } from '../store.js';
import { sinceWritten, type Unit } from './unit.js';

/** What came of a unit's evaluation. */
export interface Outcome {
  readonly unit: Unit;
  readonly result: Evaluated;
}

/** Evaluates a unit once more, from what stands in the store. */
export type Again = (unit: Unit, instances: ReadonlyMap<string, AlertInstance>, elapsed: number | undefined) => Evaluated;

export interface Kept {
  readonly outcomes: readonly Outcome[];
  readonly changes: readonly AlertChange[];
  /** Written, and in the same state as before. */
  readonly updated: readonly AlertInstance[];
}

/** Looks at the store until nothing was changed there since: each look finds what the one before did not ask for. */
const MOST_LOOKS = 4;

export interface KeepDeps {
  store: AlertStore;
  notices: AlertNotices;
}

/** Writes what came of evaluations, what happened, and whom it concerns: all of it or nothing. Throws what the store throws. */
export function keep({ store, notices }: KeepDeps, outcomes: readonly Outcome[], again: Again, wall: number): Kept {
  return store.write(() => {
    const changes: AlertChange[] = [];
    const updated: AlertInstance[] = [];
    const kept = outcomes.map(({ unit, result }): Outcome => {
      const { result: current, from } = isIdle(result) ? { result, from: unit.instances } : upToDate(store, unit, result, again, wall);
      const instances = written(store, current, from, wall);
      for (const { before, now } of current.changes) {
        const change = { ...(before && { before }), now: instances.get(now.key) ?? now };
        changes.push(change);
        const what = happened(change);
        if (what !== undefined) store.note(eventOf(change.now, what, wall, { value: change.now.value ?? null }));
      }
      const changed = new Set(current.changes.map(({ now }) => now.key));
      for (const { key } of current.saved) {
        const instance = instances.get(key);
        if (instance !== undefined && !changed.has(key)) updated.push(instance);
      }
      return { unit, result: { ...current, instances } };
    });
    if (changes.length > 0) notices.within(changes);
    return { outcomes: kept, changes, updated };
  });
}

export function isIdle({ changes, saved, dropped }: Evaluated): boolean {
  return changes.length === 0 && saved.length === 0 && dropped.length === 0;
}

/**
 * Somebody may have acknowledged an instance, and another edge may have evaluated it: what stands in the store counts, and the unit is
 * evaluated once more from it.
 */
function upToDate(store: AlertStore, unit: Unit, first: Evaluated, again: Again, wall: number): { result: Evaluated; from: Unit['instances'] } {
  let result = first;
  let from = unit.instances;
  const looked = new Set<string>();
  let elapsed: number | undefined;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const known = new Map(from);
    let differs = false;
    for (const { key } of [...result.saved, ...result.dropped]) {
      if (looked.has(key)) continue;
      looked.add(key);
      const { tenant, id } = unit.rule;
      const mine = known.get(key);
      const stamp = store.stampOf(tenant, id, key, unit.user);
      if (stamp?.id === mine?.id && stamp?.updatedAt === mine?.updatedAt) continue;
      differs = true;
      const stored = store.find(tenant, id, key, unit.user);
      if (stored === undefined) known.delete(key);
      else if (isSameStand(stored, mine)) known.set(key, { ...stored, held: mine.held, missing: mine.missing });
      else {
        known.set(key, stored);
        if (stored.state !== 'resolved') elapsed = sinceWritten(new Map([[key, stored]]), wall);
      }
    }
    if (!differs) break;
    from = known;
    result = again(unit, from, elapsed);
  }
  return { result, from };
}

/** It is where it was: only people did something about it. */
function isSameStand(stored: AlertInstance, mine: AlertInstance | undefined): mine is AlertInstance {
  return mine !== undefined && stored.id === mine.id && stored.state === mine.state && stored.since === mine.since;
}

/** Returns what is known from now on, as it was written. */
function written(store: AlertStore, { instances, saved, dropped }: Evaluated, from: Unit['instances'], wall: number): Map<string, AlertInstance> {
  // What is over is not followed any more, and stays for a while: who was told that it fires may still have to hear that it does not.
  for (const { tenant, id, state } of dropped) if (state !== 'resolved') store.remove(tenant, id);
  if (saved.length === 0) return instances;
  const known = new Map(instances);
  for (const instance of saved) {
    // Never the same twice, whatever the clock says: by it others see that the row is another.
    const stamped = { ...instance, updatedAt: Math.max(wall, (from.get(instance.key)?.updatedAt ?? 0) + 1) };
    store.save(stamped);
    known.set(stamped.key, stamped);
  }
  return known;
}

/** What the history says of a change; nothing of what did not come to fire. */
function happened({ before, now }: AlertChange): AlertEvent['what'] | undefined {
  const fired = before?.state === 'firing' || before?.state === 'recovering';
  // Of a severity that is another one it is said again that it fires, and nothing of what waits.
  if (before?.state === now.state && now.state !== 'firing') return undefined;
  switch (now.state) {
    case 'firing': return 'fired';
    case 'resolved': return fired ? 'resolved' : undefined;
    case 'inactive': return undefined;
    default: return now.state;
  }
}
