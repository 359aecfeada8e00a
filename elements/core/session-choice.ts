import type { CcmClient } from '../../sdk/client/client.js';
import { contextsOf } from './context.js';
import type { ContextValues } from './context.js';
import { scriptSettings } from './script-settings.js';

/** Where a token comes from. */
export type TokenSource =
  | { kind: 'token'; token: string }
  | { kind: 'endpoint'; url: string }
  | { kind: 'function'; getToken: () => Promise<string> }
  | { kind: 'none' };

/** Which edge an element talks to and as whom; or a client that somebody made. */
export type SessionChoice = { client: CcmClient } | { edge: string; source: TokenSource } | { problem: string } | undefined;

function sourceOf(level: ContextValues): TokenSource | undefined {
  if (level.token) return { kind: 'token', token: level.token };
  if (level.getToken !== undefined) return { kind: 'function', getToken: level.getToken };
  if (level.tokenEndpoint) return { kind: 'endpoint', url: level.tokenEndpoint };
  return undefined;
}

/** The absolute address of an edge without a slash at its end, or undefined where it is none. */
function addressOf(edge: string): string | undefined {
  if (!URL.canParse(edge, document.baseURI)) return undefined;
  const url = new URL(edge, document.baseURI);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href.replace(/\/+$/, '') : undefined;
}

/**
 * What an element says counts first, then the contexts around it, then the script tag. A token is never sent to an edge
 * that it was not given for: one from further out than the edge counts only where out there the edge is the same.
 */
export function chooseSession(element: Element, own: ContextValues): SessionChoice {
  const levels: ContextValues[] = [own, ...contextsOf(element), scriptSettings()];
  let edge: { at: number; address: string } | undefined;
  let found: { at: number; source: TokenSource } | undefined;
  for (const [at, level] of levels.entries()) {
    if (level.client !== undefined && edge === undefined && found === undefined) return { client: level.client };
    if (edge === undefined && level.edge) {
      const address = addressOf(level.edge);
      if (address === undefined) return { problem: `“${level.edge}” is not the address of an edge.` };
      edge = { at, address };
    }
    const source = found === undefined ? sourceOf(level) : undefined;
    if (source !== undefined) found = { at, source };
  }
  if (edge === undefined) return undefined;
  if (found === undefined) return { edge: edge.address, source: { kind: 'none' } };
  if (found.at > edge.at) {
    const outer = levels.slice(found.at).find((level) => level.edge)?.edge;
    if (outer === undefined || addressOf(outer) !== edge.address) return { edge: edge.address, source: { kind: 'none' } };
  }
  const { source } = found;
  if (source.kind !== 'endpoint') return { edge: edge.address, source };
  if (!URL.canParse(source.url, document.baseURI)) return { problem: `“${source.url}” is not the address of a token endpoint.` };
  return { edge: edge.address, source: { kind: 'endpoint', url: new URL(source.url, document.baseURI).href } };
}
