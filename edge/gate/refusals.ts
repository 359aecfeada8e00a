import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import { LRUCache } from 'lru-cache';
import type { Audit, AuditEvent } from '../kernel/audit.js';
import type { Clock } from '../kernel/clock.js';
import type { Principal } from '../kernel/principal.js';
import type { ProblemError } from '../kernel/problems.js';
import type { GateEnv } from './env.js';
import type { TraceOf } from './trace.js';

/** Told of every problem that a request was answered with; those that refuse somebody something go into the audit trail. */
export type NoteRefusal = (c: Context<GateEnv>, problem: ProblemError) => void;

/** Rows of one user in a minute; what comes beyond is one row that counts it. */
export const REFUSALS_A_MINUTE = 60;
const MINUTE = 60_000;
const USERS = 10_000;

interface Told {
  until: number;
  count: number;
}

/** Without a verified token nobody is known to have been refused: those are left out. */
export function noteRefusals(audit: Audit, traceOf: TraceOf, clock: Clock): NoteRefusal {
  const users = new LRUCache<string, Told>({ max: USERS });

  /** Whoever is refused a thousand times a second must not fill the disk with it. */
  const isTooMuch = ({ tenant, user = '' }: AuditEvent): boolean => {
    const key = `${tenant.length}:${tenant}:${user}`;
    const now = clock.monotonic();
    let told = users.get(key);
    if (told === undefined || now >= told.until) users.set(key, (told = { until: now + MINUTE, count: 0 }));
    told.count += 1;
    if (told.count <= REFUSALS_A_MINUTE) return false;
    if (told.count === REFUSALS_A_MINUTE + 1) {
      const counted = told;
      clock.after(told.until - now, () => audit.note({
        tenant, user, action: 'access.refused', target: '(several)', outcome: 'refused', detail: `${counted.count - REFUSALS_A_MINUTE} more within a minute`,
      }));
    }
    return true;
  };

  return function noteRefusal(c, problem) {
    const principal: Principal | undefined = c.get('principal');
    if (principal === undefined || !isRefusal(problem)) return;
    const route = matchedRoutes(c).at(-1);
    // Its pattern, not its path: that is the caller's invention.
    const target = route === undefined || route.method === 'ALL' ? 'unmatched' : `${route.method} ${route.path}`;
    const event: AuditEvent = {
      tenant: principal.tenant, user: principal.subject, action: 'access.refused', target, outcome: 'refused', code: problem.code,
      detail: problem.refused ?? problem.message, ...traceOf(c),
    };
    if (!isTooMuch(event)) audit.note(event);
  };
}

function isRefusal({ code, refused }: ProblemError): boolean {
  // `rate_limited` alone may be a source's word.
  return code === 'forbidden' || code === 'unauthenticated' || refused !== undefined;
}
