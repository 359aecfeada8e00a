import { html, nothing, type TemplateResult } from 'lit';
import type { JsonSchema } from '../../../sdk/contract/json-schema.js';
import { icon } from '../../core/icons.js';
import { choiceOf, idOf, labelOf, type FieldModel, type FormContext } from './context.js';
import { kindOfField } from './field-kind.js';
import { renderInputField } from './inputs.js';
import { beginningOf, isRecord } from './values.js';

/** The fields of an object, in the order of its schema. */
export function renderFields(schema: JsonSchema, value: unknown, path: FieldModel['path'], form: FormContext): TemplateResult[] {
  return Object.entries(schema.properties ?? {}).filter(([, part]) => part.const === undefined).map(([name, part]) => renderField({
    schema: part,
    path: [...path, name],
    value: isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined,
    required: schema.required?.includes(name) ?? false,
  }, form));
}

function renderField(field: FieldModel, form: FormContext): TemplateResult {
  switch (kindOfField(field.schema)) {
    case 'group': return renderGroup(field, form);
    case 'choice': return renderChoice(field, form);
    case 'list': return renderList(field, form);
    case 'value-format': return renderFormat(field, form);
    default: return renderInputField(field, form);
  }
}

/** A part with fields of its own: open where it must be filled in or is, else folded up. */
function renderGroup(field: FieldModel, form: FormContext): TemplateResult {
  const { schema, value, path, required } = field;
  const fields = () => html`<div class="group">${faultOf(field, form)}${renderFields(schema, value, path, form)}</div>`;
  if (required) return html`<fieldset><legend>${labelOf(field, form.words)}</legend>${fields()}</fieldset>`;
  return html`<details ?open=${value !== undefined}><summary>${labelOf(field, form.words)}</summary>${fields()}</details>`;
}

/** One of several forms, told apart by `type`. */
function renderChoice(field: FieldModel, form: FormContext): TemplateResult {
  const { schema, value, path } = field;
  const alternatives = schema.oneOf ?? schema.anyOf ?? [];
  const typeOf = (one: JsonSchema) => String(one.properties?.['type']?.const);
  const now = isRecord(value) ? String(value['type']) : '';
  const chosen = alternatives.find((one) => typeOf(one) === now);
  const id = idOf(path);
  const choose = (event: Event) => {
    const next = alternatives.find((one) => typeOf(one) === (event.target as HTMLSelectElement).value);
    form.change(path, beginningOf(next));
  };
  return html`<fieldset><legend>${labelOf(field, form.words)}</legend>
    <div class="group">
      <select id=${id} aria-label=${labelOf(field, form.words)} @change=${choose}>
        ${alternatives.map((one) => html`<option value=${typeOf(one)} .selected=${typeOf(one) === now}>${choiceOf(typeOf(one), form.words)}</option>`)}
      </select>
      ${faultOf(field, form)}${chosen ? renderFields(chosen, value, path, form) : nothing}
    </div>
  </fieldset>`;
}

/** Things of one kind, each with its fields, in an order that can be changed. */
function renderList(field: FieldModel, form: FormContext): TemplateResult {
  const { schema, path } = field;
  const { words } = form;
  const items: unknown[] = Array.isArray(field.value) ? field.value : [];
  const label = labelOf(field, words);
  const part = schema.items ?? {};
  const put = (next: unknown[]) => form.change(path, next.length > 0 || field.required ? next : undefined);
  const swap = (index: number, by: number) => {
    const next = [...items];
    [next[index], next[index + by]] = [next[index + by], next[index]];
    put(next);
    form.focusTool([...path, index + by], by < 0 ? 'up' : 'down');
  };
  const full = schema.maxItems !== undefined && items.length >= schema.maxItems;
  return html`<details ?open=${items.length > 0}>
    <summary>${label}${items.length > 0 ? html`<span class="count">${` ${items.length}`}</span>` : nothing}</summary>
    <div class="group">
      ${faultOf(field, form)}
      ${items.map((item, index) => html`<fieldset class="item" id=${idOf([...path, index])}>
        <legend class="visually-hidden">${words.itemOf(label, index + 1)}</legend>
        <div class="tools">
          ${tool(form, 'ChevronUp', words.moveUp(label, index + 1), index === 0, () => swap(index, -1), 'up')}
          ${tool(form, 'ChevronDown', words.moveDown(label, index + 1), index === items.length - 1, () => swap(index, 1), 'down')}
          ${tool(form, 'X', words.removeItem(label, index + 1), false, () => put(items.filter((_, at) => at !== index)))}
        </div>
        ${faultOf({ ...field, path: [...path, index] }, form)}
        <div class="fields-of-item">${renderFields(part, item, [...path, index], form)}</div>
      </fieldset>`)}
      <button class="add" type="button" ?disabled=${full} @click=${() => put([...items, beginningOf(part)])}>${icon('Plus', form.host)} ${words.add(label)}</button>
    </div>
  </details>`;
}

/** At an end it does nothing; it keeps the focus, which a disabled one would lose. */
function tool({ host }: FormContext, name: string, label: string, idle: boolean, act: () => void, way = ''): TemplateResult {
  return html`<button class="tool ${way}" type="button" title=${label} aria-disabled=${idle ? 'true' : 'false'} @click=${() => idle || act()}>${icon(name, host)}</button>`;
}

/** How a value is written: the style, and what belongs to it once there is one. A style with nothing more is written short. */
function renderFormat(field: FieldModel, form: FormContext): TemplateResult {
  const { schema, value, path } = field;
  const whole = schema.anyOf?.find(({ type }) => type === 'object') ?? {};
  const style = isRecord(value) ? value['style'] : value;
  const { style: styleSchema, ...rest } = whole.properties ?? {};
  const inner: FormContext = {
    ...form,
    change: (at, next) => {
      const [name, ...deeper] = at.slice(path.length);
      if (deeper.length > 0 || typeof name !== 'string') return;
      const { [name]: _before, ...others } = isRecord(value) ? value : { style };
      const options = { ...others, ...(next === undefined ? {} : { [name]: next }) };
      form.change(path, options['style'] === undefined ? undefined : Object.keys(options).length > 1 ? options : options['style']);
    },
  };
  const label = labelOf(field, form.words);
  return html`<div class="format">
    ${faultOf(field, form)}
    ${renderInputField({ schema: { ...styleSchema, title: label }, path: [...path, 'style'], value: style, required: false }, inner)}
    ${style === undefined ? nothing : html`<details ?open=${isRecord(value)}><summary>${form.words.more(label)}</summary>
      <div class="group pair">${renderFields({ type: 'object', properties: rest }, value, path, inner)}</div></details>`}
  </div>`;
}

function faultOf({ path }: Pick<FieldModel, 'path'>, form: FormContext): TemplateResult | typeof nothing {
  const fault = form.faultAt(path);
  return fault ? html`<p class="fault" id="${idOf(path)}-fault">${fault}</p>` : nothing;
}
