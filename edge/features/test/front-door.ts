import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Problem } from '../../../sdk/contract/problem.js';
import { expandRoles } from '../../../sdk/contract/access.js';
import { createGapBus, type GapBus } from '../../drivers/test/gap-bus.js';
import { bodyLimit } from '../../gate/body-limit.js';
import type { GateEnv } from '../../gate/env.js';
import { newRouter } from '../../gate/openapi.js';
import { onNotFound, onProblem } from '../../gate/problem.js';
import { createActivity } from '../../kernel/activity.js';
import { CHANGES, type Change } from '../../kernel/bus.js';
import type { Clock } from '../../kernel/clock.js';
import { createLog } from '../../kernel/log.js';
import type { Principal } from '../../kernel/principal.js';

/** A principal as the gate makes it of a token. */
export function principal(tenant: string, subject: string, roles: string[], permissions: string[] = []): Principal {
  return { tenant, subject, directRoles: roles, roles: expandRoles(roles), permissions, expiresAt: Number.MAX_SAFE_INTEGER };
}

/** A clock that a test moves. */
export function testClock(): Clock & { move(ms: number): void } {
  let now = Date.UTC(2026, 0, 2, 3, 4, 5);
  return { now: () => now, monotonic: () => now, after: () => () => undefined, move: (ms) => void (now += ms) };
}

/** A bus of one process that remembers what was published on CHANGES. */
export function recordingBus(): GapBus & { changes: Change[] } {
  const bus = createGapBus();
  const changes: Change[] = [];
  bus.subscribe(CHANGES, (message) => void changes.push(message));
  return { ...bus, changes };
}

export interface Asked {
  status: number;
  headers: Headers;
  /** The body as it came. */
  text: string;
  /** The body parsed; undefined where there is none. */
  body: never;
}

/** Asks; `body` goes out as JSON, or as it is where it is a string. */
export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Asked>;

export interface FrontDoor {
  /** Asks as that user. */
  as(user: string): Ask;
}

/** The features behind the gate's own error handling and body limit; the bearer token is the name of one of `users`. */
export function frontDoor(users: Record<string, Principal>, ...features: OpenAPIHono<GateEnv>[]): FrontDoor {
  const clock = testClock();
  const app = newRouter();
  app.onError(onProblem(createLog({ level: 'silent' }), createActivity(clock)));
  app.notFound(onNotFound(app));
  app.use(bodyLimit());
  app.use(async (c, next) => {
    const name = c.req.header('authorization')?.slice('Bearer '.length) ?? '';
    const found = Object.hasOwn(users, name) ? users[name] : undefined;
    if (found) c.set('principal', found);
    await next();
  });
  for (const feature of features) app.route('/api/v1', feature);

  return {
    as: (user) => async (method, path, body, headers = {}) => {
      const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const response = await app.request(`/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${user}`, ...(sent !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(sent === undefined ? {} : { body: sent }),
      });
      const text = await response.text();
      const parsed: unknown = text === '' ? undefined : JSON.parse(text);
      return { status: response.status, headers: response.headers, text, body: parsed as never };
    },
  };
}

/** A problem without what differs on every answer. */
export function problemOf({ status, body }: Asked): Omit<Problem, 'requestId'> {
  const { requestId, ...rest } = body as Problem;
  if (typeof requestId !== 'string' || requestId === '') throw new Error('the problem has no requestId');
  if (rest.status !== status) throw new Error(`the problem says ${rest.status}, the answer ${status}`);
  return rest;
}
