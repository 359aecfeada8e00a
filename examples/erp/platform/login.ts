import { SignJWT } from 'jose';
import { DEMO_TENANTS, demoTenant } from '../tenants.js';
import type { PathFault } from '../problem.js';
import { DEMO_USERS, demoUser } from './users.js';

export interface Session {
  token: string;
  /** ISO 8601. */
  expiresAt: string;
}

/** Who wants in. The tenant is the first one where it is not said. */
export interface LoginRequest {
  user: string;
  tenant: string;
}

/** Seconds; the pages renew before. */
export const TOKEN_LIFE = 15 * 60;

export type Login = (request: LoginRequest & { subject?: string }) => Promise<Session>;

/** Signs the demo's users in with the edge's own secret. `subject`: several people of one kind. */
export function createLogin(secret: string, now: () => number): Login {
  const key = new TextEncoder().encode(secret);
  return async ({ user, tenant, subject = user }) => {
    const found = demoUser(user);
    if (found === undefined || demoTenant(tenant) === undefined) throw new Error(`There is no user "${user}" of tenant "${tenant}".`);
    const seconds = Math.floor(now() / 1000);
    const token = await new SignJWT({ tenant, roles: [found.id], permissions: found.permissions })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(subject)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + TOKEN_LIFE)
      .sign(key);
    return { token, expiresAt: new Date((seconds + TOKEN_LIFE) * 1000).toISOString() };
  };
}

/** What `{user, tenant?}` says, or what is wrong with it. */
export function readLogin(body: unknown): LoginRequest | PathFault[] {
  const given: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const { user, tenant = DEMO_TENANTS[0]?.id } = given;
  const faults: PathFault[] = [];
  if (typeof user !== 'string' || demoUser(user) === undefined) {
    faults.push({ path: 'user', message: `must be one of ${DEMO_USERS.map(({ id }) => id).join(', ')}` });
  }
  if (typeof tenant !== 'string' || demoTenant(tenant) === undefined) {
    faults.push({ path: 'tenant', message: `must be one of ${DEMO_TENANTS.map(({ id }) => id).join(', ')}` });
  }
  return faults.length > 0 ? faults : { user: String(user), tenant: String(tenant) };
}
