import { UpstreamStatusError, type HttpClient, type HttpRequest } from '../../kernel/http-client.js';
import { httpFault } from './faults.js';

/** Milliseconds for one call. */
const DEADLINE = 15_000;
/** Bytes of an answer that are read where somebody knows what it says. */
const MOST_SAID = 8 * 1024;

export interface Posted extends Pick<HttpRequest, 'headers' | 'body' | 'form' | 'bytes'> {
  path?: string;
  /** Words for people out of what a receiver says that does not take it, without what is secret. Where nobody knows them its status alone is told. */
  wordsOf?: (said: string) => string | undefined;
}

/**
 * Posts to a receiver, of whose answer the status alone counts.
 *
 * @param url of the settings, query and all; `path` is below it
 * @throws NotifyFault
 */
export async function post(http: HttpClient, url: URL, { path, wordsOf, ...request }: Posted, signal: AbortSignal): Promise<void> {
  const target = path === undefined
    ? { base: new URL(url.origin), path: url.pathname, ...(url.search !== '' && { query: url.search.slice(1) }) }
    : { base: url, path };
  try {
    await http.json({ ...request, ...target, method: 'POST', discard: true, deadline: DEADLINE, signal, ...(wordsOf && { maxSaid: MOST_SAID }) });
  } catch (error) {
    const said = error instanceof UpstreamStatusError ? error.said : undefined;
    throw httpFault(error, said === undefined ? undefined : wordsOf?.(said));
  }
}
