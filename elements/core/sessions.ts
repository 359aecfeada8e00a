import { createClient } from '../../sdk/client/create-client.js';
import type { CcmClient } from '../../sdk/client/client.js';
import { CcmAuthRequiredEvent } from './events.js';
import { ownTimeZone } from './localize.js';
import { pageSignals } from './page-signals.js';
import type { SessionChoice, TokenSource } from './session-choice.js';

type Named = Extract<SessionChoice, { edge: string }>;

/** One client with all the elements that use it. */
export interface Session {
  readonly client: CcmClient;
  readonly hosts: Set<HTMLElement>;
  /** Ours to close; a client that the page made is the page's. */
  readonly owned: boolean;
  key: string;
  getToken?: () => Promise<string>;
}

/** Elements move (a drag, a framework's reorder): a client outlives its last element by this long. Milliseconds. */
const LINGER = 3000;

const byKey = new Map<string, Session>();
const byClient = new WeakMap<CcmClient, Session>();
const functionIds = new WeakMap<object, number>();
let functions = 0;

function keyOf({ edge, source }: Named): string {
  return JSON.stringify([edge, source.kind, idOf(source)]);
}

function idOf(source: TokenSource): string | number {
  if (source.kind === 'token') return source.token;
  if (source.kind === 'endpoint') return source.url;
  if (source.kind === 'none') return '';
  let id = functionIds.get(source.getToken);
  if (id === undefined) functionIds.set(source.getToken, (id = ++functions));
  return id;
}

function open(choice: Named): Session {
  const { edge, source } = choice;
  const session: Session = {
    key: keyOf(choice),
    hosts: new Set(),
    owned: true,
    getToken: source.kind === 'function' ? source.getToken : undefined,
    client: createClient({
      edge,
      page: pageSignals,
      fetch: (input, init) => {
        const answer = fetch(input, init);
        // The first use of `Intl` reads its tables, which takes longer than a chart's drawing: they are read while the answer is awaited.
        ownTimeZone();
        return answer;
      },
      ...(source.kind === 'token' && { token: source.token }),
      ...(source.kind === 'endpoint' && { tokenEndpoint: source.url }),
      // Asked through the session: frameworks hand in a new function at each of their renders.
      ...(source.kind === 'function' && { getToken: () => (session.getToken ?? source.getToken)() }),
    }),
  };
  byKey.set(session.key, session);
  listen(session);
  return session;
}

/** One event a fault, however many elements share the client: from the provider if there is one. */
function listen(session: Session): void {
  session.client.onAuthRequired(({ reason, detail }) => {
    // The viewer reads that they are not signed in; what is wrong is for whoever built the page.
    console.warn(`CCM: no token for ${session.client.edge} (${reason}). ${detail}`);
    const hosts = [...session.hosts];
    const from = hosts.find((host) => host.localName === 'ccm-provider') ?? hosts[0];
    from?.dispatchEvent(new CcmAuthRequiredEvent({ reason }));
  });
}

function sessionFor(choice: Exclude<SessionChoice, undefined | { problem: string }>, before?: Session): Session {
  if ('client' in choice) {
    let known = byClient.get(choice.client);
    if (known === undefined) {
      known = { client: choice.client, hosts: new Set(), owned: false, key: '' };
      byClient.set(choice.client, known);
      listen(known);
    }
    return known;
  }
  const key = keyOf(choice);
  const known = byKey.get(key);
  if (known !== undefined) return known;
  if (before !== undefined && renew(before, choice, key)) return before;
  return open(choice);
}

/** A newer token of the same kind for the same edge goes to the client that is there: its answers and connection stay. */
function renew(session: Session, choice: Named, key: string): boolean {
  const { edge, source } = choice;
  if (!session.owned || session.client.edge !== edge) return false;
  const kind = (JSON.parse(session.key) as string[])[1];
  if (kind !== source.kind || (kind !== 'token' && kind !== 'function')) return false;
  byKey.delete(session.key);
  session.key = key;
  byKey.set(key, session);
  if (source.kind === 'token') session.client.setToken(source.token);
  if (source.kind === 'function') session.getToken = source.getToken;
  return true;
}

/** The session for a choice, shared by all elements of the page that chose the same; `host` uses it from now on. */
export function enter(
  host: HTMLElement,
  choice: Exclude<SessionChoice, undefined | { problem: string }>,
  before?: Session,
): Session {
  const session = sessionFor(choice, before);
  if (before !== undefined && before !== session) leave(host, before);
  session.hosts.add(host);
  return session;
}

/** `host` uses it no more; without any, the client is closed a little later. */
export function leave(host: HTMLElement, session: Session): void {
  session.hosts.delete(host);
  if (session.hosts.size > 0 || !session.owned) return;
  setTimeout(() => {
    if (session.hosts.size > 0 || byKey.get(session.key) !== session) return;
    byKey.delete(session.key);
    session.client.close();
  }, LINGER);
}
