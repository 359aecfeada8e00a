import { createHttpClient } from '../drivers/http/client.js';
import type { HttpClient } from '../kernel/http-client.js';
import { asProblem } from '../kernel/problems.js';
import type { ConnectorSettings, ModuleSettings, Settings } from '../kernel/settings.js';
import { causeOf } from '../sources/calls/outages.js';
import type { Finding } from './finding.js';

/** Milliseconds for each, all at once. */
const DEADLINE = 5_000;

/** Whether the modules and connectors of the settings are there. */
export async function sources({ modules, connectors, environment }: Settings): Promise<Finding[]> {
  const http = createHttpClient({ allowPrivateHosts: [...environment.allowPrivateHosts] });
  try {
    return await Promise.all([
      ...[...modules.values()].map((one) => moduleAt(http, one)),
      ...[...connectors.values()].map((one) => connectorAt(http, one)),
    ]);
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
