import type { LayoutVariable } from '../../../../sdk/contract/layout.js';
import { FORMS } from '../../../../sdk/contract/words.js';
import type { ManageStrings } from '../../../core/manage-strings.js';

/** A variable while it is written. */
export interface VariableDraft {
  name: string;
  label: string;
  type: LayoutVariable['type'];
  options: string;
  fallback: string;
}

/** Choices of a variable, and characters of each, that an edge takes. */
const MOST_OPTIONS = 100;
const LONGEST_OPTION = 100;

export function draftOf({ name, label = '', type, options = [], default: fallback }: LayoutVariable): VariableDraft {
  return { name, label, type, options: options.join(', '), fallback: fallback === undefined ? '' : String(fallback) };
}

/** What is wrong with a variable, in words, and in which field. */
export interface DraftFault {
  field: 'name' | 'options' | 'fallback';
  text: string;
}

/** The first thing that is wrong with it; undefined where nothing is. */
export function faultOfDraft(draft: VariableDraft, others: readonly VariableDraft[], words: ManageStrings): DraftFault | undefined {
  if (!FORMS.paramName.pattern.test(draft.name)) return { field: 'name', text: words.variableWrong };
  if (others.some((other) => other !== draft && other.name === draft.name)) return { field: 'name', text: words.variableTwice };
  if (draft.type === 'boolean') return undefined;
  const options = partsOf(draft.options);
  if (draft.type === 'number') {
    if (!options.every(isNumber)) return { field: 'options', text: words.optionWrong };
    if (draft.fallback.trim() !== '' && !isNumber(draft.fallback)) return { field: 'fallback', text: words.optionWrong };
  }
  const tooMany = options.length > MOST_OPTIONS || options.some(({ length }) => length > LONGEST_OPTION);
  return tooMany ? { field: 'options', text: words.optionsTooMany } : undefined;
}

export function variableOf({ name, label, type, options, fallback }: VariableDraft): LayoutVariable {
  const choices = type === 'boolean' ? [] : partsOf(options).map((part) => (type === 'number' ? Number(part) : part));
  const begins = fallback.trim();
  const value = begins === '' ? undefined : type === 'number' ? Number(begins) : type === 'boolean' ? begins === 'true' : begins;
  return {
    name,
    ...(label.trim() && { label: label.trim() }),
    type,
    ...(value !== undefined && { default: value }),
    ...(choices.length > 0 && { options: choices }),
  };
}

function isNumber(text: string): boolean {
  return Number.isFinite(Number(text));
}

function partsOf(text: string): string[] {
  return [...new Set(text.split(',').map((part) => part.trim()).filter(Boolean))];
}
