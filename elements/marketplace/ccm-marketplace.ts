import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CatalogueItem, ViewerParams } from '../../sdk/client/client.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';
import { CcmElement } from '../core/base-element.js';
import { buttonStyles } from '../core/button.styles.js';
import { contextChanged } from '../core/context.js';
import { ensure } from '../core/ensure.js';
import { CcmErrorEvent, CcmReadyEvent, CcmWidgetAddEvent } from '../core/events.js';
import { icon } from '../core/icons.js';
import { LocaleController } from '../core/locale.js';
import { stringsFor, wordsOf } from '../core/localize.js';
import { englishMarketplace } from '../core/marketplace-strings.js';
import { message, messageStyles } from '../core/message.js';
import { newItemId } from '../core/new-item-id.js';
import { SessionController } from '../core/session.js';
import { ThemeController } from '../core/theme.js';
import { WidgetChosenEvent } from '../core/widget-chosen-event.js';
import { CatalogueSearch } from './catalogue-search.js';
import { categoriesOf, fitting, tagsOf, type Sort, type Wish } from './catalogue.js';
import { renderDetails } from './details.js';
import { renderEntry } from './entry.js';
import { kindsWithout } from './kinds-in-catalogue.js';
import { marketplaceStyles } from './marketplace.styles.js';

const SORTS = ['title', 'category', 'author'] as const;
const MOST_TAGS = 12;
const EDITOR = 'ccm-definition-editor';

interface DefinitionEditor extends HTMLElement {
  create(draft?: object): Promise<void>;
  edit(id: string): Promise<void>;
}
interface Dashboard extends HTMLElement {
  /** Resolves to whether it did. */
  addWidget?(widget: CatalogueItem): Promise<boolean>;
}

/**
 * The widgets that there are for the viewer: search as you type, narrow down, look at one with its real data, add it. With `for` it adds to
 * that dashboard, else the page hears `ccm-widget-add` and does with it what it wants. Who may make widgets makes and changes them here.
 *
 * @summary The catalogue: browse, search, preview, add.
 * @tagname ccm-marketplace
 * @attr {string} edge - Address of the edge; default: the nearest provider's, else where ccm.js came from.
 * @attr {string} token - A JWT for that edge.
 * @attr {string} token-endpoint - Address on the host page's origin that answers a POST with `{token, expiresAt}`.
 * @attr {string} category - Category that is shown at first.
 * @attr {string} query - Words that are searched at first.
 * @attr {string} for - Id of the dashboard that widgets are added to.
 * @attr {'light' | 'dark' | 'auto'} theme - Look.
 * @attr {string} locale - BCP 47 tag for numbers, times and words.
 * @fires {CcmWidgetAddEvent} ccm-widget-add - A widget was added: `{widgetId, itemId}`.
 * @fires {CcmErrorEvent} ccm-error - The catalogue could not be loaded: `{code, detail}`.
 * @fires {CcmReadyEvent} ccm-ready - The catalogue is shown.
 * @fires {CcmAuthRequiredEvent} ccm-auth-required - No token that the edge accepts can be had: `{reason}`.
 * @csspart search - The search field.
 * @csspart list - The widgets.
 * @csspart details - What is said of the chosen one, and its preview.
 * @cssproperty --ccm-surface - Background of cards and fields.
 * @cssproperty --ccm-border - Colour of hairlines.
 * @cssproperty --ccm-text - Colour of text.
 * @cssproperty --ccm-muted - Colour of secondary text.
 * @cssproperty --ccm-accent - The one accent.
 * @cssproperty --ccm-on-accent - Text on the accent.
 * @cssproperty --ccm-warning - Colour of what is missing.
 * @cssproperty --ccm-radius-control - Radius of buttons and fields.
 * @cssproperty --ccm-font - Font family; default: the page's.
 */
export class CcmMarketplace extends CcmElement {
  static override styles = [messageStyles, buttonStyles, marketplaceStyles];

  @property() edge?: string;
  @property() token?: string;
  @property({ attribute: 'token-endpoint' }) tokenEndpoint?: string;
  @property() category?: string;
  @property() query = '';
  @property({ attribute: 'for' }) htmlFor?: string;
  @property() theme?: 'light' | 'dark' | 'auto';
  @property() locale?: string;

