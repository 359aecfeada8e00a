import type { CcmElementClass } from './base-element.js';

/** Loads the class of one tag. */
export type TagLoader = () => Promise<CcmElementClass>;

const loaders = new Map<string, TagLoader>();
const running = new Map<string, Promise<void>>();

/** Says how tags are loaded. The script tag's entry and the package's `define()` call it; a tag keeps its first loader. */
export function provideTags(tags: Readonly<Record<string, TagLoader>>): void {
  for (const [tag, load] of Object.entries(tags)) {
    if (!loaders.has(tag)) loaders.set(tag, load);
  }
}

/** The tags that `ensure` can load. */
export function knownTags(): string[] {
  return [...loaders.keys()];
}

/**
 * Resolves when `tag` is defined, loading its code where it is not. A load that failed (the network) is tried again by
 * the next call. Rejects with an Error naming the tag when it failed or nobody said how to load it.
 */
export function ensure(tag: string): Promise<void> {
  if (customElements.get(tag) !== undefined) return Promise.resolve();
  const already = running.get(tag);
  if (already !== undefined) return already;
  const load = loaders.get(tag);
  if (load === undefined) {
    return Promise.reject(new Error(`<${tag}> is not defined: import it and call its define(), or load ccm.js.`));
  }
  const loading = load().then(
    (loaded) => loaded.define(tag),
    (cause: unknown) => {
      throw new Error(`The code of <${tag}> could not be loaded.`, { cause });
    },
  ).finally(() => running.delete(tag));
  running.set(tag, loading);
  return loading;
}
