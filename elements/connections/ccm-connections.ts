import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CcmClient } from '../../sdk/client/client.js';
import { createConnectors } from '../../sdk/client/connectors.js';
import { createCredentials } from '../../sdk/client/credentials.js';
import type { ConnectorInfo, ConnectorTest } from '../../sdk/contract/connector.js';
import type { CredentialInfo } from '../../sdk/contract/credential.js';
import { CcmElement } from '../core/base-element.js';
import { buttonStyles } from '../core/button.styles.js';
import { CcmConnectionChangeEvent } from '../core/connection-event.js';
import { connectionStringsFor } from '../core/localize-connections.js';
import type { AllStrings } from '../core/localize-connections.js';
import type { ConnectionsElement } from '../core/connections-element.js';
import { CcmErrorEvent, CcmReadyEvent } from '../core/events.js';
import { icon } from '../core/icons.js';
import { LocaleController } from '../core/locale.js';
import { message, messageStyles } from '../core/message.js';
import { SessionController } from '../core/session.js';
import { ThemeController } from '../core/theme.js';
import type { DisplayContext } from '../core/widget-view.js';
import { keyOf, renderCard, type CardParts } from './card.js';
import { ConnectionsList, type ListFault } from './connections-list.js';
import { connectionsStyles } from './connections.styles.js';
import { CcmConnectorForm } from './connector-form.js';
import { CcmCredentialForm, type Wanted } from './credential-form.js';
import { faultsOf, inWords } from './faults.js';
import { FormClosedEvent, type FormSavedEvent } from './form-events.js';

const CREDENTIAL_FORM = 'ccm-credential-form';
const CONNECTOR_FORM = 'ccm-connector-form';

/**
 * The external APIs of the user's company, and what the user has for each: connect, try, replace, remove; with the right,
 * APIs of the company's own. A secret goes to the edge and never comes back.
 *
 * @summary A user's external APIs and credentials.
 * @tagname ccm-connections
 * @attr {string} edge - Address of the edge; default: the nearest provider's, else where ccm.js came from.
 * @attr {string} token - A JWT for that edge.
 * @attr {string} token-endpoint - Address on the host page's origin that answers a POST with `{token, expiresAt}`.
 * @attr {'light' | 'dark' | 'auto'} theme - Look; default: the provider's, the page's.
 * @attr {string} locale - BCP 47 tag for numbers, times and words.
 * @fires {CcmConnectionChangeEvent} ccm-connection-change - A credential, or an API of the company's own, was set or removed: `{name}` is the API's.
 * @fires {CcmErrorEvent} ccm-error - The list could not be loaded: `{code, detail}`.
 * @fires {CcmReadyEvent} ccm-ready - The list is shown.
 * @fires {CcmAuthRequiredEvent} ccm-auth-required - No token that the edge accepts can be had: `{reason}`.
 * @csspart header - The heading and the button that adds an API.
 * @csspart connection - One API.
 * @cssproperty --ccm-surface - Background of a card.
 * @cssproperty --ccm-border - Colour of hairlines.
 * @cssproperty --ccm-text - Colour of text.
 * @cssproperty --ccm-muted - Colour of secondary text.
 * @cssproperty --ccm-accent - The one accent.
 * @cssproperty --ccm-radius - Radius of a card.
 * @cssproperty --ccm-padding - Space inside a card.
 * @cssproperty --ccm-gap - Space between two cards.
 * @cssproperty --ccm-font - Font family; default: the page's.
 */
export class CcmConnections extends CcmElement implements ConnectionsElement {
  static override styles = [messageStyles, buttonStyles, connectionsStyles];

  @property() edge?: string;
  @property() token?: string;
  @property({ attribute: 'token-endpoint' }) tokenEndpoint?: string;
  @property() theme?: 'light' | 'dark' | 'auto';
  @property() locale?: string;

  /** Gives a JWT whenever a new one is needed. */
  @property({ attribute: false }) getToken?: () => Promise<string>;

  /** @internal No list: only the form, as a dialog. */
  @property({ type: Boolean, attribute: 'data-form-only', reflect: true }) formOnly = false;

  @query(CREDENTIAL_FORM) private credentialForm!: CcmCredentialForm;
  @query(CONNECTOR_FORM) private connectorForm!: CcmConnectorForm;

  @state() private doomed: string | undefined;
  @state() private tests: ReadonlyMap<string, ConnectorTest | 'pending'> = new Map();
  /** Key of what can only be tried with a path that its user names. */
  @state() private asksPath: string | undefined;
  @state() private busy = false;
  @state() private fault: { key: string; text: string } | undefined;
  /** Another one each time, so that the same words are said again. */
  @state() private announcement = { text: '' };

  readonly #session = new SessionController(this, () => this);
  readonly #theme = new ThemeController(this, () => this.theme);
  readonly #locale = new LocaleController(this, () => this.locale, () => this.#session.client?.tenant?.locale);
  readonly #list = new ConnectionsList(this, () => !this.formOnly);
  #told: unknown;

