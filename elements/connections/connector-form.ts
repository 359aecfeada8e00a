import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { keyed } from 'lit/directives/keyed.js';
import type { CcmClient } from '../../sdk/client/client.js';
import { createConnectors } from '../../sdk/client/connectors.js';
import type { ConnectorInfo, ConnectorInput } from '../../sdk/contract/connector.js';
import { AUTH_TYPES } from '../../sdk/contract/credential.js';
import type { Fault } from '../../sdk/contract/problem.js';
import { CcmElement } from '../core/base-element.js';
import { connectionStringsFor } from '../core/localize-connections.js';
import type { AllStrings } from '../core/localize-connections.js';
import { icon } from '../core/icons.js';
import { authOf, inputOf, keyPlaceOf, type AuthInput } from './connector-input.js';
import { faultsOf, type FormFaults } from './faults.js';
import { renderField, type Field } from './field.js';
import { FormClosedEvent, FormSavedEvent } from './form-events.js';
import { TypedKeeper } from '../core/typed-keeper.js';
import { formStyles } from '../core/form.styles.js';

type AuthKind = AuthInput['kind'];

const KINDS: readonly AuthKind[] = ['none', ...AUTH_TYPES];
const NONE: FormFaults = { fields: {} };
/** Characters of a connector's name, which widgets call it by. */
const MOST = 40;

/** `My shop’s API` → `my-shop-s-api`. */
export function connectorName(label: string): string {
  const plain = label.normalize('NFKD').replaceAll(/\p{Diacritic}/gu, '').toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, '-').slice(0, MOST).replaceAll(/^-+|-+$/g, '');
}

/** Makes an API of the tenant's own, or changes it. @internal */
export class CcmConnectorForm extends CcmElement {
  static override styles = formStyles;

  @property({ attribute: false }) client?: CcmClient;
  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';

  @query('dialog') private dialog!: HTMLDialogElement;
  @query('form') private form!: HTMLFormElement | null;

  /** Counts the openings: each begins with inputs of its own. */
  @state() private turn = 0;
  @state() private shown = false;
  @state() private changes: ConnectorInfo | undefined;
  @state() private kind: AuthKind = 'bearer';
  @state() private name = '';
  @state() private busy = false;
  @state() private faults: FormFaults = NONE;

  readonly #keeper = new TypedKeeper(this);

  /** `changes`: one with its definition, of which all that is not asked here stays as it is. */
  async open(changes?: ConnectorInfo): Promise<void> {
    this.turn++;
    this.#keeper.reset();
    this.shown = true;
    this.changes = changes;
    this.name = changes?.name ?? '';
    this.kind = changes?.definition ? authOf(changes.definition).kind : 'bearer';
    this.faults = NONE;
    await this.updateComplete;
    this.dialog.showModal();
    this.form?.querySelector<HTMLElement>('.fields :is(select, input, textarea)')?.focus();
  }

  close(): void {
    this.dialog.close();
  }

  #focused: FormFaults | undefined;
  protected override updated(): void {
    if (this.#focused === this.faults) return;
    this.#focused = this.faults;
    this.form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }

  override render(): TemplateResult {
    const words = connectionStringsFor(this.locale);
    return html`<dialog aria-labelledby="title" @close=${this.#closed} @input=${this.#keeper.listen} @cancel=${this.#keeper.listen}>${this.shown ? keyed(this.turn, this.#renderForm(words)) : nothing}</dialog>`;
  }

  #renderForm(words: AllStrings): TemplateResult {
    const { changes, faults } = this;
    const field = (one: Field) => renderField(one, faults.fields[one.name], words);
    const [name, baseUrl, ...rest] = this.#fields(words);
    const unsaved = this.#keeper.said(this.locale);
    return html`<form novalidate autocomplete="off" aria-busy=${this.busy ? 'true' : 'false'} @submit=${this.#submit} @input=${this.#typed}>
      <header role="none">
        <h2 id="title">${changes ? words.changeApi(changes.label ?? changes.name) : words.newApi}</h2>
        <button class="close" type="button" aria-label=${words.close} @click=${() => this.close()}>${icon('X', this)}</button>
      </header>
      <div class="fields">
        ${name && field(name)} ${baseUrl && field(baseUrl)} ${this.#renderAuth(words)} ${rest.map(field)}
      </div>
      <div class="outcome" aria-live="polite">
        ${faults.general ? html`<p class="wrong">${icon('TriangleAlert', this)}<span>${faults.general}</span></p>` : nothing}
        ${unsaved ? html`<p class="note">${unsaved}</p>` : nothing}
      </div>
      <footer role="none">
        <button type="button" @click=${() => this.close()}>${words.cancel}</button>
        <button type="submit" class="primary" aria-disabled=${ifDefined(this.busy ? 'true' : undefined)}>${this.busy ? words.saving : changes ? words.save : words.add}</button>
      </footer>
    </form>`;
  }

