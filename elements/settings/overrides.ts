import type { JsonSchema } from '../../sdk/contract/json-schema.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';
import type { ParamDeclaration, WidgetDefinition, WidgetType } from '../../sdk/contract/widget.js';
import { isRecord } from './form/values.js';

/** Where a type's config stands in a definition. */
export function configFieldOf(type: WidgetType): `${WidgetType}Config` {
  return `${type}Config`;
}

/** What a layout's item shows: the definition's config with the item's own laid over it, field by field. */
export function configOf(definition: WidgetDefinition, overrides: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const field = configFieldOf(definition.type);
  const own = overrides[field];
  return { ...(definition[field] as object | undefined), ...(isRecord(own) ? own : {}) };
}

/** Only what differs from the definition is the item's own; a field that was emptied is the definition's again. */
export function overridesOf(definition: WidgetDefinition, config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const base = (definition[configFieldOf(definition.type)] ?? {}) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(config).filter(([name, value]) => value !== undefined && !same(value, base[name])));
}

/** The item's `config` with these parts, and without those that are empty. */
export function withParts(overrides: Readonly<Record<string, unknown>>, parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...overrides, ...parts }).filter(([, value]) => value !== undefined && !(isRecord(value) && Object.keys(value).length === 0)));
}

/** Not an item's to say: what code runs, and which servers the page asks. */
const FIXED = new Set(['element', 'module', 'integrity', 'tiles', 'attribution']);

/** What an item may change of a kind's config, as the schema of a form. */
export function schemaOfItem({ schema }: WidgetKind): JsonSchema {
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => !FIXED.has(name)));
  return { ...schema, properties, ...(schema.required ? { required: schema.required.filter((name) => !FIXED.has(name)) } : {}) };
}

/** The params that a definition declares, as the schema of a form. */
export function schemaOfParams(params: Readonly<Record<string, ParamDeclaration>>): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(params).map(([name, { type, default: fallback, enum: choices }]) => [
      name, { type, title: name, ...(choices ? { enum: choices } : {}), ...(fallback === undefined ? {} : { default: fallback }) },
    ])),
  };
}

/** By what they say, whatever the order of their fields. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]));
}
