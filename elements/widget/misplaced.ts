/** The fields of display configs that hold objects or lists of them. Any other is a word, a path, a number or a switch. */
const HOLDS = /(?:(?<!marker)s|[fF]ormat|trend|filter|Template|Config|center|pagination)$/;

/** Which field of a definition that nobody checked would be written on the card as what it looks like: one that holds an object and cannot. */
export function misplaced(definition: Record<string, unknown>): string | undefined {
  for (const field of ['title', 'description', 'icon']) {
    if (definition[field] !== undefined && typeof definition[field] !== 'string') return `The widget file’s “${field}” is not text.`;
  }
  const name = `${String(definition['type'])}Config`;
  const config = definition[name];
  return isRecord(config) ? within(config, name) : undefined;
}

function within(part: Record<string, unknown>, path: string): string | undefined {
  for (const [field, value] of Object.entries(part)) {
    // What a widget of one's own is given is its own.
    if (typeof value !== 'object' || value === null || field === 'options') continue;
    const at = `${path}.${field}`;
    const holds = HOLDS.test(field);
    for (const item of holds && Array.isArray(value) ? (value as unknown[]) : [value]) {
      const fault = holds && isRecord(item) ? within(item, at) : `The widget file’s “${at}” is of another type.`;
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
