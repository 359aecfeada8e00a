const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a path or a field name may be read and written at all. */
export function isSafePath(path: string): boolean {
  return !path.split('.').some((segment) => FORBIDDEN.has(segment));
}

function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || FORBIDDEN.has(key) || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

/**
 * What stands at a dot path (`trend.percentage`, `items.0.sku`), `undefined` where nothing does. The empty path is the
 * value itself. Own properties only: a path that was typed by somebody must not reach what every object inherits.
 * A field whose name has a dot in it is found by its whole name.
 */
export function getPath(value: unknown, path: string): unknown {
  if (path === '') return value;
  if (!path.includes('.')) return own(value, path);
  let at = value;
  for (const segment of path.split('.')) {
    at = own(at, segment);
    if (at === undefined) return isSafePath(path) ? own(value, path) : undefined;
  }
  return at;
}
