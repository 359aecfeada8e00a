import { LRUCache } from 'lru-cache';
import type { ExternalAPIDataSource, SourceParams } from '../../sdk/contract/data-source.js';
import { paramsKey } from '../../sdk/data/params.js';
import type { ApiUsage } from '../kernel/api-usage.js';
import type { Clock } from '../kernel/clock.js';
import type { HttpClient, HttpRequest } from '../kernel/http-client.js';
import { newId } from '../kernel/ids.js';
import { asProblem, ProblemError } from '../kernel/problems.js';
import type { ConnectorSettings } from '../kernel/settings.js';
import type { Source, SourceAnswer, SourceCall } from '../kernel/source.js';
import { authParts, type AuthParts } from './connector-auth.js';
import { encodeQuery, queryKey, resolveDates } from './params.js';
import { createPathRule } from './paths.js';
import { unwrap } from './unwrap.js';

export interface ExternalSourceDeps {
  connectors: ReadonlyMap<string, ConnectorSettings>;
  http: HttpClient;
  usage: ApiUsage;
  clock: Clock;
}

interface Connector {
  settings: ConnectorSettings;
  /** What its secret adds to a call for this tenant; undefined where the tenant has no account. */
  auth: (tenant: string) => AuthParts | undefined;
  allows: (path: string) => boolean;
}

/** Bytes of kept answers, all connectors together. */
const KEPT_BYTES = 64 * 1024 * 1024;

/**
 * Data of external APIs through the connectors of the settings. The connector's own secret is used, whatever credential a
 * definition names: stored credentials come with the vault. An answer is kept for the connector's `cacheSeconds`, so that several
 * widgets and short intervals spend one call of the API's limit; it is kept per tenant, as everything is.
 */
export function createExternalSource({ connectors, http, usage, clock }: ExternalSourceDeps): Source<ExternalAPIDataSource> {
  const known = new Map<string, Connector>(
    [...connectors].map(([name, settings]) => [name, { settings, auth: authOf(settings), allows: createPathRule(settings.paths) }]),
  );
  const kept = new LRUCache<string, { answer: SourceAnswer; until: number }>({ maxSize: KEPT_BYTES });

  function connectorFor({ apiName, endpoint }: ExternalAPIDataSource): Connector {
    const connector = known.get(apiName);
    if (connector === undefined) throw new ProblemError('bad_request', `There is no connector named ${JSON.stringify(apiName)}.`);
    if (!connector.allows(endpoint)) {
      throw new ProblemError('bad_request', `The connector ${apiName} does not allow the path ${JSON.stringify(endpoint)}.`);
    }
    return connector;
  }

  function requestOf({ settings, auth: authFor }: Connector, { tenant, dataSource, signal }: SourceCall<ExternalAPIDataSource>): HttpRequest {
    const auth = authFor(tenant.id);
    if (auth === undefined) throw new ProblemError('credential_missing', `There is no account with ${settings.label ?? settings.name}.`);
    const params = resolveDates(dataSource.params ?? {}, settings.dates, { now: clock.now(), timeZone: tenant.timeZone });
    const shared = {
      base: settings.baseUrl,
      path: dataSource.endpoint,
      headers: { ...auth.headers, 'x-request-id': newId() },
      signal,
    };
    return settings.encoding === 'json'
      ? { ...shared, method: 'POST', body: params, query: encodeQuery(auth.query, 'repeat') }
      : { ...shared, query: encodeQuery({ ...params, ...auth.query }, settings.encoding) };
  }

  return {
    type: 'external_api',
    async fetch(call) {
      const { tenant, dataSource } = call;
      const connector = connectorFor(dataSource);
      const key = JSON.stringify([tenant.id, dataSource.apiName, dataSource.endpoint, sentKey(dataSource.params ?? {}, connector.settings.encoding)]);
      const earlier = kept.get(key);
      if (earlier !== undefined && clock.monotonic() < earlier.until) return earlier.answer;

      const request = requestOf(connector, call);
      const ended = usage.begin(tenant.id, dataSource.apiName);
      try {
        const { body, bytes } = await http.json(request);
        ended();
        const answer = unwrap(body);
        const keepMs = connector.settings.cacheSeconds * 1000;
        if (keepMs > 0) kept.set(key, { answer, until: clock.monotonic() + keepMs }, { size: Math.max(1, bytes) });
        return answer;
      } catch (error) {
        ended(asProblem(error).code);
        throw error;
      }
    },
  };
}

/** Equal only for params that leave as the same request: a list of one is no plain value, and in JSON `7` is not `"7"`. */
function sentKey(params: SourceParams, encoding: ConnectorSettings['encoding']): string {
  return encoding === 'json' ? paramsKey(params) : queryKey(params, encoding);
}

function authOf({ auth, accounts }: ConnectorSettings): Connector['auth'] {
  if (accounts === undefined) {
    const shared = authParts(auth);
    return () => shared;
  }
  const own = new Map([...accounts].map(([tenant, account]) => [tenant, authParts(account)]));
  return (tenant) => own.get(tenant);
}
