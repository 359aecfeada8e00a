import { createHttpClient } from '../drivers/http/client.js';
import type { HttpClient } from '../kernel/http-client.js';
import { asProblem } from '../kernel/problems.js';
import type { ConnectorSettings, ModuleSettings, Settings } from '../kernel/settings.js';
import { causeOf } from '../sources/calls/outages.js';
import type { Finding } from './finding.js';

/** Milliseconds for each, all at once. */
const DEADLINE = 5_000;

/** Whether the modules and connectors of the settings are there, and the keys that tokens are checked with. */
export async function sources({ modules, connectors, environment: { allowPrivateHosts, jwt: { key } } }: Settings): Promise<Finding[]> {
  const http = createHttpClient({ allowPrivateHosts });
  try {
    return await Promise.all([
      ...(key.kind === 'jwks' ? [keysAt(key.url, allowPrivateHosts)] : []),
      ...[...modules.values()].map((one) => moduleAt(http, one)),
      ...[...connectors.values()].map((one) => connectorAt(http, one)),
    ]);
  } finally {
    await http.close();
  }
}

/** As `serve` fetches them: their host may be private without being listed. */
async function keysAt(url: URL, allowPrivateHosts: readonly string[]): Promise<Finding> {
  const http = createHttpClient({ allowPrivateHosts: [...allowPrivateHosts, url.hostname] });
  const what = `CCM_JWKS_URL: ${url.host}`;
  try {
    const { body, elapsed } = await http.json({ base: new URL(url.origin), path: url.pathname, query: url.search.slice(1), deadline: DEADLINE, maxBytes: 1024 * 1024 });
    if (typeof body === 'object' && body !== null && 'keys' in body && Array.isArray(body.keys)) return { state: 'ok', what: `${what} has ${body.keys.length} keys for tokens, in ${Math.round(elapsed)} ms` };
    return { state: 'fail', what: `${what}: its answer is no key set`, advice: 'It must be the address that answers {"keys": […]} (jwks_uri of the issuer).' };
  } catch (error) {
    return { state: 'fail', what: `${what}: ${asProblem(error).message} (${causeOf(error)})`, advice: 'Without these keys no token can be checked, and nobody gets in.' };
  } finally {
    await http.close();
  }
}

async function moduleAt(http: HttpClient, { name, url }: ModuleSettings): Promise<Finding> {
  try {
    const { elapsed } = await http.json({ base: url, path: '/health', deadline: DEADLINE, maxBytes: 64 * 1024 });
    return { state: 'ok', what: `module ${name}: ${url.href} answers in ${Math.round(elapsed)} ms` };
  } catch (error) {
    return {
      state: 'fail',
      what: `module ${name}: ${asProblem(error).message} (${causeOf(error)})`,
      advice: `${new URL('/health', url).href} must answer; a private host must be in CCM_ALLOW_PRIVATE_HOSTS.`,
    };
  }
}

/** Asked without a credential: whatever it answers, it is there. */
async function connectorAt(http: HttpClient, { name, baseUrl }: ConnectorSettings): Promise<Finding> {
  if (baseUrl.includes('{dc}')) return { state: 'ok', what: `connector ${name}: its host depends on the key, and was not asked` };
  const base = new URL(baseUrl);
  const started = performance.now();
  try {
    await http.json({ base, path: '/', deadline: DEADLINE, maxBytes: 64 * 1024 });
  } catch (error) {
    const { code } = asProblem(error);
    if (code === 'upstream_unreachable' || code === 'upstream_timeout') {
      return { state: 'warn', what: `connector ${name}: ${base.host} is not reached: ${causeOf(error)}`, advice: adviceFor(causeOf(error), base.hostname) };
    }
  }
  return { state: 'ok', what: `connector ${name}: ${base.host} answers in ${Math.round(performance.now() - started)} ms` };
}

function adviceFor(cause: string, host: string): string {
  if (cause.includes('CCM_ALLOW_PRIVATE_HOSTS')) return `If it is meant, list ${host} in CCM_ALLOW_PRIVATE_HOSTS.`;
  if (cause === 'ENOTFOUND' || cause === 'EAI_AGAIN') return `No name server knows ${host}: is baseUrl right?`;
  return 'Is baseUrl right, and may this machine call it (proxy, firewall)?';
}