  /** Gives a JWT whenever a new one is needed. */
  @property({ attribute: false }) getToken?: () => Promise<string>;

  /** @internal Ids that are on the dashboard already. */
  @property({ attribute: false }) present: ReadonlySet<string> = new Set();

  /** @internal What a dashboard's viewers set for all of its widgets: the preview is of the same time. */
  @property({ attribute: false }) shared?: ViewerParams;

  /** @internal Choosing is told by `ccm-widget-chosen` to the shadow root around it, and nothing else. */
  @property({ attribute: false }) inside = false;

  @query('.search') private searchField?: HTMLInputElement | null;
  @query(EDITOR) private editor?: DefinitionEditor | null;

  @state() private words = '';
  @state() private narrowed: string | undefined;
  @state() private tags: ReadonlySet<string> = new Set();
  @state() private sort: Sort = 'title';
  @state() private chosen: string | undefined;
  /** Where there is no room beside the list: the chosen one is shown instead of it. */
  @state() private opened = false;
  @state() private said = '';
  /** The code of the editor is there. */
  @state() private edits = false;

  /** Enter was pressed before there was a list: its first is added once it is there. */
  #entered = false;

  readonly #session = new SessionController(this, () => this);
  readonly #theme = new ThemeController(this, () => this.theme);
  readonly #locale = new LocaleController(this, () => this.locale, () => this.#session.client?.tenant?.locale);
  readonly #catalogue = new CatalogueSearch(this, (what) => {
    if (what !== 'ready') return void this.dispatchEvent(new CcmErrorEvent(what));
    void this.updateComplete.then(() => this.dispatchEvent(new CcmReadyEvent()));
    const [first] = this.#found();
    if (this.#entered && first) void this.#add(first);
    this.#entered = false;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    ensure('ccm-widget').catch(() => undefined);
  }

