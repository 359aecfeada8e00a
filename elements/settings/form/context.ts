import type { ReactiveControllerHost } from 'lit';
import type { JsonSchema } from '../../../sdk/contract/json-schema.js';
import type { SettingsStrings } from '../../core/settings-strings.js';
import type { ValuePath } from './values.js';

/** What the fields of one form share. */
export interface FormContext {
  host: ReactiveControllerHost;
  words: SettingsStrings;
  /** What stands before the decimals of a number. */
  decimal: string;
  /** Paths that the answer offers. */
  suggestions: readonly string[];
  /** Names of icons that hold what was typed. */
  iconsLike(typed: string): readonly string[];
  /** What is wrong at a dot path, of the last check or of what was typed just now. */
  faultAt(path: ValuePath): string | undefined;
  /** What was typed and could not be read, as it was typed. */
  draftAt(path: ValuePath): string | undefined;
  /** Puts the focus on the button that moved the item that stands here now. */
  focusTool(path: ValuePath, way: 'up' | 'down'): void;
  /** Another value at this place; `undefined` takes it away. */
  change(path: ValuePath, value: unknown): void;
  /** Something was typed that is no value; it is kept as it is. */
  refuse(path: ValuePath, typed: string, fault: string): void;
}

/** One field at its place. */
export interface FieldModel {
  schema: JsonSchema;
  path: ValuePath;
  value: unknown;
  required: boolean;
}

export function idOf(path: ValuePath): string {
  return `field-${path.join('-')}`;
}

/** What a field is called: its schema's own title, the translated word for its name, or its name made readable. */
export function labelOf({ schema, path }: Pick<FieldModel, 'schema' | 'path'>, words: SettingsStrings): string {
  if (schema.title) return schema.title;
  const name = String([...path].reverse().find((key) => typeof key === 'string') ?? '');
  return Object.hasOwn(words.fields, name) ? (words.fields[name] ?? name) : readable(name);
}

/** What a choice of a list is called. */
export function choiceOf(value: unknown, words: SettingsStrings): string {
  const name = String(value);
  return Object.hasOwn(words.choices, name) ? (words.choices[name] ?? name) : readable(name);
}

/** `goodDirection` as `Good direction`. */
function readable(name: string): string {
  const spaced = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
