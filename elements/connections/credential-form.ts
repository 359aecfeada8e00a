import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { CcmClient } from '../../sdk/client/client.js';
import { createConnectors } from '../../sdk/client/connectors.js';
import { createCredentials } from '../../sdk/client/credentials.js';
import { CcmError } from '../../sdk/client/errors.js';
import type { ConnectorInfo, ConnectorTest } from '../../sdk/contract/connector.js';
import type { AuthType, CredentialInfo, CredentialSecretInput } from '../../sdk/contract/credential.js';
import { CcmElement } from '../core/base-element.js';
import { connectionStringsFor } from '../core/localize-connections.js';
import type { AllStrings } from '../core/localize-connections.js';
import { icon } from '../core/icons.js';
import { authTypesOf, fieldsFor, PASTED, readSecret } from './credential-fields.js';
import { nameFor } from './credential-name.js';
import { faultsOf, type FormFaults } from './faults.js';
import { renderField } from './field.js';
import { FormClosedEvent, FormSavedEvent } from './form-events.js';
import { TypedKeeper } from '../core/typed-keeper.js';
import { formStyles } from '../core/form.styles.js';
import { renderResult } from './result.js';

/** What the form is opened for. */
export interface Wanted {
  connector?: ConnectorInfo;
  /** Name to store it under; default: the one that widgets ask for. */
  name?: string;
  replaces?: CredentialInfo;
  /** Why nothing is known of the APIs. */
  fault?: string;
}

/** Stored besides the secret; with it, what a fault of the edge may name. */
const SHARED = 'shared';
/** A path to try, where the API has none that stands for itself. */
const ENDPOINT = 'endpoint';
const NONE: FormFaults = { fields: {} };

/**
 * Takes the secret of one API, tries it, and hands it to the edge. What is typed is in the inputs only, and they are gone
 * as soon as the form is closed.
 * @internal
 */
export class CcmCredentialForm extends CcmElement {
  static override styles = formStyles;

  @property({ attribute: false }) client?: CcmClient;
  /** To choose from where none is named. */
  @property({ attribute: false }) connectors: readonly ConnectorInfo[] = [];
  @property({ attribute: false }) mayShare?: boolean;
  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';

  @query('dialog') private dialog!: HTMLDialogElement;
  @query('form') private form!: HTMLFormElement | null;

  @state() private wanted: Wanted | undefined;
  @state() private connector: ConnectorInfo | undefined;
  @state() private authType: AuthType = 'bearer';
  @state() private busy: 'test' | 'save' | undefined;
  @state() private faults: FormFaults = NONE;
  @state() private tested: ConnectorTest | undefined;
  @state() private asksPath = false;

  readonly #keeper = new TypedKeeper(this);

  async open(wanted: Wanted): Promise<void> {
    this.wanted = wanted;
    this.#keeper.reset();
    this.#choose(wanted.connector ?? this.connectors.find((one) => authTypesOf(one).length > 0));
    if (wanted.replaces && this.connector && authTypesOf(this.connector).includes(wanted.replaces.authType)) this.authType = wanted.replaces.authType;
    const { connector } = this;
    if (connector === undefined) this.faults = { fields: {}, general: wanted.fault ?? connectionStringsFor(this.locale).noConnectorsHint };
    await this.updateComplete;
    this.dialog.showModal();
    this.form?.querySelector<HTMLElement>('.fields :is(select, input, textarea)')?.focus();
  }

  close(): void {
    this.dialog.close();
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.#focusFault();
  }

  override render(): TemplateResult {
    const words = connectionStringsFor(this.locale);
    return html`<dialog aria-labelledby="title" @close=${this.#closed} @input=${this.#keeper.listen} @cancel=${this.#keeper.listen}>${this.wanted ? this.#renderForm(this.wanted, words) : nothing}</dialog>`;
  }

