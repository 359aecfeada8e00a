import type { ProblemCode } from '../../sdk/contract/problem.js';
import type { Clock } from './clock.js';
import type { Principal } from './principal.js';

export interface RouteFigures {
  /** Method and declared pattern: `GET /api/v1/widgets/:id/data`. */
  route: string;
  count: number;
  /** Answers of 500 and above. */
  errors: number;
  /** Milliseconds, of the last 512 requests. */
  mean: number;
  p50: number;
  p95: number;
}

export interface RecordedFault {
  /** Epoch milliseconds. */
  time: number;
  code: ProblemCode;
  detail: string;
  requestId: string;
  tenant?: string;
}

export interface UserFigures {
  user: string;
  /** Epoch milliseconds. */
  lastSeen: number;
  requests: number;
}

/** What this edge was asked, by whom, and how that went: fed by the gate, read by the system metrics. */
export interface Activity {
  request(route: string, status: number, milliseconds: number): void;
  fault(fault: Omit<RecordedFault, 'time'>): void;
  seen(principal: Principal): void;
  /** Busiest first. */
  routes(): RouteFigures[];
  /** Newest first; those of the tenant and those of nobody. */
  faults(tenant: string): RecordedFault[];
  /** A tenant's users seen within the last `milliseconds`, latest first. */
  users(tenant: string, milliseconds: number): UserFigures[];
}

const SAMPLES = 512;
const FAULTS = 200;
const USERS = 10_000;

interface RouteRecord {
  count: number;
  errors: number;
  times: Float64Array;
}
interface UserRecord extends UserFigures {
  tenant: string;
}

function figures(route: string, { count, errors, times }: RouteRecord): RouteFigures {
  const sorted = times.slice(0, Math.min(count, SAMPLES)).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { route, count, errors, mean: sorted.reduce((sum, time) => sum + time, 0) / sorted.length, p50: at(0.5), p95: at(0.95) };
}

export function createActivity(clock: Clock): Activity {
  const routes = new Map<string, RouteRecord>();
  const faults: RecordedFault[] = [];
  const users = new Map<string, UserRecord>();
  // One token, one principal: the hot path finds its user without building a key.
  const byPrincipal = new WeakMap<Principal, UserRecord>();

  const userOf = (principal: Principal): UserRecord => {
    const key = JSON.stringify([principal.tenant, principal.subject]);
    let user = users.get(key);
    if (user === undefined) {
      user = { user: principal.subject, tenant: principal.tenant, lastSeen: 0, requests: 0 };
      users.set(key, user);
      const [oldest] = users.keys();
      if (users.size > USERS && oldest !== undefined) users.delete(oldest);
    }
    byPrincipal.set(principal, user);
    return user;
  };

  return {
    request(route, status, milliseconds) {
      let record = routes.get(route);
      if (record === undefined) routes.set(route, (record = { count: 0, errors: 0, times: new Float64Array(SAMPLES) }));
      record.times[record.count % SAMPLES] = milliseconds;
      record.count += 1;
      if (status >= 500) record.errors += 1;
    },
    fault(fault) {
      faults.unshift({ time: clock.now(), ...fault });
      if (faults.length > FAULTS) faults.pop();
    },
    seen(principal) {
      const user = byPrincipal.get(principal) ?? userOf(principal);
      user.lastSeen = clock.now();
      user.requests += 1;
    },
    routes: () => [...routes].map(([route, record]) => figures(route, record)).sort((a, b) => b.count - a.count),
    faults: (tenant) => faults.filter((fault) => fault.tenant === undefined || fault.tenant === tenant),
    users(tenant, milliseconds) {
      const since = clock.now() - milliseconds;
      return [...users.values()]
        .filter((user) => user.tenant === tenant && user.lastSeen >= since)
        .sort((a, b) => b.lastSeen - a.lastSeen)
        .map(({ user, lastSeen, requests }) => ({ user, lastSeen, requests }));
    },
  };
}