  #fields(words: AllStrings): Field[] {
    const { changes, name } = this;
    const before = changes?.definition;
    const named = (event: Event) => {
      if (!changes) this.name = connectorName((event.target as HTMLInputElement).value);
    };
    return [
      { name: 'label', label: words.apiName, kind: 'text', value: changes?.label ?? '', hint: name ? words.apiNameHint(name) : ' ', onInput: named },
      { name: 'baseUrl', label: words.baseUrl, kind: 'url', value: before?.baseUrl ?? '', hint: words.baseUrlHint },
      { name: 'paths', label: words.paths, kind: 'lines', value: before?.paths.join('\n') ?? '', hint: words.pathsHint },
      {
        name: 'limits.perMinute', label: words.perMinute, kind: 'number', optional: true,
        value: String(before?.limits?.perMinute ?? ''), hint: words.perMinuteHint,
      },
    ];
  }

  #renderAuth(words: AllStrings): TemplateResult {
    const { kind, faults } = this;
    const before = this.changes?.definition && authOf(this.changes.definition);
    const key = before?.kind === 'api_key' ? keyPlaceOf(before) : { place: 'headerName', name: 'X-Api-Key' };
    const { tokenUrl = '', scope = '' } = before !== undefined && 'tokenUrl' in before ? before : {};
    const choose = ({ target }: Event) => (this.kind = (target as HTMLSelectElement).value as AuthKind);
    const fault = faults.fields['auth.kind'];
    return html`<div class="field">
        <label for="kind">${words.authKind}</label>
        <select id="kind" name="auth.kind" aria-invalid=${fault ? 'true' : 'false'} @change=${choose}>
          ${KINDS.map((one) => html`<option value=${one} .selected=${one === kind}>${words.authTypes[one]}</option>`)}
        </select>
        ${fault ? html`<p class="fault">${fault}</p>` : nothing}
      </div>
      ${kind === 'api_key'
        ? html`<div class="pair">
            <div class="field">
              <label for="place">${words.keyPlace}</label>
              <select id="place" name="place">
                <option value="headerName" .selected=${key.place === 'headerName'}>${words.inHeader}</option>
                <option value="queryName" .selected=${key.place === 'queryName'}>${words.inQuery}</option>
              </select>
            </div>
            ${renderField({ name: 'auth.name', label: words.keyName, kind: 'text', value: key.name }, this.#nameFault, words)}
          </div>`
        : nothing}
      ${kind === 'oauth2' || kind === 'service_account'
        ? html`${renderField({ name: 'auth.tokenUrl', label: words.tokenUrl, kind: 'url', value: tokenUrl }, faults.fields['auth.tokenUrl'], words)}
          ${renderField({ name: 'auth.scope', label: words.scope, kind: 'text', value: scope, hint: words.scopeHint, optional: kind === 'oauth2' }, faults.fields['auth.scope'], words)}`
        : nothing}`;
  }

  get #nameFault(): string | undefined {
    const { fields } = this.faults;
    return fields['auth.name'] ?? fields['auth.headerName'] ?? fields['auth.queryName'];
  }

  #typed = (event: Event): void => {
    const { name } = event.target as HTMLInputElement;
    if (!this.faults.general && this.faults.fields[name] === undefined) return;
    const { [name]: _mended, ...fields } = this.faults.fields;
    // The focus is where it is.
    this.#focused = this.faults = { fields };
  };

  #submit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  async #save(): Promise<void> {
    const { client, form, turn } = this;
    if (this.busy || !client || !form) return;
    const words = connectionStringsFor(this.locale);
    const { input, lines, faults } = this.#read(new FormData(form), words);
    this.faults = { fields: faults };
    if (Object.keys(faults).length > 0) return;
    this.busy = true;
    try {
      await createConnectors(client).set(this.name, input);
      this.dispatchEvent(new FormSavedEvent(this.name, true));
      if (turn === this.turn) this.close();
    } catch (error) {
      if (turn === this.turn) this.faults = this.#faultsOf(error, lines, words);
    } finally {
      if (turn === this.turn) this.busy = false;
    }
  }

  /** `lines`: where each path stands in what was typed. */
  #read(data: FormData, words: AllStrings): { input: ConnectorInput; lines: number[]; faults: Record<string, string> } {
    const typed = (name: string) => {
      const value = data.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const faults: Record<string, string> = {};
    const label = typed('label');
    if (label === '') faults['label'] = words.required;
    else if (this.name === '') faults['label'] = words.apiNameEmpty;
    const baseUrl = typed('baseUrl');
    if (baseUrl === '') faults['baseUrl'] = words.required;
    const rows = typed('paths') === '' ? [] : String(data.get('paths')).split('\n').map((line) => line.trim());
    const lines = rows.flatMap((line, index) => (line === '' ? [] : [index + 1]));
    if (lines.length === 0) faults['paths'] = words.required;
    const perMinute = typed('limits.perMinute');
    if (perMinute !== '' && !/^[1-9]\d{0,6}$/.test(perMinute)) faults['limits.perMinute'] = words.notNumber;
    const asked = (name: string) => {
      const value = typed(name);
      if (value === '') faults[name] = words.required;
      return value;
    };
    const auth = this.#readAuth(typed, asked);
    return {
      lines,
      faults,
      input: inputOf({ label, baseUrl, auth, paths: rows.filter(Boolean), perMinute: perMinute === '' ? undefined : Number(perMinute) }, this.changes?.definition),
    };
  }

  #readAuth(typed: (name: string) => string, asked: (name: string) => string): AuthInput {
    const { kind } = this;
    switch (kind) {
      case 'api_key': {
        const name = asked('auth.name');
        return typed('place') === 'queryName' ? { kind, queryName: name } : { kind, headerName: name };
      }
      case 'oauth2': {
        const scope = typed('auth.scope');
        return { kind, tokenUrl: asked('auth.tokenUrl'), ...(scope !== '' && { scope }) };
      }
      case 'service_account':
        return { kind, tokenUrl: asked('auth.tokenUrl'), scope: asked('auth.scope') };
      default:
        return { kind };
    }
  }

  #faultsOf(error: unknown, lines: readonly number[], words: AllStrings): FormFaults {
    // Of several ways of signing in, the first is the one that is asked for here.
    const auth = ['kind', 'headerName', 'queryName', 'tokenUrl', 'scope'].flatMap((one) => [`auth.${one}`, `takes.0.${one}`]);
    const names = ['label', 'baseUrl', ...auth, 'paths', 'limits.perMinute', 'name'];
    const place = ({ path, message }: Fault) => {
      const at = /(?:^|\.)paths\.(\d+)/.exec(path)?.[1];
      return at === undefined ? message : words.line(lines[Number(at)] ?? Number(at) + 1, message);
    };
    const { fields, ...rest } = faultsOf(error, names, words, place);
    // The name that widgets call it by is made of the one that was typed.
    const at = (name: string) => (name === 'name' ? 'label' : name.replace(/^takes\.0\./, 'auth.'));
    return { fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [at(name), text])), ...rest };
  }

  #closed(): void {
    // The event comes late: it may be open again by then.
    if (this.dialog.open) return;
    this.shown = false;
    this.busy = false;
    this.faults = NONE;
    this.dispatchEvent(new FormClosedEvent());
  }
}
