/** The fields that a kind's options may have, as its schema tells them: a new one is tested without a word said. */
import type { JsonSchema } from '../../../sdk/contract/json-schema.js';

export interface Field {
  /** Where it stands; of a list the first item. */
  path: readonly (string | number)[];
  schema: JsonSchema;
}

/** All fields of options of this schema, those within others too. */
export function fieldsOf(schema: JsonSchema, path: Field['path'] = []): Field[] {
  const own = path.length > 0 ? [{ path, schema }] : [];
  const inner = insideOf(schema);
  return [
    ...own,
    ...Object.entries(inner.properties ?? {}).flatMap(([name, part]) => fieldsOf(part, [...path, name])),
    ...(inner.items ? fieldsOf(inner.items, [...path, 0]) : []),
  ];
}

/** Whether a text may stand there. */
export function takesText(schema: JsonSchema): boolean {
  return schema.type === 'string' || (schema.oneOf ?? schema.anyOf ?? []).some(takesText);
}

/** Options with another value in a field; what it stands in is made where it is not there. */
export function withField(schema: JsonSchema, options: unknown, [head, ...rest]: Field['path'], value: unknown): unknown {
  if (head === undefined) return value;
  const inner = insideOf(schema);
  if (typeof head === 'number') {
    const items = Array.isArray(options) && options.length > 0 ? (options as unknown[]) : [leastOf(inner.items)];
    return [withField(inner.items ?? {}, items[0], rest, value), ...items.slice(1)];
  }
  const before = typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : (leastOf(inner) as Record<string, unknown>);
  return { ...before, [head]: withField(inner.properties?.[head] ?? {}, before[head], rest, value) };
}

/** Of alternatives, that which has fields. */
function insideOf(schema: JsonSchema): JsonSchema {
  return (schema.oneOf ?? schema.anyOf ?? []).find(({ properties }) => properties) ?? schema;
}

/** The least that is of use there. */
export function leastOf(schema: JsonSchema = {}): unknown {
  const { type, format, enum: words, properties = {}, required = [], minimum } = insideOf(schema);
  if (words) return words[0];
  // A mapping asks for one of several fields: this one fits every value.
  if (properties['regex'] && properties['special']) return { regex: '(?s).*' };
  if (properties['style'] && properties['unit']) return { style: 'number' };
  switch (type) {
    case 'object': return Object.fromEntries(required.map((name) => [name, leastOf(properties[name])]));
    case 'array': return [];
    case 'boolean': return true;
    case 'number':
    case 'integer': return Math.max(0, minimum ?? 0);
    default: return { color: 'good', icon: 'Box', uri: '/x' }[format ?? ''] ?? 'x';
  }
}