  override connectedCallback(): void {
    CcmCredentialForm.define(CREDENTIAL_FORM);
    CcmConnectorForm.define(CONNECTOR_FORM);
    super.connectedCallback();
  }

  /** Opens the form for one API, or with a choice of all of them. `credential`: the name to store it under. */
  async connect(apiName?: string, credential?: string): Promise<void> {
    await this.updateComplete;
    if (this.#list.fault) void this.#list.load();
    await this.#list.ready();
    const { connections, fault } = this.#list;
    const found = connections?.find(({ connector }) => connector.name === apiName);
    // One that is there does not do: it does not open any more, or the API takes it no longer.
    const replaces = found?.credentials.find(({ name, shared }) => name === credential && !shared);
    await this.#openForm({ connector: found?.connector, name: credential, replaces, ...(fault && { fault: this.#sentence(fault) }) });
  }

  protected override update(changed: PropertyValues<this>): void {
    this.#list.open(this.#session.client);
    super.update(changed);
  }

  protected override updated(): void {
    const { connections, fault } = this.#list;
    const now = fault ?? (connections === undefined ? undefined : this.#session.client);
    if (now === this.#told) return;
    this.#told = now;
    if (fault) this.dispatchEvent(new CcmErrorEvent(fault));
    else if (connections) this.dispatchEvent(new CcmReadyEvent());
  }

  protected override render(): TemplateResult {
    const words = connectionStringsFor(this.#locale.current);
    const { client } = this.#session;
    const { connections = [], mayShare } = this.#list;
    return html`${this.formOnly ? nothing : this.#renderList(words)}
      <ccm-credential-form data-theme=${this.#theme.current} .locale=${this.#locale.current} .client=${client} .mayShare=${mayShare}
        .connectors=${connections.map(({ connector }) => connector)} @ccm-form-saved=${this.#saved} @ccm-form-closed=${this.#closed}></ccm-credential-form>
      ${this.formOnly
        ? nothing
        : html`<ccm-connector-form data-theme=${this.#theme.current} .locale=${this.#locale.current} .client=${client}
            @ccm-form-saved=${this.#saved}></ccm-connector-form>`}`;
  }

  #renderList(words: AllStrings): TemplateResult {
    const { connections, mayManage } = this.#list;
    const offersNew = connections !== undefined && mayManage !== false;
    return html`<section aria-labelledby="heading" aria-busy=${this.#isLoading ? 'true' : 'false'}>
      <header part="header" class="top">
        <div><h2 id="heading" tabindex="-1">${words.connections}</h2><p>${words.connectionsHint}</p></div>
        ${offersNew ? html`<button type="button" class="new" @click=${() => void this.connectorForm.open()}>${icon('Plus', this)} ${words.newApi}</button>` : nothing}
      </header>
      ${this.#renderBody(words)}
      <p class="visually-hidden" role="status">${keyed(this.announcement, html`<span>${this.announcement.text}</span>`)}</p>
    </section>`;
  }

  get #isLoading(): boolean {
    return this.#session.client !== undefined && this.#list.connections === undefined && this.#list.fault === undefined;
  }

  #renderBody(words: AllStrings): TemplateResult | typeof nothing {
    const { connections, fault, waited } = this.#list;
    const { client, problem } = this.#session;
    const box = (content: TemplateResult, role?: 'alert') => html`<div class="box" role=${ifDefined(role)}>${content}</div>`;
    if (client === undefined) return box(message({ icon: 'CloudOff', title: words.noEdge, hint: problem ?? words.noEdgeHint }));
    if (fault?.code === 'forbidden') return box(message({ icon: 'Lock', title: words.refused, hint: words.refusedHint }));
    if (fault !== undefined) {
      const hint = this.#sentence(fault);
      return box(message({ icon: 'CloudOff', title: words.failed, hint, action: { label: words.retry, run: this.#retry } }), 'alert');
    }
    if (connections === undefined) return waited ? html`<div class="cards" aria-hidden="true">${[1, 2, 3].map(() => html`<div class="ghost"><i></i><i></i></div>`)}</div>` : nothing;
    if (connections.length === 0) return box(message({ icon: 'Inbox', title: words.noConnectors, hint: words.noConnectorsHint }));
    const parts = this.#parts(words);
    return html`<div class="cards">${repeat(connections, ({ connector }) => connector.name, (one, index) => renderCard(one, index, parts))}</div>`;
  }

  #parts(words: AllStrings): CardParts {
    const { mayShare, mayManage } = this.#list;
    const { doomed, tests, asksPath, busy, fault } = this;
    return {
      host: this, words, display: this.#display, mayShare, mayManage, doomed, tests, asksPath, busy, fault,
      onConnect: (connector) => void this.#openForm({ connector }),
      onReplace: (connector, replaces) => void this.#openForm({ connector, replaces }),
      onTest: (connector, credential, endpoint) => void this.#test(connector, credential, endpoint),
      onDoom: (key) => void this.#doom(key),
      onRemove: (connector, credential) => void this.#remove(connector, credential),
      onChangeApi: (connector) => void this.connectorForm.open(connector),
      onRemoveApi: (connector) => void this.#remove(connector),
    };
  }

  get #display(): DisplayContext {
    const { tenant } = this.#session.client ?? {};
    return { locale: this.#locale.current ?? tenant?.locale, timeZone: tenant?.timeZone };
  }

  #sentence({ code, detail }: ListFault): string {
    const { reasons } = this.#words;
    return (Object.hasOwn(reasons, code) ? reasons[code] : undefined) ?? detail;
  }

  async #openForm(wanted: Wanted): Promise<void> {
    await this.updateComplete;
    await this.credentialForm.open(wanted);
  }

  #retry = () => {
    void this.#list.load();
    this.requestUpdate();
  };

  async #test(connector: ConnectorInfo, credential: CredentialInfo, endpoint?: string): Promise<void> {
    const { client } = this.#session;
    if (client === undefined) return;
    const key = keyOf(connector, credential);
    if (this.tests.get(key) === 'pending') return;
    this.fault = this.asksPath = undefined;
    this.tests = new Map(this.tests).set(key, 'pending');
    if (endpoint !== undefined) void this.#focusTest(key);
    const tests = () => {
      const all = new Map(this.tests);
      all.delete(key);
      return all;
    };
    try {
      const tested = await createConnectors(client).test({ apiName: connector.name, credentials: credential.name, ...(endpoint && { endpoint }) });
      this.tests = tests().set(key, tested);
      void this.#list.load();
    } catch (error) {
      this.tests = tests();
      const { fields, general } = faultsOf(error, ['endpoint'], this.#words);
      this.fault = { key, text: fields['endpoint'] ?? general ?? '' };
      if (fields['endpoint'] !== undefined) this.asksPath = key;
    }
  }

  /** Where the path was typed is gone. */
  async #focusTest(key: string): Promise<void> {
    await this.updateComplete;
    [...this.renderRoot.querySelectorAll<HTMLElement>('[data-test]')].find(({ dataset }) => dataset['test'] === key)?.focus();
  }

  get #words(): AllStrings {
    return connectionStringsFor(this.#locale.current);
  }

  /** Asks whether it is meant, or no more. The focus goes to what is safe, or back to where it came from. */
  async #doom(key: string | undefined): Promise<void> {
    const before = this.doomed;
    this.doomed = key;
    this.fault = undefined;
    await this.updateComplete;
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('.keep, [data-doom]')];
    all.find((one) => (key === undefined ? one.dataset['doom'] === before : one.classList.contains('keep')))?.focus();
  }

