const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a path or a field name may be read and written at all. */
export function isSafePath(path: string): boolean {
  return !path.split('.').some((segment) => FORBIDDEN.has(segment));
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/**
 * What stands at a dot path (`trend.percentage`, `items.0.sku`), `undefined` where nothing does. The empty path is the
 * value itself. Own properties only: a path that was typed by somebody must not reach what every object inherits.
 * A field whose name has a dot in it is found by its whole name.
 */
export function getPath(value: unknown, path: string): unknown {
  return pathReader(path)(value);
}

/** `getPath` of one path, for many values: the path is looked at once. */
export function pathReader(path: string): (value: unknown) => unknown {
  if (path === '') return (value) => value;
  if (!path.includes('.')) return FORBIDDEN.has(path) ? () => undefined : (value) => own(value, path);
  if (!isSafePath(path)) return () => undefined;
  const segments = path.split('.');
  return (value) => {
    let at = value;
    for (const segment of segments) {
      at = own(at, segment);
      if (at === undefined) return own(value, path);
    }
    return at;
  };
}
