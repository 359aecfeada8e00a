import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { LayoutVariable } from '../../../sdk/contract/layout.js';
import type { ViewStrings } from '../../core/view-strings.js';

export type VariableValue = string | number | boolean;

/** What a viewer sets a variable with: a choice, a box to tick, or a field. `undefined`: it is not set. */
export function variableField(
  variable: LayoutVariable,
  value: VariableValue | undefined,
  strings: ViewStrings,
  set: (value: VariableValue | undefined) => void,
): TemplateResult {
  const { name, label = name, type, options } = variable;
  return html`<label>${label} ${options ? choice(options, value, variable, strings, set) : type === 'boolean' ? tick(value, set) : typed(type, value, set)}</label>`;
}

function choice(options: readonly (string | number)[], value: VariableValue | undefined, { default: fallback }: LayoutVariable, strings: ViewStrings, set: (value: VariableValue | undefined) => void): TemplateResult {
  const choose = ({ target }: Event) => set(options[Number((target as HTMLSelectElement).value)]);
  const at = options.findIndex((option) => option === value);
  return html`<select @change=${choose}>
    ${at < 0 || fallback === undefined ? html`<option value="-1" .selected=${at < 0}>${value === undefined || at >= 0 ? strings.anything : String(value)}</option>` : ''}
    ${options.map((option, index) => html`<option value=${index} .selected=${index === at}>${option}</option>`)}
  </select>`;
}

function tick(value: VariableValue | undefined, set: (value: boolean) => void): TemplateResult {
  return html`<input type="checkbox" .checked=${live(value === true)} @change=${({ target }: Event) => set((target as HTMLInputElement).checked)} />`;
}

function typed(type: LayoutVariable['type'], value: VariableValue | undefined, set: (value: VariableValue | undefined) => void): TemplateResult {
  const change = ({ target }: Event) => {
    const { value: text, valueAsNumber } = target as HTMLInputElement;
    if (type !== 'number') set(text.trim() || undefined);
    else set(Number.isFinite(valueAsNumber) ? valueAsNumber : undefined);
  };
  return html`<input type=${type === 'number' ? 'number' : 'text'} .step=${'any'} maxlength="500" .value=${live(value === undefined ? '' : String(value))} @change=${change} />`;
}
