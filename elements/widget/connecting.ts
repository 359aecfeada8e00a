import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { CatalogueItem, CcmClient } from '../../sdk/client/client.js';
import { createConnectors } from '../../sdk/client/connectors.js';
import type { ConnectorInfo } from '../../sdk/contract/connector.js';
import { connectionWords } from '../core/connection-words.js';
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
const EVENT = 'ccm-connection-change';
const connectors = new WeakMap<CcmClient, Promise<readonly ConnectorInfo[]>>();

/** One request a page, however many of its widgets wait. */
function connectorsOf(client: CcmClient): Promise<readonly ConnectorInfo[]> {
  let asked = connectors.get(client);
  if (asked === undefined) {
    asked = createConnectors(client).list().then(({ items }) => items);
    connectors.set(client, asked);
    asked.catch(() => connectors.delete(client));
  }
  return asked;
}

/**
 * What a widget offers while its source waits for a credential: the form for its API, over the page. It asks again after
 * any connection changed, whoever's form that was. Loaded with the first widget that waits.
 */
export class Connecting implements ReactiveController {
  readonly #host: Host;
  #asked: string | undefined;
  #requires: Requirement = {};
  /** The form's element is in the widget; it stays, so that what is on its way is not lost. */
  #open = false;
  #saved = false;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener(EVENT, this.#changed);
  }

  hostDisconnected(): void {
    document.removeEventListener(EVENT, this.#changed);
  }

  /** The one thing to do, named after the API as soon as that is known. */
  action(locale: string | undefined): NonNullable<Message['action']> {
    void this.#look();
    const words = connectionWords(locale);
    const { label } = this.#requires;
    return { label: label === undefined ? words.connect : words.connectTo(label), run: () => void this.#connect() };
  }

  /** What stands in the host's shadow root; nothing until the form was asked for. */
  template(): TemplateResult | typeof nothing {
    if (!this.#open) return nothing;
    const { edge, token, tokenEndpoint, getToken, theme, locale } = this.#host;
    return html`<ccm-connections data-form-only edge=${ifDefined(edge)} token=${ifDefined(token)} token-endpoint=${ifDefined(tokenEndpoint)}
      theme=${ifDefined(theme)} locale=${ifDefined(locale)} .getToken=${getToken}
      @ccm-connection-change=${() => (this.#saved = true)} @ccm-form-closed=${this.#closed}></ccm-connections>`;
  }

  async #look(): Promise<void> {
    const { widget, client } = this.#host;
    if (widget === undefined || client === undefined || widget === this.#asked) return;
    this.#asked = widget;
    this.#requires = {};
    try {
      const { requires } = (await client.widgets.get(widget)).data as CatalogueItem;
      const { connector: api, credential } = requires ?? {};
      const label = api === undefined ? undefined : (await connectorsOf(client)).find(({ name }) => name === api)?.label ?? api;
      if (this.#asked !== widget) return;
      this.#requires = { ...(api && { api }), ...(label && { label }), ...(credential && { credential }) };
      this.#host.requestUpdate();
    } catch {
      // The button does without its name; which API it is, is then chosen in the form.
    }
  }

  async #connect(): Promise<void> {
    const host = this.#host;
    try {
      await ensure(TAG);
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