  async #remove(connector: ConnectorInfo, credential?: CredentialInfo): Promise<void> {
    const { client } = this.#session;
    if (client === undefined || this.busy) return;
    const label = connector.label ?? connector.name;
    const words = this.#words;
    const key = keyOf(connector, credential);
    this.busy = true;
    try {
      if (credential) await createCredentials(client).remove(credential.name, { shared: credential.shared });
      else await createConnectors(client).remove(connector.name);
      await this.#changed(client, connector.name, credential ? words.removed(label) : words.apiRemoved(label));
    } catch (error) {
      this.fault = { key, text: inWords(error, words) };
    } finally {
      this.busy = false;
      this.doomed = undefined;
    }
    await this.updateComplete;
    this.#focusCard(connector.name);
  }

  #saved = async (event: FormSavedEvent): Promise<void> => {
    const { client } = this.#session;
    if (client === undefined) return;
    const words = this.#words;
    await this.#changed(client, event.api, '');
    const label = this.#list.connections?.find(({ connector }) => connector.name === event.api)?.connector.label ?? event.api;
    this.announcement = { text: event.ofApi ? words.apiSaved(label) : words.saved(label) };
    await this.updateComplete;
    this.#focusCard(event.api);
  };

  #closed = () => {
    this.dispatchEvent(new FormClosedEvent());
  };

  async #changed(client: CcmClient, name: string, announcement: string): Promise<void> {
    this.tests = new Map();
    this.fault = this.asksPath = undefined;
    this.announcement = { text: announcement };
    // The list here hears of it like any other.
    this.dispatchEvent(new CcmConnectionChangeEvent({ name }));
    if (client === this.#session.client) await this.#list.ready();
  }

  /** Where the focus was is gone: it goes to what it was about. */
  #focusCard(name: string): void {
    const root = this.renderRoot as ShadowRoot;
    if (this.formOnly || root.activeElement !== null) return;
    const card = [...root.querySelectorAll<HTMLElement>('.card')].find(({ dataset }) => dataset['api'] === name);
    (card?.querySelector<HTMLElement>('h3') ?? root.querySelector<HTMLElement>('#heading'))?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-connections': CcmConnections;
  }
}