  override focus(): void {
    void this.updateComplete.then(() => this.searchField?.focus());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('query')) this.#search(this.query);
    if (changed.has('category')) this.narrowed = this.category || undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if ((['edge', 'token', 'tokenEndpoint', 'getToken', 'theme', 'locale'] as const).some((name) => changed.has(name))) contextChanged(this);
    this.#catalogue.open(this.#session.client);
  }

  protected override render(): TemplateResult {
    const words = wordsOf('marketplace', englishMarketplace, this.#locale.current);
    const strings = stringsFor(this.#locale.current);
    const { problem, client } = this.#session;
    if (problem !== undefined || !client) return html`${message({ icon: 'CloudOff', title: strings.noEdge, hint: problem ?? strings.noEdgeHint })}`;
    const { fault, items } = this.#catalogue;
    if (fault !== undefined && !items) {
      const hint = strings.reasons[fault.code] ?? fault.detail;
      return html`${message({ icon: 'TriangleAlert', title: strings.failed, hint, action: { label: strings.retry, run: () => void this.#catalogue.load() } })}`;
    }
    const all = items ?? [];
    const found = this.#found();
    const chosen = found.find(({ id }) => id === this.chosen) ?? found[0];
    return html`<div class=${this.opened ? 'market opened' : 'market'}>
      <div class="browse">
        <div class="head">
          <input class="search" part="search" type="search" autocomplete="off" placeholder=${words.search} aria-label=${words.search} aria-describedby="keys"
            .value=${this.words} @input=${this.#onSearch} @keydown=${this.#onSearchKey} />
          <span id="keys" class="visually-hidden">${words.keys}</span>
          <label class="sort"><span class="visually-hidden">${words.sortBy}</span>
            <select @change=${(event: Event) => (this.sort = (event.target as HTMLSelectElement).value as Sort)}>
              ${SORTS.map((sort) => html`<option value=${sort} .selected=${sort === this.sort}>${{ title: words.byTitle, category: words.byCategory, author: words.byAuthor }[sort]}</option>`)}
            </select></label>
          ${this.#mayMake ? html`<button class="make" type="button" @click=${() => void this.#edit()}>${icon('FilePlus', this)} ${words.newWidget}</button>` : nothing}
        </div>
        ${all.length > 0 ? this.#renderChoices(all) : nothing}
        ${items ? this.#renderList(found, chosen) : html`<div class="ghosts" aria-busy="true" aria-label=${strings.loading}>${[1, 2, 3, 4, 5].map(() => html`<div class="ghost"></div>`)}</div>`}
      </div>
      ${chosen
        ? html`<div class="beside" part="details">${renderDetails({
            host: this, words, item: chosen, shared: this.shared, kind: stringsFor(this.#locale.current).settings?.choices?.[chosen.type] ?? chosen.type, onAdd: () => void this.#add(chosen), onBack: () => this.#back(),
            onChange: this.#mayMake && chosen.permissions !== undefined ? () => void this.#edit(chosen.id) : undefined,
          })}</div>`
        : nothing}
    </div>
    <p class="visually-hidden" role="status">${this.said}</p>
    ${this.edits ? html`<ccm-definition-editor data-theme=${this.#theme.current} .theme=${this.#theme.current} .client=${client} .locale=${this.#locale.current} @ccm-definition-change=${() => void this.#catalogue.load()}></ccm-definition-editor>` : nothing}`;
  }

  #renderChoices(all: readonly CatalogueItem[]): TemplateResult {
    const words = wordsOf('marketplace', englishMarketplace, this.#locale.current);
    const categories = categoriesOf(all, this.#locale.current);
    const within = fitting(all, { ...this.#wish, category: undefined }, undefined);
    const counts = new Map(categoriesOf(within, undefined));
    const tags = tagsOf(all, MOST_TAGS);
    const chip = (label: string, on: boolean, act: () => void, count?: number) =>
      html`<button class="chip" type="button" aria-pressed=${on ? 'true' : 'false'} @click=${act}>${label}${count === undefined ? nothing : html` <span class="count">${count}</span>`}</button>`;
    return html`${categories.length > 1
      ? html`<div class="chips" role="group" aria-label=${words.category}>
          ${chip(words.allCategories, this.narrowed === undefined, () => (this.narrowed = undefined), within.length)}
          ${categories.map(([category]) => chip(category || words.otherCategory, this.narrowed === category, () => (this.narrowed = this.narrowed === category ? undefined : category), counts.get(category) ?? 0))}
        </div>`
      : nothing}
    ${tags.length > 0
      ? html`<div class="chips small" role="group" aria-label=${words.tags}>${tags.map((tag) => chip(tag, this.tags.has(tag), () => this.#toggleTag(tag)))}</div>`
      : nothing}`;
  }

  #renderList(found: readonly CatalogueItem[], chosen: CatalogueItem | undefined): TemplateResult {
    const words = wordsOf('marketplace', englishMarketplace, this.#locale.current);
    const { items = [], cut, kinds } = this.#catalogue;
    if (items.length === 0) return html`${message({ icon: 'Inbox', title: words.nothingThere, hint: words.nothingThereHint })}`;
    const without = this.#mayMake ? kindsWithout(kinds, items) : [];
    return html`<p class="number" role="status">${words.found(found.length)}${cut ? ` · ${words.more}` : ''}</p>
      ${found.length === 0 ? message({ icon: 'SearchX', title: words.nothingFound, action: { label: words.clear, run: () => this.#clear() } }) : nothing}
      <ul class="list" part="list" role="list">
        ${repeat(found, ({ id }) => id, (item) => renderEntry({
          host: this, words, item, chosen: item === chosen, present: this.present.has(item.id),
          onChoose: () => (this.chosen = item.id), onOpen: () => this.#open(item), onAdd: () => void this.#add(item), onKey: (event) => this.#onEntryKey(event, item),
        }))}
      </ul>
      ${without.length > 0
        ? html`<h3>${words.kindsWithout}</h3><ul class="list" role="list">${without.map((kind) => html`<li class="entry kind">
            ${icon(kind.icon ?? 'Box', this)}<span class="about"><b>${kind.name}</b>${kind.description ? html`<span>${kind.description}</span>` : nothing}</span>
            <button type="button" aria-label=${words.setUpNamed(kind.name)} @click=${() => void this.#setUp(kind)}>${words.setUp}</button></li>`)}</ul>`
        : nothing}`;
  }

  #found(): CatalogueItem[] {
    return fitting(this.#catalogue.items ?? [], this.#wish, this.#locale.current);
  }

  get #wish(): Wish {
    return { words: this.words, category: this.narrowed, tags: this.tags, sort: this.sort };
  }

  /** The edge tells permissions to those alone who may change definitions. */
  get #mayMake(): boolean {
    return this.#catalogue.items?.some(({ permissions }) => permissions !== undefined) ?? false;
  }

  #toggleTag(tag: string): void {
    this.tags = this.tags.has(tag) ? new Set([...this.tags].filter((other) => other !== tag)) : new Set([...this.tags, tag]);
  }

  #clear(): void {
    this.#search('');
    this.narrowed = undefined;
    this.tags = new Set();
    this.focus();
  }

  #search(words: string): void {
    this.words = words;
    this.#catalogue.search(words);
  }

  #onSearch = (event: Event): void => {
    this.#search((event.target as HTMLInputElement).value);
    this.chosen = undefined;
    this.#entered = false;
  };

  #onSearchKey = (event: KeyboardEvent): void => {
    const [first] = this.#found();
    if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      this.#focusEntry(0);
    } else if (event.key === 'Enter' && this.words.trim() !== '') {
      event.preventDefault();
      // A key that is held down is meant for one.
      if (event.repeat) return;
      if (first) void this.#add(first);
      else this.#entered = this.#catalogue.items === undefined;
    }
  };

  #onEntryKey(event: KeyboardEvent, item: CatalogueItem): void {
    const found = this.#found();
    const at = found.indexOf(item);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: found.length - 1 }[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      if (!event.repeat) void this.#add(item);
    } else if (to !== undefined) {
      event.preventDefault();
      if (to < 0) this.searchField?.focus();
      else this.#focusEntry(Math.min(to, found.length - 1));
    }
  }

  #focusEntry(index: number): void {
    this.renderRoot.querySelectorAll<HTMLElement>('.entry .what')[index]?.focus();
  }

  #open(item: CatalogueItem): void {
    this.chosen = item.id;
    this.opened = true;
  }

  #back(): void {
    this.opened = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.chosen .what')?.focus());
  }

  async #add(item: CatalogueItem): Promise<void> {
    const { added, notAdded } = wordsOf('marketplace', englishMarketplace, this.#locale.current);
    const dashboard = this.htmlFor === undefined ? null : (this.getRootNode() as Document | ShadowRoot).querySelector<Dashboard>(`#${CSS.escape(this.htmlFor)}`);
    let isAdded = true;
    if (this.inside) this.dispatchEvent(new WidgetChosenEvent(item));
    else if (dashboard?.addWidget) isAdded = await dashboard.addWidget(item).catch(() => false);
    else this.dispatchEvent(new CcmWidgetAddEvent({ widgetId: item.id, itemId: newItemId() }));
    this.said = (isAdded ? added : notAdded)(item.title);
  }

  async #edit(id?: string): Promise<void> {
    await this.#withEditor((editor) => (id === undefined ? editor.create() : editor.edit(id)));
  }

  async #setUp({ tag, name, icon: named, sizes, sample }: WidgetKind): Promise<void> {
    const draft = { type: 'custom', title: name, ...(named ? { icon: named } : {}), size: sizes?.default ?? 'medium', customConfig: { element: tag, options: sample.options } };
    await this.#withEditor((editor) => editor.create(draft));
  }

  /** Loads the editor where it is not here. What goes wrong is told, to the page and to who hears. */
  async #withEditor(use: (editor: DefinitionEditor) => Promise<void>): Promise<void> {
    try {
      await ensure(EDITOR);
      this.edits = true;
      await this.updateComplete;
      if (this.editor) await use(this.editor);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.said = detail;
      this.dispatchEvent(new CcmErrorEvent({ code: 'load', detail }));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-marketplace': CcmMarketplace;
  }
}
