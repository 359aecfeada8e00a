import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { TableConfig } from '../../../sdk/contract/display.js';
import type { Formatter } from '../../../sdk/data/format.js';
import { rowKeyOf, rowsOf, rowsPath } from '../../../sdk/data/rows.js';
import { CcmActionEvent } from '../../core/events.js';
import { formatterFor } from '../../core/formatters.js';
import { stringsFor } from '../../core/localize.js';
import { styleProperty } from '../../core/style-property.js';
import { WidgetView } from '../../core/widget-view.js';
import { titleCut } from './cells.js';
import { columnsOf, type Column } from './columns.js';
import { RowPool } from './row-pool.js';
import { nextSorting, searchRows, sortedRows, type Sorting } from './rows.js';
import { tableStyles } from './table.styles.js';

const PAGE_SIZE = 25;
const ROW_HEIGHT = 36;
const ACTION_WIDTH = 84;

/**
 * Rows and columns: sorted by a press on a head, searched, in pages or as one long list of which only the window exists.
 * The rows take the focus: arrow keys, Page Up, Page Down, Home and End move through them, Enter does the row's first action.
 * @internal
 */
export class CcmTable extends WidgetView {
  static override styles = tableStyles;

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.rows') private spacer!: HTMLElement | null;

  @state() private sorting: Sorting | undefined;
  @state() private words = '';
  @state() private page = 0;
  @state() private active: number | undefined;

