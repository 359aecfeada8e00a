/** The doors of the package, which are opened on servers too, where pages are rendered in advance: there they do nothing. */
import { ensure as load } from './core/ensure.js';
import { define as defineTags } from './tags.js';

const inBrowser = typeof document !== 'undefined';

/**
 * Defines `<ccm-provider>` and `<ccm-widget>` now and loads the code of every other CCM tag when one is on the page or is
 * needed inside another. Calling it again does nothing, nor does calling it on a server.
 */
export function define(): void {
  if (inBrowser) defineTags();
}

/**
 * Resolves when `tag` is defined, loading its code where it is not. A load that failed (the network) is tried again by
 * the next call. Rejects with an Error naming the tag when it failed or nobody said how to load it. On a server it resolves at once.
 */
export function ensure(tag: string): Promise<void> {
  return inBrowser ? load(tag) : Promise.resolve();
}
