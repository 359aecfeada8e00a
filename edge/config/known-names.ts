import type { z } from 'zod';

/** The names that may stand at a place of what a schema describes; none where they are free. */
export function namesAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [key, ...rest] = path;
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
    case 'nullable': return namesAt(def.innerType, path);
    case 'pipe': return namesAt(def.in, path);
    case 'union': return def.options.flatMap((option) => namesAt(option, path));
    case 'object': {
      if (key === undefined) return Object.keys(def.shape);
      const field = Object.hasOwn(def.shape, key) ? def.shape[String(key)] : undefined;
      return field === undefined ? [] : namesAt(field, rest);
    }
    case 'record': return key === undefined ? [] : namesAt(def.valueType, rest);
    case 'array': return key === undefined ? [] : namesAt(def.element, rest);
    default: return [];
  }
}
