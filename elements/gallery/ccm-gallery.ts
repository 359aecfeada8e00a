import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CcmClient } from '../../sdk/client/client.js';
import type { WidgetSize } from '../../sdk/contract/widget.js';
import { onWidgetKind } from '../../sdk/define/define-widget.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';
import { CcmElement } from '../core/base-element.js';
import { ensure } from '../core/ensure.js';
import { CcmErrorEvent, CcmReadyEvent } from '../core/events.js';
import { kinds } from '../core/kinds.js';
import { stringsFor } from '../core/localize.js';
import { ThemeController } from '../core/theme.js';
import { galleryStyles } from './ccm-gallery.styles.js';
import { roomOf, type Exhibit, type Room } from './exhibits.js';
import { sampleClient } from './sample-client.js';
import { STATES, type GalleryState } from './states.js';

/**
 * Every kind of widget in every state, with sample data and no edge: the built-in types, and those that the page defined by
 * `defineWidget`. For who makes a kind, and for who looks at all of them.
 *
 * @summary Every kind of widget in every state.
 * @tagname ccm-gallery
 * @attr {string} kind - Tags of the kinds that are shown, divided by spaces; default: all.
 * @attr {string} states - States that are shown, divided by spaces: `fresh loading stale failed refused empty unusable credential`; default: all.
 * @attr {string} size - Size of all widgets; default: that which suits the kind.
 * @attr {'light' | 'dark' | 'auto'} theme - Look.
 * @attr {string} locale - BCP 47 tag for numbers, times and words.
 * @fires {CcmReadyEvent} ccm-ready - All are on the page.
 * @fires {CcmErrorEvent} ccm-error - The kinds could not be loaded: `{code, detail}`.
 * @cssproperty --ccm-text - Colour of text.
 * @cssproperty --ccm-muted - Colour of secondary text.
 * @cssproperty --ccm-font - Font family; default: the page's.
 */
export class CcmGallery extends CcmElement {
  static override styles = galleryStyles;

  @property() kind?: string;
  @property() states?: string;
  @property() size?: WidgetSize;
  @property() theme?: 'light' | 'dark' | 'auto';
  @property() locale?: string;

  @state() private rooms: readonly Room[] = [];
  @state() private failed = false;

  readonly #theme = new ThemeController(this, () => this.theme);
  #client: CcmClient = sampleClient(new Map());
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = onWidgetKind(() => void this.#load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated || changed.has('kind') || changed.has('states') || changed.has('size')) void this.#load();
  }

  protected override render(): TemplateResult {
    const fault = this.failed ? html`<p class="fault" role="alert">${stringsFor(this.locale).failed}</p>` : nothing;
    return html`${fault}<ccm-provider .client=${this.#client} .theme=${this.#theme.current} .locale=${this.locale}>
      ${this.rooms.map(({ kind, samples, states }) => html`<section aria-labelledby=${kind.tag}>
        <h2 id=${kind.tag}>${kind.name}</h2>
        <p>${kind.description ?? ''}</p>
        ${exhibits(samples)} ${exhibits(states)}
      </section>`)}
    </ccm-provider>`;
  }

  async #load(): Promise<void> {
    try {
      const [all] = await Promise.all([kinds(), ensure('ccm-widget')]);
      this.failed = false;
      this.#show(all);
    } catch (error) {
      this.failed = true;
      this.dispatchEvent(new CcmErrorEvent({ code: 'load', detail: error instanceof Error ? error.message : String(error) }));
    }
  }

  #show(all: readonly WidgetKind[]): void {
    const wanted = this.kind?.split(/\s+/).filter(Boolean);
    const states = this.states?.split(/\s+/).filter((one): one is GalleryState => (STATES as readonly string[]).includes(one));
    const rooms = all.filter(({ tag }) => !wanted?.length || wanted.includes(tag)).map((kind) => roomOf(kind, states, this.size));
    const shown = rooms.flatMap(({ samples, states: inStates }) => [...samples, ...inStates]);
    this.#client = sampleClient(new Map(shown.map(({ id, snapshot }) => [id, snapshot])));
    this.rooms = rooms;
    void this.updateComplete.then(() => this.dispatchEvent(new CcmReadyEvent()));
  }
}

function exhibits(all: readonly Exhibit[]): TemplateResult {
  return html`<ul role="list">${all.map(({ id, caption, size }) => html`<li class=${size}><small>${caption}</small><ccm-widget widget=${id}></ccm-widget></li>`)}</ul>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-gallery': CcmGallery;
  }
}
