import type { ConnectorTest } from '../../../sdk/contract/connector.js';
import type { Access } from '../../gate/access.js';
import type { Audit, Trace } from '../../kernel/audit.js';
import type { Connectors } from '../../kernel/connectors.js';
import type { Credentials, CredentialSecret } from '../../kernel/credentials.js';
import type { Limiter } from '../../kernel/limiter.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import type { Probe } from '../../sources/external/probe.js';

/** Tests of one user a minute. */
const PER_MINUTE = 10;
/** Milliseconds that a test may take. */
const DEADLINE = 15_000;

export interface ConnectorTestsDeps {
  connectors: Connectors;
  probe: Probe;
  access: Access;
  credentials?: Pick<Credentials, 'find'>;
  limiter?: Limiter;
  audit?: Pick<Audit, 'note'>;
}

/** What is tried: a secret that is not kept, a stored credential by its name, or the settings' own. */
export interface TestRequest {
  apiName: string;
  endpoint?: string;
  secret?: CredentialSecret;
  credentials?: string;
}

export interface ConnectorTests {
  /**
   * Calls the API once. A credential of the caller's own may always be tried; anything else needs `external.NAME.call`.
   * Throws `not_found`, `forbidden`, `bad_request`, `rate_limited`; what the API does is the result.
   */
  run(principal: Principal, request: TestRequest, trace?: Trace): Promise<ConnectorTest>;
}

export function createConnectorTests({ connectors, probe, access, credentials, limiter, audit }: ConnectorTestsDeps): ConnectorTests {
  async function requireRoom({ tenant, subject }: Principal): Promise<void> {
    const take = await limiter?.take(JSON.stringify(['connector-test', tenant, subject]), PER_MINUTE, 60);
    if (take === undefined || take.allowed) return;
    throw new ProblemError('rate_limited', `A user may test ${PER_MINUTE} connections a minute.`, { retryAfter: Math.max(1, Math.ceil(take.resetIn / 1000)) });
  }

  return {
    async run(principal, { apiName, endpoint, secret, credentials: name }, trace = {}) {
      const { tenant, subject } = principal;
      if (connectors.find(tenant, apiName) === undefined) throw notFound();
      const ref = name === undefined ? undefined : credentials?.find({ tenant, subject }, { apiName, name });
      const isOwn = ref !== undefined && ref.owner === subject;
      if (!isOwn) access.require(principal, `external.${apiName}.call`);
      if (name !== undefined && ref === undefined) throw notFound();
      await requireRoom(principal);

      const credential = secret !== undefined ? { secret } : ref !== undefined ? { ref } : undefined;
      const result = await probe({
        tenant, user: subject, apiName, signal: AbortSignal.timeout(DEADLINE),
        ...(credential && { credential }), ...(endpoint !== undefined && { endpoint }),
      });
      audit?.note({
        tenant, user: subject, action: 'connector.test', target: `connector ${apiName}`, outcome: result.ok ? 'ok' : 'failed', milliseconds: result.ms, ...trace,
      });
      return result;
    },
  };
}
