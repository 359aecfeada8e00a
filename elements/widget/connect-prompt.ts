import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { CatalogueItem, CcmClient } from '../../sdk/client/client.js';
import { createConnectors } from '../../sdk/client/connectors.js';
import type { ConnectorInfo } from '../../sdk/contract/connector.js';
import { CcmConnectionChangeEvent } from '../core/connection-event.js';
import { connectionStringsFor } from '../core/localize-connections.js';
import type { ConnectionsElement } from '../core/connections-element.js';
import type { ContextValues } from '../core/context.js';
import { ensure } from '../core/ensure.js';
import { CcmErrorEvent } from '../core/events.js';
import type { Message } from '../core/message.js';

/** The widget as this needs it. */
type Host = ReactiveControllerHost & HTMLElement & ContextValues & { widget?: string; readonly client: CcmClient | undefined; refresh(): void };

/** What the widget's source asks for. */
interface Requirement {
  api?: string;
  /** For people. */
  label?: string;
  /** Name that the credential has to have. */
  credential?: string;
}

const TAG = 'ccm-connections';
/** Milliseconds between two looks of which the first failed. */
const REST = 10_000;
/** Milliseconds in which the widgets of a page share one list of connectors. */
const SHARED = 10_000;
const connectors = new WeakMap<CcmClient, Promise<readonly ConnectorInfo[]>>();

/** One request, however many widgets of the page wait; what was renamed since is asked for again. */
function connectorsOf(client: CcmClient): Promise<readonly ConnectorInfo[]> {
  let asked = connectors.get(client);
  if (asked === undefined) {
    asked = createConnectors(client).list().then(({ items }) => items);
    connectors.set(client, asked);
    const forget = () => connectors.delete(client);
    asked.then(() => setTimeout(forget, SHARED), forget);
  }
  return asked;
}

/**
 * What a widget offers while its source waits for a credential: the form for its API, over the page. It asks again after
 * any connection changed, whoever's form that was. Loaded with the first widget that waits.
 */
export class ConnectPrompt implements ReactiveController {
  readonly #host: Host;
  /** What was looked up, and for whom. */
  #asked: { widget: string; client: CcmClient; done: Promise<void>; failedAt?: number } | undefined;
  #requires: Requirement = {};
  /** The form's element is in the widget; it stays, so that what is on its way is not lost. */
  #open = false;
  #saved = false;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener(CcmConnectionChangeEvent.type, this.#changed);
  }

  hostDisconnected(): void {
    document.removeEventListener(CcmConnectionChangeEvent.type, this.#changed);
  }

  /** The one thing to do, named after the API as soon as that is known. */
  action(locale: string | undefined): NonNullable<Message['action']> {
    void this.#look();
    const words = connectionStringsFor(locale);
    const { label } = this.#requires;
    return { label: label === undefined ? words.connect : words.connectTo(label), run: () => void this.#connect() };
  }

  /** What stands in the host's shadow root; nothing until the form was asked for. */
  template(): TemplateResult | typeof nothing {
    if (!this.#open) return nothing;
    const { edge, token, tokenEndpoint, getToken, theme, locale } = this.#host;
    // As properties: a token that the page gave as one stays out of the document.
    return html`<ccm-connections data-form-only .edge=${edge} .token=${token} .tokenEndpoint=${tokenEndpoint} .getToken=${getToken}
      theme=${ifDefined(theme)} .locale=${locale} @ccm-connection-change=${() => (this.#saved = true)} @ccm-form-closed=${this.#closed}></ccm-connections>`;
  }

  /** Resolves when it is known which API it is, or that this cannot be known now. One that failed is tried again after a rest of so many milliseconds. */
  #look(rest = REST): Promise<void> {
    const { widget, client } = this.#host;
    const asked = this.#asked;
    const isSame = asked?.widget === widget && asked?.client === client;
    if (isSame && (asked?.failedAt === undefined || performance.now() - asked.failedAt < rest)) return asked?.done ?? Promise.resolve();
    if (!isSame) this.#requires = {};
    if (widget === undefined || client === undefined) {
      this.#asked = undefined;
      return Promise.resolve();
    }
    const done = this.#ask(widget, client);
    this.#asked = { widget, client, done };
    return done;
  }

  async #ask(widget: string, client: CcmClient): Promise<void> {
    const isCurrent = () => this.#asked?.widget === widget && this.#asked.client === client;
    try {
      const { requires } = (await client.widgets.get(widget)).data as CatalogueItem;
      const { connector: api, credential } = requires ?? {};
      if (isCurrent()) this.#requires = { ...(api && { api, label: api }), ...(credential && { credential }) };
      const label = api === undefined ? undefined : (await connectorsOf(client)).find(({ name }) => name === api)?.label;
      if (!isCurrent()) return;
      if (label) this.#requires = { ...this.#requires, label };
      this.#host.requestUpdate();
    } catch {
      // The button does without what is not known.
      if (isCurrent() && this.#asked) this.#asked.failedAt = performance.now();
    }
  }

  async #connect(): Promise<void> {
    const host = this.#host;
    try {
      await Promise.all([ensure(TAG), this.#look(0)]);
    } catch (error) {
      host.dispatchEvent(new CcmErrorEvent({ code: 'load', detail: String(error) }));
      return;
    }
    this.#open = true;
    this.#saved = false;
    host.requestUpdate();
    await host.updateComplete;
    const { api, credential } = this.#requires;
    await host.shadowRoot?.querySelector<ConnectionsElement>(TAG)?.connect(api, credential);
  }

  #changed = (event: Event): void => {
    const { name } = (event as CustomEvent<{ name: string }>).detail;
    const { api } = this.#requires;
    if (api === undefined || api === name) this.#host.refresh();
  };

  /** The button that opened it goes with what it was for. */
  #closed = (): void => {
    if (this.#saved) this.#host.shadowRoot?.querySelector<HTMLElement>('.menu-button')?.focus();
  };
}
