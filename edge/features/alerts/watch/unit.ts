import type { AlertInstance, EvaluatedRule } from '../../../kernel/alerts.js';
import type { Missing } from '../engine/missing.js';

/** Milliseconds of a stand-still that count: a restart goes on waiting, a week in a drawer does not. */
const MOST_ELAPSED = 3_600_000;

/** A rule as it is evaluated for all, or for one user, and where it stands. */
export interface Unit {
  readonly key: string;
  rule: EvaluatedRule;
  /** Empty for all who may see the widget. */
  readonly user: string;
  /** By key, as they stand in the store but for the time that they waited since. */
  instances: ReadonlyMap<string, AlertInstance>;
  /** Monotonic milliseconds; none before the first evaluation of this process. */
  evaluatedAt?: number;
  /** Monotonic milliseconds: something changes then without another answer. */
  dueAt?: number;
  /** Why it has nothing at all to compare; without it, it has. */
  missing?: Missing;
}

export function unitKey(ruleId: string, user: string): string {
  return JSON.stringify([ruleId, user]);
}

export function newUnit(rule: EvaluatedRule, user: string): Unit {
  return { key: unitKey(rule.id, user), rule, user, instances: new Map() };
}

/** Milliseconds since it was evaluated last. Of what another process evaluated, the wall clock says it. */
export function elapsedOf({ evaluatedAt, instances }: Pick<Unit, 'evaluatedAt' | 'instances'>, now: { monotonic: number; wall: number }): number {
  return evaluatedAt === undefined ? sinceWritten(instances, now.wall) : now.monotonic - evaluatedAt;
}

/** Between 0 and an hour: clocks jump. */
export function sinceWritten(instances: ReadonlyMap<string, AlertInstance>, wall: number): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const { updatedAt } of instances.values()) last = Math.max(last, updatedAt);
  return last === Number.NEGATIVE_INFINITY ? 0 : Math.min(Math.max(0, wall - last), MOST_ELAPSED);
}