  #renderForm({ connector: fixed, replaces }: Wanted, words: AllStrings): TemplateResult {
    const { connector, authType } = this;
    const api = connector?.label ?? connector?.name ?? '';
    const types = connector ? authTypesOf(connector) : [];
    const waits = this.busy ? 'true' : 'false';
    const unsaved = this.#keeper.said(this.locale);
    const title = fixed === undefined ? words.connect : replaces ? words.replaceIn(api) : words.connectTo(api);
    return html`<form novalidate autocomplete="off" aria-busy=${this.busy ? 'true' : 'false'} @submit=${this.#submit} @input=${this.#typed}>
      <header role="none">
        <h2 id="title">${title}</h2>
        <button class="close" type="button" aria-label=${words.close} @click=${() => this.close()}>${icon('X', this)}</button>
      </header>
      <div class="fields">
        ${fixed === undefined && connector ? this.#renderApis(words) : nothing}
        ${types.length > 1 ? this.#renderTypes(types, words) : nothing}
        ${keyed(
          // Another way of signing in has inputs of its own: none keeps what was typed into its neighbour.
          `${connector?.name ?? ''} ${authType}`,
          (connector ? fieldsFor(authType, words) : []).map((field) => renderField(field, this.faults.fields[field.name], words)),
        )}
        ${connector && this.asksPath
          ? renderField(
              { name: ENDPOINT, label: words.tryPath, kind: 'text', hint: words.tryPathHint, value: connector.paths?.[0] ?? '', optional: true },
              this.faults.fields[ENDPOINT],
              words,
            )
          : nothing}
        ${connector && replaces === undefined && this.mayShare !== false ? this.#renderShare(words) : nothing}
      </div>
      <div class="outcome" aria-live="polite">
        ${this.busy === 'test' ? html`<p class="note">${words.testing}</p>` : nothing}
        ${this.tested && !this.busy ? renderResult(this.tested, words, this.locale, this) : nothing}
        ${this.faults.general ? html`<p class="wrong">${icon('TriangleAlert', this)}<span>${this.faults.general}</span></p>` : nothing}
        ${unsaved ? html`<p class="note">${unsaved}</p>` : nothing}
      </div>
      <footer role="none">
        <button type="button" class="start" ?disabled=${connector === undefined} aria-disabled=${waits} @click=${() => void this.#test()}>${words.test}</button>
        <button type="button" @click=${() => this.close()}>${words.cancel}</button>
        <button type="submit" class="primary" ?disabled=${connector === undefined} aria-disabled=${waits}>${this.busy === 'save' ? words.saving : words.save}</button>
      </footer>
    </form>`;
  }

  #renderApis(words: AllStrings): TemplateResult {
    const choose = ({ target }: Event) => this.#choose(this.connectors.find(({ name }) => name === (target as HTMLSelectElement).value));
    return html`<div class="field">
      <label for="api">${words.chooseApi}</label>
      <select id="api" @change=${choose}>
        ${this.connectors
          .filter((one) => authTypesOf(one).length > 0)
          .map(({ name, label }) => html`<option value=${name} .selected=${name === this.connector?.name}>${label ?? name}</option>`)}
      </select>
    </div>`;
  }

  #renderTypes(types: readonly AuthType[], words: AllStrings): TemplateResult {
    const choose = ({ target }: Event) => this.#sign((target as HTMLSelectElement).value as AuthType);
    return html`<div class="field">
      <label for="authType">${words.chooseAuth}</label>
      <select id="authType" @change=${choose}>
        ${types.map((type) => html`<option value=${type} .selected=${type === this.authType}>${words.authTypes[type]}</option>`)}
      </select>
    </div>`;
  }

  #renderShare(words: AllStrings): TemplateResult {
    const fault = this.faults.fields[SHARED];
    return html`<div class="field">
      <label class="check"><input id=${SHARED} name=${SHARED} type="checkbox" aria-describedby=${fault ? 'shared-fault' : 'shared-hint'}
        aria-invalid=${fault ? 'true' : 'false'} /><span>${words.share}</span></label>
      ${fault ? html`<p class="fault" id="shared-fault">${fault}</p>` : html`<p class="hint" id="shared-hint">${words.shareHint}</p>`}
    </div>`;
  }

  #choose(connector: ConnectorInfo | undefined): void {
    this.connector = connector;
    this.#sign((connector && authTypesOf(connector)[0]) ?? 'bearer');
  }

  #sign(type: AuthType): void {
    this.authType = type;
    this.asksPath = false;
    this.#forget();
  }

  #forget(): void {
    this.faults = NONE;
    this.tested = undefined;
  }

  /** What was said of a field holds until it is changed; what was said of all of it, too. */
  #typed = (event: Event): void => {
    const { name } = event.target as HTMLInputElement;
    const { [name]: _mended, ...fields } = this.faults.fields;
    this.faults = { fields: name === PASTED || name === 'json' ? {} : fields };
    this.tested = undefined;
  };

  #submit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  async #test(): Promise<void> {
    await this.#send('test', async (client, apiName, secret) => {
      const endpoint = this.form?.querySelector<HTMLInputElement>(`#${ENDPOINT}`)?.value.trim();
      const tested = await createConnectors(client).test({ apiName, ...secret, ...(endpoint && { endpoint }) });
      return () => (this.tested = tested);
    });
  }

  async #save(): Promise<void> {
    const { wanted } = this;
    await this.#send('save', async (client, apiName, secret, shared) => {
      const name = wanted?.replaces?.name ?? wanted?.name ?? (await nameFor(client, apiName));
      await createCredentials(client).set(name, { apiName, ...secret, ...(shared && { shared }) });
      // Also where the form was closed meanwhile: it is saved.
      this.dispatchEvent(new FormSavedEvent(apiName));
      return () => this.close();
    });
  }

  async #send(
    what: 'test' | 'save',
    run: (client: CcmClient, apiName: string, secret: CredentialSecretInput, shared: boolean) => Promise<() => void>,
  ): Promise<void> {
    const { client, connector, form, wanted, authType } = this;
    if (this.busy || !client || !connector || !form || !wanted) return;
    const words = connectionStringsFor(this.locale);
    this.#forget();
    this.busy = what;
    const shared = wanted.replaces ? wanted.replaces.shared === true : form.querySelector<HTMLInputElement>(`#${SHARED}`)?.checked === true;
    try {
      const read = await readSecret(connector, authType, form, words);
      if ('faults' in read) {
        this.faults = { fields: read.faults };
        return;
      }
      const shown = await run(client, connector.name, read.secret, shared);
      if (wanted === this.wanted) shown();
    } catch (error) {
      if (wanted !== this.wanted) return;
      this.faults = this.#faultsOf(error, what, shared, words);
      this.asksPath ||= this.faults.fields[ENDPOINT] !== undefined;
    } finally {
      if (wanted === this.wanted) this.busy = undefined;
    }
  }

  #faultsOf(error: unknown, what: 'test' | 'save', shared: boolean, words: AllStrings): FormFaults {
    if (error instanceof CcmError && error.status === 403) {
      if (what === 'test') return { fields: {}, general: words.mayNotTry };
      if (shared) return { fields: { [SHARED]: words.mayNotShare } };
    }
    return faultsOf(error, [...fieldsFor(this.authType, words).map(({ name }) => name), SHARED, ENDPOINT], words);
  }

  #focused: FormFaults | undefined;
  /** The first field that something is wrong with, once. */
  #focusFault(): void {
    if (this.#focused === this.faults || this.busy) return;
    this.#focused = this.faults;
    this.form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }

  #closed(): void {
    // The event comes late: it may be open again by then.
    if (this.dialog.open) return;
    // The inputs go with what was typed into them.
    this.form?.reset();
    this.wanted = this.connector = undefined;
    this.busy = undefined;
    this.#forget();
    this.dispatchEvent(new FormClosedEvent());
  }
}
