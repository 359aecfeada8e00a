import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import { widgetKindOf, widgetKinds } from '../../sdk/define/define-widget.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';
import { kindsLoader } from './provide-kinds.js';

export { provideKinds } from './provide-kinds.js';
export type { KindsLoader } from './provide-kinds.js';

let running: Promise<readonly WidgetKind[]> | undefined;

/** All kinds that there are: those of the built-in types, then those that the page has defined. Rejects where the built-in ones cannot be loaded. */
export async function kinds(): Promise<WidgetKind[]> {
  const own = await builtIn();
  const tags = new Set(own.map(({ tag }) => tag));
  return [...own, ...widgetKinds().filter(({ tag }) => !tags.has(tag))];
}

/** The kind of a definition: its type's, of a custom one that of its element; undefined where nobody has defined it. */
export async function kindOf({ type, customConfig }: Pick<WidgetDefinition, 'type' | 'customConfig'>): Promise<WidgetKind | undefined> {
  const own = await builtIn();
  const element = type === 'custom' ? customConfig?.element : undefined;
  return (element === undefined ? undefined : widgetKindOf(element)) ?? own.find((kind) => kind.type === type);
}

/** A load that failed (the network) is tried again by the next call. */
function builtIn(): Promise<readonly WidgetKind[]> {
  return (running ??= (kindsLoader()?.() ?? Promise.resolve([])).catch((error: unknown) => {
    running = undefined;
    throw error;
  }));
}
