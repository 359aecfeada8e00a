import type { HttpClient, HttpRequest } from '../../kernel/http-client.js';
import { httpFault } from './faults.js';

/** Milliseconds for one call. */
const DEADLINE = 15_000;

export type Posted = Pick<HttpRequest, 'headers' | 'body' | 'form' | 'bytes'> & { path?: string };

/**
 * Posts to a receiver, of whose answer the status alone counts.
 *
 * @param url of the settings, query and all; `path` is below it
 * @throws NotifyFault
 */
export async function post(http: HttpClient, url: URL, { path, ...request }: Posted, signal: AbortSignal): Promise<void> {
  const target = path === undefined
    ? { base: new URL(url.origin), path: url.pathname, ...(url.search !== '' && { query: url.search.slice(1) }) }
    : { base: url, path };
  try {
    await http.json({ ...request, ...target, method: 'POST', discard: true, deadline: DEADLINE, signal });
  } catch (error) {
    throw httpFault(error);
  }
}
