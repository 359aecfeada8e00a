import type { JsonSchema } from '../../../sdk/contract/json-schema.js';
import { isSafePath } from '../../../sdk/data/path.js';
import { isRecord } from '../../../sdk/data/record.js';

export { isRecord };

/** Where a field's value stands in the value of its form. */
export type ValuePath = readonly (string | number)[];

/**
 * A copy with another value at a path; what is around it is shared with the original. `undefined` takes a field away, and what became
 * empty by that too. A path that would reach a prototype changes nothing.
 */
export function withValueAt(value: unknown, path: ValuePath, next: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return next;
  if (typeof head === 'string' && !isSafePath(head)) return value;
  if (typeof head === 'number') {
    const items: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [];
    items[head] = withValueAt(items[head], rest, next);
    return items;
  }
  const inner = withValueAt(isRecord(value) ? value[head] : undefined, rest, next);
  const { [head]: _before, ...others } = isRecord(value) ? value : {};
  if (inner !== undefined && !(rest.length > 0 && isRecord(inner) && Object.keys(inner).length === 0)) {
    // In its place, so that what is written keeps its order.
    return isRecord(value) && Object.hasOwn(value, head) ? { ...value, [head]: inner } : { ...others, [head]: inner };
  }
  return others;
}

/** What a new item of a list, or a part that is switched on, begins with: what it must have, as far as that can be known. */
export function beginningOf(schema: JsonSchema | undefined): unknown {
  if (schema === undefined) return '';
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  if (choice !== undefined) return beginningOf(choice);
  switch (schema.type) {
    case 'object': {
      const required = (schema.required ?? []).map((name) => [name, beginningOf(schema.properties?.[name])] as const);
      return Object.fromEntries(required);
    }
    case 'array': return [];
    case 'boolean': return false;
    case 'number':
    case 'integer': return Math.max(0, schema.minimum ?? 0);
    default: return '';
  }
}
