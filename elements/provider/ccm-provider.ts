import { css, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { CcmClient } from '../../sdk/client/client.js';
import { CcmElement } from '../core/base-element.js';
import { contextChanged } from '../core/context.js';
import { SessionController } from '../core/session.js';

/**
 * Shares one edge, one token and one connection with the elements inside it, across shadow roots.
 *
 * @summary Shares one edge, one token and one connection with the elements inside it.
 * @tagname ccm-provider
 * @slot - The elements that share it, anywhere below.
 * @attr {string} edge - Address of the edge, for example `https://edge.example`.
 * @attr {string} token - A JWT. Setting another renews it without a reload.
 * @attr {string} token-endpoint - Address on the host page's origin that answers a POST with `{token, expiresAt}`.
 * @attr {string} locale - BCP 47 tag for numbers, times and words.
 * @attr {'light' | 'dark' | 'auto'} theme - Look of the elements inside; without it that of the page.
 * @fires {CcmAuthRequiredEvent} ccm-auth-required - No token that the edge accepts can be had: `{reason}`.
 */
export class CcmProvider extends CcmElement {
  /** A wrapper, not a box: the page's layout sees the children. */
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  @property() edge?: string;

  @property() token?: string;

  @property({ attribute: 'token-endpoint' }) tokenEndpoint?: string;

  @property() locale?: string;

  @property({ reflect: true }) theme?: 'light' | 'dark' | 'auto';

  /** Gives a JWT whenever a new one is needed; instead of `token` or `tokenEndpoint`. */
  @property({ attribute: false }) getToken?: () => Promise<string>;

  /** A client that the page made itself; counts before all else. */
  @property({ attribute: false }) client?: CcmClient;

  readonly #session = new SessionController(this, () => this);

  /** The client in use; undefined where neither this element nor one around it names an edge. */
  get currentClient(): CcmClient | undefined {
    return this.#session.client;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.size > 0) contextChanged(this);
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-provider': CcmProvider;
  }
}
