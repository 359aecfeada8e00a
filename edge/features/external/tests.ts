import type { ConnectorTest, ConnectorTestInput } from '../../../sdk/contract/connector.js';
import type { Access } from '../../gate/access.js';
import type { Audit, Trace } from '../../kernel/audit.js';
import type { Connectors } from '../../kernel/connectors.js';
import type { Credentials } from '../../kernel/credentials.js';
import type { Limiter } from '../../kernel/limiter.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, tooMany } from '../../kernel/problems.js';
import { requireKeyPlace } from '../../sources/external/credential.js';
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

export interface ConnectorTests {
  /**
   * Calls the API once. What is the caller's own, a secret that they bring or a credential, may always be tried: they could keep it
   * and try it then. Anything else needs `external.NAME.call`.
   * Throws `not_found`, `forbidden`, `bad_request`, `invalid`, `rate_limited`; what the API does is the result.
   */
  run(principal: Principal, request: ConnectorTestInput, trace?: Trace): Promise<ConnectorTest>;
}

export function createConnectorTests({ connectors, probe, access, credentials, limiter, audit }: ConnectorTestsDeps): ConnectorTests {
  async function requireRoom({ tenant, subject }: Principal): Promise<void> {
    const take = await limiter?.take(JSON.stringify(['connector-test', tenant, subject]), PER_MINUTE, 60);
    if (take === undefined || take.allowed) return;
    throw tooMany(`A user may test ${PER_MINUTE} connections a minute.`, Math.max(1, Math.ceil(take.resetIn / 1000)));
  }

  return {
    async run(principal, { apiName, endpoint, ...tried }, trace = {}) {
      const { tenant, subject } = principal;
      const connector = connectors.find(tenant, apiName);
      if (connector === undefined) throw notFound();
      const secret = 'authType' in tried ? tried : undefined;
      const name = 'authType' in tried ? undefined : tried.credentials;
      const ref = name === undefined ? undefined : credentials?.find({ tenant, subject }, { apiName, name });
      const isOwn = secret !== undefined || (ref !== undefined && ref.owner === subject);
      if (!isOwn) access.require(principal, `external.${apiName}.call`);
      if (name !== undefined && ref === undefined) throw notFound();
      if (secret !== undefined) requireKeyPlace(connector, secret);
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
