import type { ConnectorTest } from '../../../sdk/contract/connector.js';
import type { CredentialSecretInput } from '../../../sdk/contract/credential.js';
import type { Clock } from '../../kernel/clock.js';
import type { Connectors } from '../../kernel/connectors.js';
import type { CredentialRef, Credentials } from '../../kernel/credentials.js';
import { UpstreamStatusError } from '../../kernel/http-client.js';
import { asProblem, notFound, ProblemError } from '../../kernel/problems.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { methodFor } from './asking.js';
import type { Caller } from './caller.js';
import { chooseCredential, labelOf, triedCredential } from './credential.js';

export interface ProbeCall {
  tenant: string;
  user: string;
  apiName: string;
  /** A secret that is tried and not kept, or a stored credential; without both the settings' own. */
  credential?: { secret: CredentialSecretInput } | { ref: CredentialRef };
  /** Default: the connector's own cheap path. */
  endpoint?: string;
  signal: AbortSignal;
}

/** Never throws for what the other side does: that is the result. Throws `not_found`, and `bad_request` for a path that is not allowed. */
export type Probe = (call: ProbeCall) => Promise<ConnectorTest>;

export interface ProbeDeps {
  connectors: Connectors;
  caller: Caller;
  credentials: Pick<Credentials, 'open' | 'renewed'> | undefined;
  clock: Clock;
}

export function createProbe({ connectors, caller, credentials, clock }: ProbeDeps): Probe {
  return async ({ tenant, user, apiName, credential, endpoint, signal }) => {
    const connector = connectors.find(tenant, apiName);
    if (connector === undefined) throw notFound();
    const path = endpoint ?? probePath(connector);
    const method = endpoint === undefined ? 'GET' : methodFor(connector, { apiName, endpoint });
    const started = clock.monotonic();
    let spent = false;
    const result = (ok: boolean, detail: string, status?: number): ConnectorTest => ({
      ok, ms: Math.round(clock.monotonic() - started), ...(status !== undefined && { status }),
      detail: spent ? `${detail} It gave another refresh token in the place of this one, which serves no more: get a new one before you save.` : detail,
    });
    try {
      const chosen = credential !== undefined && 'secret' in credential
        ? triedCredential(credential.secret, () => void (spent = true))
        : chooseCredential(connector, tenant, credential?.ref, credentials);
      if (path === undefined) {
        if (await caller.signIn({ connector, tenant, chosen, user })) return result(true, `${labelOf(connector)} lets it in.`);
        throw new NoPath(connector);
      }
      const { status } = await caller.line({ connector, tenant, chosen, user })({ method, path, params: {}, signal });
      return result(true, `${labelOf(connector)} answers.`, status);
    } catch (error) {
      if (error instanceof NoPath) throw error;
      return result(false, asProblem(error).message, statusOf(error));
    }
  };
}

/** Nothing can be tried before the caller says at which path. */
class NoPath extends ProblemError {
  constructor(connector: ConnectorSettings) {
    super('bad_request', `endpoint is needed: ${labelOf(connector)} has no path that can be tried without one.`, { errors: [{ path: 'endpoint', message: 'is required' }] });
  }
}

/** The path that a connection is tried with: the connector's own, else the first that names no part of somebody's. */
function probePath({ probe, paths }: ConnectorSettings): string | undefined {
  return probe ?? paths.find((path) => !path.includes('*'));
}

/** The other side's, also where it was put into other words. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof UpstreamStatusError) return error.upstreamStatus;
  return error instanceof Error && error.cause instanceof UpstreamStatusError ? error.cause.upstreamStatus : undefined;
}
