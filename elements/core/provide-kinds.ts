import type { WidgetKind } from '../../sdk/define/widget-kind.js';

/** Loads the kinds of the built-in types. */
export type KindsLoader = () => Promise<readonly WidgetKind[]>;

let loader: KindsLoader | undefined;

/** Says how the kinds of the built-in types are loaded; the first one stays. `define()` calls it, as it does `provideTags`. */
export function provideKinds(load: KindsLoader): void {
  loader ??= load;
}

/** Apart from kinds.ts, which only a page that shows kinds loads. */
export function kindsLoader(): KindsLoader | undefined {
  return loader;
}
