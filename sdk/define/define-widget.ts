import { ELEMENT_NAME } from '../contract/names.js';
import type { WidgetKind } from './widget-kind.js';

/**
 * Kinds are known to the page, not to one copy of this code: the module of a widget brings its own copy, and a page may have two
 * versions of the script.
 */
const KINDS = Symbol.for('@a64core/ccm/widget-kinds');

interface Registry {
  readonly kinds: Map<string, WidgetKind>;
  readonly listeners: Set<(kind: WidgetKind) => void>;
}

function registry(): Registry {
  const page = globalThis as { [KINDS]?: Registry };
  return (page[KINDS] ??= { kinds: new Map(), listeners: new Set() });
}

/**
 * Makes a kind of widget known to the page. Known already under this tag, the first one stays, as with `customElements.define`.
 *
 * @throws TypeError naming each field that is wrong, so that it is told where it was written and not on a dashboard
 * @example
 * export const funnel = defineWidget<FunnelOptions, FunnelRow[]>({
 *   tag: 'acme-funnel', name: 'Funnel', icon: 'Filter',
 *   schema: { type: 'object', properties: { field: { type: 'string' } }, required: ['field'] },
 *   sample: { options: { field: 'count' }, data: [{ step: 'Visits', count: 900 }] },
 *   render: (box, { data, options }) => draw(box, data, options.field),
 * });
 */
export function defineWidget<Options, Data>(kind: WidgetKind<Options, Data>): WidgetKind<Options, Data> {
  const faults = faultsOf(kind as WidgetKind<unknown, unknown>);
  if (faults.length > 0) throw new TypeError(`defineWidget: ${faults.join('; ')}`);
  const { kinds, listeners } = registry();
  if (kinds.has(kind.tag)) return kinds.get(kind.tag) as unknown as WidgetKind<Options, Data>;
  kinds.set(kind.tag, kind as unknown as WidgetKind);
  for (const listener of [...listeners]) listener(kind as unknown as WidgetKind);
  return kind;
}

/** All kinds that the page knows, in the order in which they came. */
export function widgetKinds(): WidgetKind[] {
  return [...registry().kinds.values()];
}

export function widgetKindOf(tag: string): WidgetKind | undefined {
  return registry().kinds.get(tag);
}

/** Tells of each kind that comes from now on. Returns the undo. */
export function onWidgetKind(listener: (kind: WidgetKind) => void): () => void {
  const { listeners } = registry();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function faultsOf({ tag, name, schema, sample, render }: WidgetKind<unknown, unknown>): string[] {
  return [
    ...(typeof tag === 'string' && ELEMENT_NAME.test(tag) ? [] : ['tag must be a custom element\'s name, such as "acme-funnel"']),
    ...(typeof name === 'string' && name.trim() !== '' ? [] : ['name is required']),
    ...(schema?.type === 'object' ? [] : ['schema.type must be "object"']),
    ...(typeof sample === 'object' && sample !== null && 'options' in sample && 'data' in sample ? [] : ['sample must have options and data']),
    ...(render === undefined || typeof render === 'function' ? [] : ['render must be a function']),
  ];
}
