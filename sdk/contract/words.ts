import { ELEMENT_NAME, ICON_NAME } from './names.js';

/** The words in which faults are told; one place, so that the edge and the browser say the same of the same fault. */

/** Names of texts that have a form of their own, and how the form is told. */
export const FORMS = {
  id: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
    words: 'must be 1 to 100 letters, digits, ".", "_" or "-", beginning with a letter or digit',
  },
  moduleName: { pattern: /^[a-z0-9-]{1,40}$/, words: 'must be 1 to 40 lower case letters, digits or "-"' },
  channel: {
    pattern: /^[a-z0-9][a-z0-9._-]{0,99}$/,
    words: 'must be 1 to 100 lower case letters, digits, ".", "_" or "-", beginning with a letter or digit',
  },
  duration: { pattern: /^[1-9]\d{0,4}[smhdw]$/, words: 'must be a duration such as "30s", "5m", "1h" or "7d"' },
  metric: { pattern: /^[a-z][a-z0-9_]{0,59}$/, words: 'must be 1 to 60 lower case letters, digits or "_", beginning with a letter' },
  icon: { pattern: ICON_NAME, words: 'must be a Lucide name in PascalCase, such as "TrendingUp"' },
  fieldPath: {
    pattern: /^(?!(?:[\s\S]*\.)?(?:__proto__|constructor|prototype)(?:\.|$))[\s\S]{1,200}$/,
    words: 'must be a dot path of 1 to 200 characters, without "__proto__", "constructor" and "prototype"',
  },
  rowsPath: {
    pattern: /^(?!(?:[\s\S]*\.)?(?:__proto__|constructor|prototype)(?:\.|$))[\s\S]{0,200}$/,
    words: 'must be a dot path, or "" for the answer itself',
  },
  paramName: {
    pattern: /^(?!(?:__proto__|constructor|prototype)$)[A-Za-z_][A-Za-z0-9_.-]{0,59}$/,
    words: 'must be a name of 1 to 60 letters, digits, "_", "." or "-", beginning with a letter',
  },
  permission: {
    pattern: /^[A-Za-z0-9_-]{1,60}(?:\.[A-Za-z0-9_-]{1,60}){0,5}$/,
    words: 'must be a permission such as "sales.view_metrics"',
  },
  role: { pattern: /^[A-Za-z0-9_-]{1,60}$/, words: 'must be 1 to 60 letters, digits, "_" or "-"' },
  color: {
    pattern: /^(?:[A-Za-z]{3,24}|#[0-9A-Fa-f]{6})$/,
    words: 'must be good, warning, critical, accent, muted, the name of a CSS colour or #rrggbb',
  },
  currency: { pattern: /^[A-Z]{3}$/, words: 'must be an ISO 4217 code such as "EUR"' },
  columnCount: { pattern: /^(?:[1-9]|1\d|2[0-4])$/, words: 'must be a number of columns, 1 to 24' },
  tagName: { pattern: ELEMENT_NAME, words: 'must be the name of a custom element, such as "acme-map"' },
  address: {
    pattern: /^(?:https?:\/\/|\.{0,2}\/(?![/\\]))[^\s\\]{0,500}$/,
    words: 'must be an http(s) or relative address',
  },
  integrity: { pattern: /^sha(?:256|384|512)-[A-Za-z0-9+/]{43,88}={0,2}$/, words: 'must be a hash such as "sha384-…"' },
  moment: { pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/, words: 'must be a time in ISO 8601, with its zone' },
  scope: { pattern: /^[a-z]{2,20}$/, words: 'must be 2 to 20 lower case letters, such as "world"' },
} as const;

const WORDS_BY_PATTERN = new Map<string, string>(Object.values(FORMS).map(({ pattern, words }) => [pattern.source, words]));

const TYPES: Record<string, string> = {
  string: 'text', number: 'a number', int: 'a whole number', integer: 'a whole number', boolean: 'true or false',
  array: 'a list', object: 'an object', record: 'an object', null: 'null',
};

type Kind = 'text' | 'list' | 'fields';
const PARTS: Record<Kind, string> = { text: 'character', list: 'item', fields: 'field' };
const parts = (kind: Kind, count: number) => `${count} ${PARTS[kind]}${count === 1 ? '' : 's'}`;

export const REQUIRED = 'is required';
export const UNKNOWN_FIELD = 'is not a known field';
export const ONE_STEP = 'must have exactly one of filter, sort, limit, select, rename';

export function mustBe(...types: readonly string[]): string {
  return `must be ${types.map((type) => TYPES[type] ?? type).join(' or ')}`;
}

export function mustBeOneOf(values: readonly unknown[]): string {
  return values.length === 1 ? `must be ${String(values[0])}` : `must be one of ${values.join(', ')}`;
}

export function mustHaveForm(pattern: string): string {
  return WORDS_BY_PATTERN.get(pattern) ?? 'has a wrong form';
}

/** Of a text's, a list's or an object's length. */
export function tooLong(kind: Kind, most: number): string {
  return `must ${kind === 'text' ? 'be' : 'have'} at most ${parts(kind, most)}${kind === 'text' ? ' long' : ''}`;
}

export function tooShort(kind: Kind, least: number): string {
  if (least === 1) return 'must not be empty';
  return `must ${kind === 'text' ? 'be' : 'have'} at least ${parts(kind, least)}${kind === 'text' ? ' long' : ''}`;
}

export function tooSmall(least: number): string {
  return `must be ${least} or more`;
}

export function tooLarge(most: number): string {
  return `must be ${most} or less`;
}
