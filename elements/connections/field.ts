import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';

/** One field of a form. Its value lives in the input alone: it is read when the form is sent, and goes with the input. */
export interface Field {
  /** Also its id, and its key in what is sent. */
  name: string;
  label: string;
  /** `secret` is never shown, nor offered again by the browser. */
  kind: 'text' | 'secret' | 'url' | 'number' | 'lines' | 'secret-lines' | 'file';
  hint?: string;
  optional?: boolean;
  /** What it begins with. */
  value?: string;
  onInput?: (event: Event) => void;
}

export interface FieldWords {
  optional: string;
}

/** Label, input, what to know of it, and what is wrong with it. */
export function renderField(field: Field, fault: string | undefined, words: FieldWords): TemplateResult {
  const { name, label, hint, optional } = field;
  return html`<div class="field">
    <label for=${name}>${label}${optional ? html`<span class="optional">${` (${words.optional})`}</span>` : nothing}</label>
    ${renderInput(field, fault !== undefined, describedBy(name, hint, fault))}
    ${fault === undefined ? nothing : html`<p class="fault" id=${`${name}-fault`}>${fault}</p>`}
    ${hint ? html`<p class="hint" id=${`${name}-hint`}>${hint}</p>` : nothing}
  </div>`;
}

function describedBy(name: string, hint: string | undefined, fault: string | undefined): string | undefined {
  const ids = [fault === undefined ? '' : `${name}-fault`, hint ? `${name}-hint` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function renderInput({ name, kind, optional, value, onInput }: Field, invalid: boolean, described: string | undefined): TemplateResult {
  const faulty = invalid ? 'true' : undefined;
  if (kind === 'lines' || kind === 'secret-lines') {
    return html`<textarea id=${name} name=${name} class=${kind} rows="4" autocomplete="off" autocapitalize="off" spellcheck="false"
      ?required=${!optional} aria-invalid=${ifDefined(faulty)} aria-describedby=${ifDefined(described)} .defaultValue=${value ?? ''}
      @input=${onInput}></textarea>`;
  }
  if (kind === 'file') {
    return html`<input id=${name} name=${name} type="file" accept=".json,application/json"
      aria-invalid=${ifDefined(faulty)} aria-describedby=${ifDefined(described)} @input=${onInput} />`;
  }
  // A new password is what browsers neither fill in nor ask to keep for this page's login.
  return html`<input id=${name} name=${name} type=${kind === 'secret' ? 'password' : kind === 'number' ? 'text' : kind}
    autocomplete=${kind === 'secret' ? 'new-password' : 'off'} inputmode=${ifDefined(kind === 'number' ? 'numeric' : undefined)}
    autocapitalize="off" spellcheck="false" ?required=${!optional}
    aria-invalid=${ifDefined(faulty)} aria-describedby=${ifDefined(described)} .defaultValue=${value ?? ''} @input=${onInput} />`;
}
