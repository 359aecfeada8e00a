import { LRUCache } from 'lru-cache';
import type { ExternalAPIDataSource, SourceParams } from '../../../sdk/contract/data-source.js';
import type { Audit } from '../../kernel/audit.js';
import type { Calls } from '../../kernel/calls.js';
import type { Clock } from '../../kernel/clock.js';
import type { Connectors } from '../../kernel/connectors.js';
import type { Credentials } from '../../kernel/credentials.js';
import type { Lock } from '../../kernel/lock.js';
import { asProblem, ProblemError } from '../../kernel/problems.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import type { Source, SourceAnswer, SourceCall } from '../../kernel/source.js';
import { resolveDates } from '../params.js';
import { unwrap } from '../unwrap.js';
import { methodFor, rulesOf, sentKey, type Method } from './asking.js';
import { createCaller } from './caller.js';
import { chooseCredential, type ChosenCredential } from './credential.js';
import { joinPages } from './pagination.js';
import { createProbe, type Probe } from './probe.js';

export interface ExternalSourceDeps {
  connectors: Connectors;
  calls: Calls;
  clock: Clock;
  /** Those that users and tenants stored; without it there are only the settings' own. */
  credentials?: Pick<Credentials, 'open' | 'renewed'>;
  /** Among all edges, for refresh tokens that serve once; without it each is renewed by who needs it. */
  lock?: Lock;
  /** Told of each answer that was fetched, and of each token. */
  audit?: Pick<Audit, 'note'>;
}

export interface ExternalSource extends Source<ExternalAPIDataSource> {
  /** Asks an API once, to see whether a credential works there. */
  readonly probe: Probe;
}

/** Milliseconds for an answer with all its pages. */
const DEADLINE = 30_000;
/** Bytes of kept answers, all connectors together. */
const KEPT_BYTES = 64 * 1024 * 1024;
/** Bytes of memory for one of JSON: an answer is kept as objects, and `[{"a":1},…]` is several times its text. */
const OBJECTS = 5;

/**
 * Data of external APIs. A call is made with the credential that its question carries, else with the connector's own. An answer is kept
 * for the connector's `cacheSeconds`, so that several widgets and short intervals spend one call of the API's limit; it is kept
 * for that tenant and that credential, as everything is.
 */
export function createExternalSource({ connectors, calls, clock, credentials, lock, audit }: ExternalSourceDeps): ExternalSource {
  const caller = createCaller({ calls, clock, lock, audit });
  const kept = new LRUCache<string, { answer: SourceAnswer; until: number }>({ maxSize: KEPT_BYTES });
  const flights = new Map<string, Promise<SourceAnswer>>();

  async function ask(connector: ConnectorSettings, method: Method, chosen: ChosenCredential, call: SourceCall<ExternalAPIDataSource>) {
    const { tenant, dataSource: { endpoint: path, params: given = {} }, viewer } = call;
    // Its own: who asked first may give up, and the others still wait.
    const signal = AbortSignal.timeout(DEADLINE);
    const moment = { now: clock.now(), timeZone: tenant.timeZone };
    const params = resolveDates({ ...connector.defaults, ...given } as SourceParams, connector.dates, moment, connector.dateParams);
    const line = caller.line({ connector, tenant: tenant.id, chosen, ...(viewer && { user: viewer.subject }) });
    return joinPages(connector.pagination, { params, path }, ({ params: over, query }, maxBytes) =>
      line({ method, path, params: { ...params, ...over }, maxBytes, signal, ...(query !== undefined && { query }) }));
  }

  async function fetched(connector: ConnectorSettings, method: Method, chosen: ChosenCredential, call: SourceCall<ExternalAPIDataSource>, key: string): Promise<SourceAnswer> {
    const { tenant, dataSource: { apiName, endpoint }, viewer } = call;
    const started = clock.monotonic();
    const took = (): number => Math.round(clock.monotonic() - started);
    const note = { tenant: tenant.id, ...(viewer && { user: viewer.subject }), action: 'external.call' as const, target: `${apiName} ${endpoint}` };
    try {
      const { body, bytes } = await ask(connector, method, chosen, call);
      const answer = unwrap(body);
      const keepMs = connector.cacheSeconds * 1000;
      if (keepMs > 0) kept.set(key, { answer, until: clock.monotonic() + keepMs }, { size: Math.max(1, bytes * OBJECTS) });
      audit?.note({ ...note, outcome: 'ok', milliseconds: took(), bytes });
      return answer;
    } catch (error) {
      audit?.note({ ...note, outcome: 'failed', code: asProblem(error).code, milliseconds: took() });
      throw error;
    }
  }

  /** One flight for all who ask the same at the same time: widgets that show the same rows in different ways. */
  function fly(key: string, start: () => Promise<SourceAnswer>): Promise<SourceAnswer> {
    const flight = start().finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  }

  return {
    type: 'external_api',
    probe: createProbe({ connectors, caller, credentials, clock }),
    async fetch(call) {
      const { tenant, dataSource, credential } = call;
      const { apiName, endpoint } = dataSource;
      const connector = connectors.find(tenant.id, apiName);
      if (connector === undefined) throw new ProblemError('bad_request', `There is no connector named ${JSON.stringify(apiName)}.`);
      const method = methodFor(connector, dataSource);
      const chosen = chooseCredential(connector, tenant.id, credential, credentials);
      const sent = sentKey(dataSource.params ?? {}, method, connector.encoding);
      const key = JSON.stringify([tenant.id, rulesOf(connector).version, chosen.id, method, endpoint, sent]);
      const earlier = kept.get(key);
      if (earlier !== undefined && clock.monotonic() < earlier.until) return earlier.answer;

      return flights.get(key) ?? fly(key, () => fetched(connector, method, chosen, call, key));
    },
  };
}
