import type { JsonSchema } from '../../../sdk/contract/json-schema.js';

/** How a value of a schema is written in a form. */
export type FieldKind =
  | 'text' | 'lines' | 'number' | 'check' | 'select' | 'field-path' | 'color' | 'icon'
  | 'value-format' | 'scalar' | 'group' | 'choice' | 'list' | 'words' | 'json';

/** From here on a text gets more than one line. */
const LONG_TEXT = 200;

export function kindOfField(schema: JsonSchema): FieldKind {
  if (schema.format === 'value-format') return 'value-format';
  if (schema.enum !== undefined) return 'select';
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) {
    if (alternatives.every((one) => one.properties?.['type']?.const !== undefined)) return 'choice';
    return alternatives.every(({ type }) => type === 'string' || type === 'number' || type === 'boolean') ? 'scalar' : 'json';
  }
  switch (schema.type) {
    case 'boolean': return 'check';
    case 'number':
    case 'integer': return 'number';
    case 'object': return schema.properties ? 'group' : 'json';
    case 'array': return schema.items?.type === 'object' ? 'list' : 'words';
    case 'string': return kindOfText(schema);
    default: return 'json';
  }
}

function kindOfText({ format, maxLength }: JsonSchema): FieldKind {
  if (format === 'field-path' || format === 'color' || format === 'icon') return format;
  return format === 'markdown' || (maxLength ?? 0) >= LONG_TEXT ? 'lines' : 'text';
}

/** What was typed for text, a number or true/false; quotes make it text: `"7"`. */
export function readScalar(typed: string): string | number | boolean {
  const text = typed.trim();
  if (text === 'true' || text === 'false') return text === 'true';
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  if (quoted !== undefined) return quoted;
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : typed;
}

/** The same written so that it is read as what it is. */
export function writeScalar(value: unknown): string {
  if (typeof value !== 'string') return value === undefined || value === null ? '' : String(value);
  return readScalar(value) === value ? value : `"${value}"`;
}

/**
 * What was typed for a number; undefined where it is none. Where the decimals follow a comma it may be typed so; what groups thousands is
 * refused, as it would be read as another number.
 *
 * @param decimal what stands before the decimals in the reader's language
 */
export function readNumber(typed: string, decimal: string): number | undefined {
  const text = typed.trim();
  if (decimal === ',' && /^[+-]?\d{1,3}(?:\.\d{3})+$/.test(text)) return undefined;
  const value = Number(decimal === ',' && !text.includes('.') ? text.replace(',', '.') : text);
  return text !== '' && Number.isFinite(value) ? value : undefined;
}
