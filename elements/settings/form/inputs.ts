import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { icon } from '../../core/icons.js';
import { styleProperty } from '../../core/style-property.js';
import { cssColor } from '../../core/tone.js';
import { choiceOf, idOf, labelOf, type FieldModel, type FormContext } from './context.js';
import { kindOfField, readNumber, readScalar, writeScalar, type FieldKind } from './field-kind.js';

/** Characters from which a text gets a large field. */
const LONG = 1000;
const TONES = ['good', 'warning', 'critical', 'accent', 'muted'];

/** A field with one input: its label, the input, what to know of it, and what is wrong with it. */
export function renderInputField(field: FieldModel, form: FormContext): TemplateResult {
  const { path, schema } = field;
  const kind = kindOfField(schema);
  const id = idOf(path);
  const fault = form.faultAt(path);
  const hint = hintOf(field, kind, form);
  const described = [fault ? `${id}-fault` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || undefined;
  const about = html`${fault ? html`<p class="fault" id="${id}-fault">${fault}</p>` : nothing}${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}`;
  if (kind === 'check') {
    return html`<div class="field"><label class="check"><input id=${id} type="checkbox" .checked=${live(Boolean(field.value ?? schema.default))}
      aria-describedby=${ifDefined(described)} @change=${(event: Event) => form.change(path, (event.target as HTMLInputElement).checked)} />
      <span>${labelOf(field, form.words)}</span></label>${about}</div>`;
  }
  return html`<div class="field"><label for=${id}>${labelOf(field, form.words)}</label>${input(field, kind, form, { id, described, invalid: fault ? ('true' as const) : undefined })}${about}</div>`;
}

interface InputAttributes {
  id: string;
  described: string | undefined;
  invalid: 'true' | undefined;
}

function input(field: FieldModel, kind: FieldKind, form: FormContext, { id, described, invalid }: InputAttributes): TemplateResult {
  const { path, value, schema, required } = field;
  const typed = form.draftAt(path) ?? textOf(value, kind);
  const take = (event: Event) => read(field, kind, (event.target as HTMLInputElement).value, form);
  switch (kind) {
    case 'select':
      return html`<select id=${id} aria-describedby=${ifDefined(described)} aria-invalid=${ifDefined(invalid)} @change=${take}>
        ${required && value !== undefined ? nothing : html`<option value="" .selected=${value === undefined}>${form.words.byItself}</option>`}
        ${(schema.enum ?? []).map((choice) => html`<option value=${String(choice)} .selected=${choice === value}>${choiceOf(choice, form.words)}</option>`)}
      </select>`;
    case 'lines':
    case 'words':
    case 'json':
      return html`<textarea id=${id} class=${kind} rows=${kind === 'lines' && (schema.maxLength ?? 0) > LONG ? 10 : 3} spellcheck="false" aria-describedby=${ifDefined(described)}
        aria-invalid=${ifDefined(invalid)} .value=${live(typed)} @change=${take}></textarea>`;
    default: {
      // Half a number is none: it is read when it is left.
      const whole = kind === 'number' || kind === 'scalar';
      const offers = offersOf(kind, typed, form);
      return html`<span class="line">
        ${kind === 'color' ? html`<span class="swatch" ${styleProperty('background', cssColor(value))}></span>` : nothing}
        ${kind === 'icon' && typeof value === 'string' ? html`<span class="sample">${icon(value, form.host)}</span>` : nothing}
        <input id=${id} class=${kind === 'icon' ? 'icon-name' : ''} type="text" autocomplete="off" autocapitalize="off" spellcheck="false" inputmode=${ifDefined(kind === 'number' ? 'decimal' : undefined)}
          aria-describedby=${ifDefined(described)} aria-invalid=${ifDefined(invalid)} list=${ifDefined(offers.length > 0 ? `${id}-offers` : undefined)}
          .value=${live(typed)} @input=${whole ? undefined : take} @change=${whole ? take : undefined} />
        ${offers.length > 0 ? html`<datalist id="${id}-offers">${offers.map((offer) => html`<option value=${offer}></option>`)}</datalist>` : nothing}
      </span>`;
    }
  }
}

function offersOf(kind: FieldKind, typed: string, form: FormContext): readonly string[] {
  switch (kind) {
    case 'field-path': return form.suggestions;
    case 'color': return TONES;
    case 'icon': return form.iconsLike(typed);
    default: return [];
  }
}

function hintOf({ schema, path }: FieldModel, kind: FieldKind, { words }: FormContext): string | undefined {
  if (kind === 'json') return words.asJson;
  if (kind === 'words') return words.onePerLine;
  // That of our own schemas says the same at each field; the field's name says more.
  if (kind === 'field-path') return path.length === 1 ? words.fieldHint : undefined;
  return schema.title ? schema.description : undefined;
}

function textOf(value: unknown, kind: FieldKind): string {
  if (value === undefined || value === null) return '';
  if (kind === 'json') return JSON.stringify(value, undefined, 2);
  if (kind === 'words') return Array.isArray(value) ? value.map(writeScalar).join('\n') : '';
  if (kind === 'scalar') return writeScalar(value);
  return typeof value === 'string' ? value : String(value as number);
}

/** What was typed as a value; what is none is kept as it was typed, and said. */
function read({ schema, path }: FieldModel, kind: FieldKind, typed: string, form: FormContext): void {
  if (typed.trim() === '') {
    form.change(path, undefined);
    return;
  }
  switch (kind) {
    case 'number': {
      const value = readNumber(typed, form.decimal);
      if (value === undefined) form.refuse(path, typed, form.words.notNumber);
      else if (schema.type === 'integer' && !Number.isInteger(value)) form.refuse(path, typed, form.words.notWhole);
      else form.change(path, value);
      break;
    }
    case 'json':
      try {
        form.change(path, JSON.parse(typed));
      } catch (error) {
        form.refuse(path, typed, form.words.notJson(error instanceof Error ? error.message : String(error)));
      }
      break;
    case 'words': {
      const lines = typed.split('\n').map((line) => line.trim()).filter(Boolean);
      form.change(path, schema.items?.type === 'string' ? lines : lines.map(readScalar));
      break;
    }
    case 'select':
      form.change(path, (schema.enum ?? []).find((choice) => String(choice) === typed));
      break;
    case 'scalar':
      form.change(path, readScalar(typed));
      break;
    default:
      form.change(path, typed);
  }
}
