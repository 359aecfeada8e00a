import type { ProblemCode } from '../../sdk/contract/problem.js';

/** What the gate tells of each answered request. In memory, bounded, per tenant. */
export interface RequestRecorder {
  /** `route` is the declared pattern (`GET /api/v1/widgets/:id`), never the caller's path: that would have no end. */
  request(tenant: string, subject: string, route: string, status: number, ms: number): void;
  /** Somebody is there without asking: an open push connection. */
  seen(tenant: string, subject: string): void;
  problem(tenant: string, problem: { code: ProblemCode; detail: string; requestId: string }): void;
}

/** What the system metrics read of it: a tenant's own figures only. */
export interface RequestFigures {
  /** Of the last five minutes, the busiest first. */
  routes(tenant: string): RouteFigures[];
  /** Mean milliseconds of the last five minutes; 0 where nobody asked. */
  meanMs(tenant: string): number;
  /** Users seen in the last five minutes. */
  activeUsers(tenant: string): number;
  /** The latest first, at most 100. */
  users(tenant: string): UserFigures[];
  /** The latest first, at most 100. */
  problems(tenant: string): ProblemRecord[];
}

export interface RouteFigures {
  route: string;
  count: number;
  /** Answers with a status of 500 and more. */
  errors: number;
  p50Ms: number;
  p95Ms: number;
}

export interface UserFigures {
  user: string;
  /** Epoch milliseconds. */
  lastSeen: number;
  requests: number;
}

export interface ProblemRecord {
  /** Epoch milliseconds. */
  time: number;
  code: ProblemCode;
  detail: string;
  requestId: string;
}

export interface RequestStats extends RequestRecorder, RequestFigures {}
