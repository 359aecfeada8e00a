import { endpointFault } from '../../../sdk/contract/endpoint.js';
import { ProblemError } from '../../kernel/problems.js';

function refused(why: string): ProblemError {
  return new ProblemError('bad_request', `endpoint: ${why}`, { errors: [{ path: 'endpoint', message: why }] });
}

/** Ports that any base may have. */
const USUAL_PORTS = new Set([80, 443]);

/** Ports that may be called beside 80 and 443. */
export type Ports = Pick<ReadonlySet<number>, 'has'>;

/**
 * Throws `bad_request` for a base on a port that is none of them: a mail server or a database that reads HTTP as its own commands is
 * no source.
 */
export function checkPort({ protocol, port }: URL, ports: Ports): void {
  const number = port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
  if (!USUAL_PORTS.has(number) && !ports.has(number)) {
    throw new ProblemError('bad_request', `baseUrl: the port ${number} is none of 80, 443 and those of the modules and connectors in the settings.`);
  }
}

/**
 * The address of `path` below `base`. The path is judged as text first; then the address that came out is compared
 * with the base, so that nothing depends on the two readings of a path being the same.
 * Throws `bad_request` for a path that is not plainly below the base.
 */
export function targetOf(base: URL, path: string, query = ''): URL {
  if ((base.protocol !== 'http:' && base.protocol !== 'https:') || base.username !== '' || base.password !== '') {
    throw new Error(`A base URL is http or https and carries no user: ${base.protocol}//${base.host}`);
  }
  const fault = endpointFault(path);
  if (fault !== undefined) throw refused(fault);

  const prefix = base.pathname.replace(/\/+$/, '');
  const text = base.origin + prefix + path;
  if (!URL.canParse(text)) throw refused('is not a path');
  const url = new URL(text);
  const below = url.origin === base.origin && url.pathname.startsWith(`${prefix}/`)
    && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!below) throw refused('leads out of the source');
  url.search = query;
  return url;
}
