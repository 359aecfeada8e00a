import type { ExternalAPIDataSource, SourceParams } from '../../../sdk/contract/data-source.js';
import { endpointFault } from '../../../sdk/contract/endpoint.js';
import { paramsKey } from '../../../sdk/data/params.js';
import { ProblemError } from '../../kernel/problems.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { encodeQuery, queryKey } from '../params.js';
import { createPathRule } from '../paths.js';
import type { AuthParts } from '../connector-auth.js';

export type Method = 'GET' | 'POST';

/** A connector's rules, made once. */
export interface Rules {
  /** How a path is asked; undefined where it may not be. */
  methodOf(path: string): Method | undefined;
  /** Differs for each version of a connector: what was kept under the old rules is not found under the new. */
  readonly version: number;
}

let versions = 0;
const rules = new WeakMap<ConnectorSettings, Rules>();

export function rulesOf(connector: ConnectorSettings): Rules {
  let found = rules.get(connector);
  if (found === undefined) rules.set(connector, (found = makeRules(connector)));
  return found;
}

function makeRules({ paths, post = [], encoding }: ConnectorSettings): Rules {
  const reads = createPathRule(paths);
  const posts = createPathRule(post);
  versions += 1;
  return {
    version: versions,
    methodOf: (path) => (posts(path) ? 'POST' : reads(path) ? (encoding === 'json' ? 'POST' : 'GET') : undefined),
  };
}

/** How the path is asked. Throws `bad_request` for one that is no plain path, or that the connector does not allow. */
export function methodFor(connector: ConnectorSettings, { apiName, endpoint }: Pick<ExternalAPIDataSource, 'apiName' | 'endpoint'>): Method {
  // A pattern is matched by what the text says; this sees to it that nobody reads the text otherwise.
  const fault = endpointFault(endpoint);
  const method = fault === undefined ? rulesOf(connector).methodOf(endpoint) : undefined;
  if (method === undefined) throw new ProblemError('bad_request', `The connector ${apiName} does not allow the path ${JSON.stringify(endpoint)}.`);
  return method;
}

/** Equal only for params that leave as the same request: a list of one is no plain value, and in JSON `7` is not `"7"`. */
export function sentKey(params: SourceParams, method: Method, encoding: ConnectorSettings['encoding']): string {
  return method === 'POST' || encoding === 'json' ? paramsKey(params) : queryKey(params, encoding);
}

/** Query and body of a call. A param never takes the place of the key. */
export function contentOf(
  params: SourceParams, { method, auth, encoding, query }: { method: Method; auth: AuthParts; encoding: ConnectorSettings['encoding']; query?: string },
): { query: string; body?: SourceParams } {
  if (method === 'POST') return { query: encodeQuery(auth.query, 'repeat'), body: params };
  const form = encoding === 'json' ? 'repeat' : encoding;
  if (query === undefined) return { query: encodeQuery({ ...params, ...auth.query }, form) };
  const linked = new URLSearchParams(query);
  for (const [name, value] of Object.entries(auth.query)) linked.set(name, value);
  return { query: linked.toString() };
}
