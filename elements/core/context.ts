import type { CcmClient } from '../../sdk/client/client.js';

/** What an element around others says for them. Providers, dashboards and the like have these as properties. */
export interface ContextValues {
  edge?: string;
  token?: string;
  tokenEndpoint?: string;
  getToken?: () => Promise<string>;
  client?: CcmClient;
  theme?: string;
  locale?: string;
}

/** Elements whose values count for what is inside them. */
const CONTEXT_TAGS = new Set(['ccm-provider', 'ccm-dashboard', 'ccm-marketplace', 'ccm-alerts', 'ccm-connections']);

/** The next element outwards, through slots' hosts and shadow roots. */
function parentOf(element: Element): Element | null {
  if (element.parentElement !== null) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/**
 * The contexts around an element, nearest first. One that is not upgraded yet is read by its attributes,
 * so the order in which tags are defined does not matter.
 */
export function contextsOf(element: Element): ContextValues[] {
  const found: ContextValues[] = [];
  for (let at = parentOf(element); at !== null; at = parentOf(at)) {
    if (CONTEXT_TAGS.has(at.localName)) found.push(valuesOf(at));
  }
  return found;
}

/** What an element says, by its properties or, before it is upgraded, its attributes. */
export function valuesOf(element: Element): ContextValues {
  const own = element as Element & ContextValues;
  return {
    edge: own.edge ?? element.getAttribute('edge') ?? undefined,
    token: own.token ?? element.getAttribute('token') ?? undefined,
    tokenEndpoint: own.tokenEndpoint ?? element.getAttribute('token-endpoint') ?? undefined,
    getToken: own.getToken,
    client: own.client,
    theme: own.theme ?? element.getAttribute('theme') ?? undefined,
    locale: own.locale ?? element.getAttribute('locale') ?? undefined,
  };
}

const listeners = new Set<(changed: Element) => void>();

/** Calls back when a context element says that its values changed. Returns how to stop. */
export function onContextChange(listener: (changed: Element) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A context element calls this when its edge, token, theme or locale changed. */
export function contextChanged(changed: Element): void {
  for (const listener of [...listeners]) listener(changed);
}
