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

/** What is wrong with it, in words; undefined where nothing is. */
export function faultOfDraft(draft: VariableDraft, others: readonly VariableDraft[], words: ManageStrings): string | undefined {
  if (!FORMS.paramName.pattern.test(draft.name)) return words.variableWrong;
  if (others.some((other) => other !== draft && other.name === draft.name)) return words.variableTwice;
  if (draft.type === 'boolean') return undefined;
  const options = partsOf(draft.options);
  const given = [...options, ...(draft.fallback.trim() ? [draft.fallback] : [])];
  if (draft.type === 'number' && !given.every((part) => part.trim() !== '' && Number.isFinite(Number(part)))) return words.optionWrong;
  return options.length > MOST_OPTIONS || options.some(({ length }) => length > LONGEST_OPTION) ? words.optionsTooMany : undefined;
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

function partsOf(text: string): string[] {
  return [...new Set(text.split(',').map((part) => part.trim()).filter(Boolean))];
}
