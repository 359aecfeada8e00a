import type { LayoutVariable } from '../../../../sdk/contract/layout.js';
import type { ManageStrings } from '../../../core/manage-strings.js';

/** A variable while it is written. */
export interface VariableDraft {
  name: string;
  label: string;
  type: LayoutVariable['type'];
  options: string;
  fallback: string;
}

/** As the contract has names of params. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

export function draftOf({ name, label = '', type, options = [], default: fallback }: LayoutVariable): VariableDraft {
  return { name, label, type, options: options.join(', '), fallback: fallback === undefined ? '' : String(fallback) };
}

/** What is wrong with it, in words; undefined where nothing is. */
export function faultOfDraft(draft: VariableDraft, others: readonly VariableDraft[], words: ManageStrings): string | undefined {
  if (!NAME.test(draft.name)) return words.variableWrong;
  if (others.some((other) => other !== draft && other.name === draft.name)) return words.variableTwice;
  const given = [...partsOf(draft.options), ...(draft.fallback.trim() ? [draft.fallback] : [])];
  if (draft.type === 'number' && !given.every((part) => part.trim() !== '' && Number.isFinite(Number(part)))) return words.optionWrong;
  return undefined;
}

export function variableOf({ name, label, type, options, fallback }: VariableDraft): LayoutVariable {
  const choices = type === 'boolean' ? [] : [...new Set(partsOf(options))].map((part) => (type === 'number' ? Number(part) : part));
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
  return text.split(',').map((part) => part.trim()).filter(Boolean);
}