  #formatter: Formatter = formatterFor({});
  #answer: unknown[] = [];
  #columns: Column[] = [];
  #found: readonly unknown[] = [];
  #shown: readonly unknown[] = [];
  #pool: RowPool | undefined;
  #poolOf: Column[] | undefined;
  #rowHeight = ROW_HEIGHT;
  #sampled = false;
  /** Of the active row. */
  #activeKey: string | undefined;
  readonly #resizes = new ResizeObserver(() => this.#resized());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#pool = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate('data');
  }

  protected override willUpdate(changed: PropertyValues<this> & Map<PropertyKey, unknown>): void {
    const config = this.widget?.tableConfig;
    if (!config) return;
    if (changed.has('display')) this.#formatter = formatterFor(this.display);
    if (changed.has('widget')) this.#takeSorting(config, changed.get('widget'));
    const answered = changed.has('data') || changed.has('widget');
    if (answered) this.#answer = rowsOf(this.data, this.widget?.dataPath);
    // Columns are read off the first answer that has rows; a later one only fills them.
    if (changed.has('widget') || changed.has('display') || (answered && this.#columns.length === 0) || !this.#sampled) {
      this.#columns = columnsOf(config, this.#answer, this.#formatter);
      this.#sampled = this.#answer.length > 0;
    }
    if (answered || changed.has('sorting') || changed.has('words') || changed.has('display')) {
      this.#found = sortedRows(searchRows(this.#answer, this.words, this.#columns), this.sorting, this.display.locale);
    }
    this.page = Math.min(this.page, Math.max(0, this.#pages - 1));
    this.#shown = this.#pageSize === 0 ? this.#found : this.#found.slice(this.page * this.#pageSize, (this.page + 1) * this.#pageSize);
    if (this.active !== undefined) this.active = this.#whereActive(this.active);
  }

  /** The active row stays the same row wherever it stands now: Enter never acts on another one. */
  #whereActive(was: number): number | undefined {
    if (this.#keyAt(was) === this.#activeKey) return was;
    const keyOf = this.#keyOf();
    const now = this.#shown.findIndex((row) => keyOf(row, -1) === this.#activeKey);
    return now < 0 ? undefined : now;
  }

  override render(): TemplateResult {
    const config = this.widget?.tableConfig;
    const strings = stringsFor(this.display.locale);
    if (!config) return html`<p class="message">${strings.unusable}</p>`;
    if (this.#answer.length === 0) {
      return html`<p class="message">${rowsPath(this.data, this.widget?.dataPath) === undefined ? strings.unusable : strings.empty}</p>`;
    }
    const actions = config.actions ?? [];
    const tracks = [...this.#columns.map(({ track }) => track), ...(actions.length > 0 ? [`${ACTION_WIDTH * actions.length}px`] : [])];
    const narrowest = this.#columns.reduce((sum, column) => sum + column.narrowest, ACTION_WIDTH * actions.length);
    return html`${config.searchable
        ? html`<input class="search" type="search" placeholder=${strings.search} aria-label=${strings.search} .value=${this.words} @input=${this.#onSearch} />`
        : nothing}
      <div
        class="scroller"
        role="grid"
        tabindex="0"
        aria-label=${this.widget?.title ?? ''}
        aria-rowcount=${this.#shown.length + 1}
        ${styleProperty('--_tracks', tracks.join(' '))}
        ${styleProperty('--_narrowest', `${narrowest}px`)}
        @scroll=${{ handleEvent: () => this.#follow(), passive: true }}
        @keydown=${this.#onKey}
        @pointerover=${titleCut}
      >
        <div class="grid" role="presentation">
          <div class="head" role="row" aria-rowindex="1">
            ${repeat(this.#columns, ({ definition }) => definition.key, (column) => this.#renderHead(column))}
            ${actions.length > 0 ? html`<span class="label" role="columnheader"><span class="visually-hidden">${strings.actions}</span></span>` : nothing}
          </div>
          <div class="rows" role="rowgroup"></div>
        </div>
      </div>
      ${this.#found.length === 0 ? html`<p class="message">${strings.nothingFound}</p>` : nothing}
      ${this.#pages > 1 ? this.#renderPages() : nothing}`;
  }

  protected override updated(): void {
    if (!this.scroller || !this.spacer) {
      this.#pool = undefined;
      return;
    }
    if (!this.#pool || this.#poolOf !== this.#columns) {
      const actions = this.widget?.tableConfig?.actions ?? [];
      this.#pool = new RowPool(this.scroller, this.spacer, this.#columns, actions, (action, index) => this.#act(action, index));
      this.#poolOf = this.#columns;
      this.#resizes.disconnect();
      this.#resizes.observe(this.scroller);
    }
    this.#showRows();
  }

  #showRows(): void {
    this.#pool?.show(this.#shown, this.#rowHeight, this.active);
    this.#nameActive();
  }

  /** After the layout, where measuring costs nothing. */
  #resized(): void {
    this.#rowHeight = Number.parseFloat(getComputedStyle(this).getPropertyValue('--_row-height')) || ROW_HEIGHT;
    this.#showRows();
    this.#follow();
  }

  #follow(): void {
    this.#pool?.follow();
    this.#nameActive();
  }

  /** Only a row that is there can be named: elements are filled with others while scrolling. */
  #nameActive(): void {
    const row = this.spacer?.querySelector('.active:not([hidden])');
    if (row) this.scroller?.setAttribute('aria-activedescendant', row.id);
    else this.scroller?.removeAttribute('aria-activedescendant');
  }

  #renderHead({ definition, label, align }: Column): TemplateResult {
    const order = this.sorting?.by === definition.key ? (`${this.sorting.order}ending` as const) : 'none';
    if (definition.sortable === false) return html`<span class="label ${align}" role="columnheader">${label}</span>`;
    return html`<span class="label ${align}" role="columnheader" aria-sort=${order}>
      <button type="button" title=${label} @click=${() => this.#sort(definition.key)}>${label}</button>
    </span>`;
  }

  #renderPages(): TemplateResult {
    const strings = stringsFor(this.display.locale);
    const from = this.page * this.#pageSize + 1;
    return html`<div class="pages">
      <span role="status">${strings.rowsOf(from, Math.min(this.#found.length, from + this.#pageSize - 1), this.#found.length)}</span>
      <button type="button" aria-disabled=${this.page === 0} @click=${() => this.#turn(-1)} aria-label=${strings.previousPage}>‹</button>
      <button type="button" aria-disabled=${this.page >= this.#pages - 1} @click=${() => this.#turn(1)} aria-label=${strings.nextPage}>›</button>
    </div>`;
  }

  /** Rows a page; 0 = all in one. */
  get #pageSize(): number {
    const pagination = this.widget?.tableConfig?.pagination;
    return pagination?.enabled ? (pagination.pageSize ?? PAGE_SIZE) : 0;
  }

  get #pages(): number {
    return this.#pageSize === 0 ? 1 : Math.ceil(this.#found.length / this.#pageSize);
  }

  /** The definition's order holds until it changes; what a reader chose survives an unrelated change. */
  #takeSorting(config: TableConfig, before: unknown): void {
    const was = (before as { tableConfig?: TableConfig } | undefined)?.tableConfig;
    if (was && was.sortBy === config.sortBy && was.sortOrder === config.sortOrder) return;
    this.sorting = config.sortBy ? { by: config.sortBy, order: config.sortOrder ?? 'asc' } : undefined;
  }

  #sort(key: string): void {
    this.sorting = nextSorting(this.sorting, key);
    this.page = 0;
  }

  /** At an end its button does nothing; it keeps the focus, which a disabled one would lose. */
  #turn(pages: number): void {
    const page = this.page + pages;
    if (page < 0 || page >= this.#pages) return;
    this.page = page;
    this.active = undefined;
    if (this.scroller) this.scroller.scrollTop = 0;
  }

  #onSearch(event: Event): void {
    this.words = (event.target as HTMLInputElement).value;
    this.page = 0;
    if (this.scroller) this.scroller.scrollTop = 0;
  }

  #onKey(event: KeyboardEvent): void {
    const { scroller } = this;
    if (!scroller || event.target !== scroller || this.#shown.length === 0) return;
    const last = this.#shown.length - 1;
    const at = this.active ?? -1;
    const leap = Math.max(1, Math.floor(scroller.clientHeight / this.#rowHeight) - 2);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + leap, PageUp: at - leap, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.active = Math.max(0, Math.min(last, to));
      this.#activeKey = this.#keyAt(this.active);
      this.#pool?.reveal(this.active);
    } else if (event.key === 'Enter' && this.active !== undefined) {
      const action = this.widget?.tableConfig?.actions?.[0]?.action;
      if (action) this.#act(action, this.active);
    }
  }

  #act(action: string, index: number): void {
    this.dispatchEvent(new CcmActionEvent({ widgetId: this.widget?.id ?? '', action, row: this.#shown[index], rowKey: this.#keyAt(index) }));
  }

  #keyOf(): (row: unknown, index: number) => string {
    return rowKeyOf(this.#answer, this.widget?.tableConfig?.rowKey);
  }

  /** Key of the row that is shown at this place. */
  #keyAt(index: number): string {
    const row = this.#shown[index];
    return this.#keyOf()(row, this.#answer.indexOf(row));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-table': CcmTable;
  }
}
