import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CatalogueItem, CcmClient } from '../../../sdk/client/client.js';
import { CcmElement } from '../../core/base-element.js';
import { englishDashboard } from '../../core/dashboard-strings.js';
import { icon } from '../../core/icons.js';
import { stringsWith } from '../../core/localize.js';
import { dashboardStyles } from '../dashboard.styles.js';
import { dialogStyles } from './dialog.styles.js';

/** A widget was chosen. Stays inside the shadow root that holds the dialog. */
export class WidgetChosenEvent extends Event {
  readonly widget: CatalogueItem;

  constructor(widget: CatalogueItem) {
    super('ccm-widget-chosen');
    this.widget = widget;
  }
}

/** The list of the catalogue, by category, to add from. @internal */
export class CcmAddDialog extends CcmElement {
  static override styles = [dashboardStyles, dialogStyles];

  @property({ attribute: false }) client?: CcmClient;
  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';

  /** Ids that are on the dashboard already. */
  @property({ attribute: false }) present: ReadonlySet<string> = new Set();

  @query('dialog') private dialog!: HTMLDialogElement;

  @state() private items: CatalogueItem[] | undefined;
  @state() private fault = false;
  @state() private words = '';

  open(): void {
    this.words = '';
    this.dialog.showModal();
    void this.#load();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client')) this.items = undefined;
  }

  override render(): TemplateResult {
    const strings = stringsWith(englishDashboard, this.locale);
    return html`<dialog aria-labelledby="title" @click=${(event: Event) => event.target === this.dialog && this.dialog.close()}>
      <header>
        <h2 id="title">${strings.addWidget}</h2>
        <button class="close" type="button" aria-label=${strings.close} @click=${() => this.dialog.close()}>${icon('X', this)}</button>
      </header>
      <input
        class="find"
        type="search"
        autofocus
        placeholder=${strings.searchWidgets}
        aria-label=${strings.searchWidgets}
        .value=${this.words}
        @input=${(event: Event) => (this.words = (event.target as HTMLInputElement).value)}
      />
      <div class="choices">${this.#renderChoices()}</div>
    </dialog>`;
  }

  #renderChoices(): TemplateResult {
    const strings = stringsWith(englishDashboard, this.locale);
    if (this.fault) return html`<p>${strings.failed} <button type="button" @click=${() => this.#load()}>${strings.retry}</button></p>`;
    if (!this.items) return html`<p role="status">${strings.loading}</p>`;
    const found = this.items.filter((item) => holds(item, this.words));
    if (found.length === 0) return html`<p role="status">${this.items.length === 0 ? strings.nothingToAdd : strings.nothingFound}</p>`;
    return html`${[...byCategory(found, strings.otherCategory)].map(
      ([category, items]) => html`<h3>${category}</h3>
        <ul>
          ${items.map((item) => html`<li>${this.#renderChoice(item)}</li>`)}
        </ul>`,
    )}`;
  }

  #renderChoice(item: CatalogueItem): TemplateResult {
    return html`<button class="choice" type="button" @click=${() => this.#choose(item)}>
      ${icon(item.icon ?? 'Box', this)}
      <div><b>${item.title}</b>${item.description ? html`<span>${item.description}</span>` : nothing}</div>
      ${this.present.has(item.id) ? html`<span>${stringsWith(englishDashboard, this.locale).onDashboard}</span>` : nothing}
    </button>`;
  }

  async #load(): Promise<void> {
    this.fault = false;
    try {
      const items: CatalogueItem[] = [];
      let cursor: string | undefined;
      do {
        const page = await this.client?.widgets.list({ limit: 100, ...(cursor ? { cursor } : {}) });
        items.push(...(page?.items ?? []));
        cursor = page?.cursor;
      } while (cursor);
      this.items = items.sort((a, b) => a.title.localeCompare(b.title, this.locale));
    } catch {
      this.fault = true;
    }
  }

  #choose(item: CatalogueItem): void {
    this.dialog.close();
    this.dispatchEvent(new WidgetChosenEvent(item));
  }
}

function holds({ title, description = '', tags = [], category = '' }: CatalogueItem, words: string): boolean {
  const text = [title, description, category, ...tags].join(' ').toLocaleLowerCase();
  return words.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function byCategory(items: readonly CatalogueItem[], other: string): Map<string, CatalogueItem[]> {
  const groups = new Map<string, CatalogueItem[]>();
  for (const category of [...new Set(items.map((item) => item.category ?? other))].sort()) groups.set(category, items.filter((item) => (item.category ?? other) === category));
  return groups;
}
