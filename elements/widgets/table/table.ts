import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { TableConfig } from '../../../sdk/contract/display.js';
import type { Formatter } from '../../../sdk/data/format.js';
import { rowsOf } from '../../../sdk/data/rows.js';
import { CcmActionEvent } from '../../core/events.js';
import { formatterFor } from '../../core/formatters.js';
import { stringsFor, stringsWith } from '../../core/localize.js';
import { messageStyles } from '../../core/message.js';
import { englishPages } from '../../core/pages-strings.js';
import { observeSize } from '../../core/sizes.js';
import { styleProperty } from '../../core/style-property.js';
import { noRows, unusable } from '../../core/unusable.js';
import { WidgetView, type DataTable } from '../../core/widget-view.js';
import { titleCut } from './cells.js';
import { charactersIn, columnsOf, plainValue, styleOf, type Column } from './columns.js';
import type { TableExtras } from './extras.js';
import { RowPool } from './row-pool.js';
import { HeldRows, nextSorting, searchRows, sortedRows, sortText, type Sorting, type TableRows } from './rows.js';
import { tableStyles } from './table.styles.js';

const PAGE_SIZE = 25;
const LARGEST_PAGE = 1000;
const ROW_HEIGHT = 36;
const NONE = new HeldRows([], [], undefined);

/**
 * Rows and columns: sorted by a press on a head, searched, in pages or as one long list of which only the window exists. Of an answer
 * that is too long to be given whole, the rows that are looked at are asked for, and sorted and searched at the edge.
 * The rows take the focus: arrow keys, Page Up, Page Down, Home and End move through them, Enter does the row's first action, the menu
 * key offers all of them.
 * @internal
 */
export class CcmTable extends WidgetView {
  static override styles = [messageStyles, tableStyles];

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.rows') private spacer!: HTMLElement | null;

  @state() private sorting: Sorting | undefined;
  @state() private words = '';
  @state() private page = 0;
  @state() private active: number | undefined;
  /** Grows with each choice of columns. */
  @state() private choices = 0;

  #formatter: Formatter = formatterFor({});
  #answer: unknown[] = [];
  #columns: Column[] = [];
  #rows: TableRows = NONE;
  #pool: RowPool | undefined;
  #poolOf: unknown[] = [];
  #poolWords: unknown;
  #rowHeight = ROW_HEIGHT;
  #sampled = false;
  /** Of the active row; undefined while that is on its way. */
  #activeKey: string | undefined;
  /** Of the column at the end, pixels. */
  #end = 0;
  // Most tables need none: their code is loaded by the first that does.
  #extras: TableExtras | undefined;
  #form: string | undefined;
  /** Width of the table, pixels; 0 until it is known. */
  #room = 0;
  #observed: HTMLElement | undefined;
  #unobserve: (() => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observe(null);
    this.#pool = undefined;
    this.#extras?.close();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate('data');
  }

  /** The columns that are shown; the rows as they are sorted and searched, those of every page. Of a windowed table: those that are here. */
  override asTable(): DataTable | undefined {
    return this.#columns.length === 0 ? undefined : {
      columns: this.#columns.map(({ label, align }) => ({ label, align })),
      rows: this.#rows.here().map((row) => this.#columns.map((column) => plainValue(column, row))),
    };
  }

  /** Waits for the code of what this table has beside rows and columns: what is there does not move when it comes. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    const ready = this.#extras ? this.#extras.ready() : wantsExtras(this) ? this.#loadExtras() : undefined;
    // What is lost on the way is asked for again by the next update; until then it goes without.
    return ready === undefined ? super.scheduleUpdate() : ready.catch(() => undefined).then(() => super.scheduleUpdate());
  }

  async #loadExtras(): Promise<void> {
    const { TableExtras } = await import('./extras.js');
    this.#extras ??= new TableExtras(this, {
      rowAt: (index) => this.#rowAt(index),
      act: (action, row, rowKey) => this.#tellAction(action, row, rowKey),
      chosen: () => (this.choices += 1),
    });
    await this.#extras.ready();
  }

  protected override willUpdate(changed: PropertyValues<this> & Map<PropertyKey, unknown>): void {
    const config = this.widget?.tableConfig;
    if (!config) return;
    const extras = this.#extras;
    if (changed.has('display')) this.#formatter = formatterFor(this.display);
    if (changed.has('widget')) this.#takeSorting(config, changed.get('widget'));
    const renewed = changed.has('data') || changed.has('total') || changed.has('sort');
    const answered = renewed || changed.has('widget');
    if (answered) this.#answer = rowsOf(this.data, this.widget?.dataPath);
    // Columns are read off the first answer that has rows; a later one only fills them.
    const other = changed.has('widget') || changed.has('display') || changed.has('choices');
    if (other || (answered && this.#columns.length === 0) || !this.#sampled) {
      const definitions = extras?.columns(config.columns) ?? config.columns;
      this.#columns = columnsOf(definitions, this.#answer, this.#formatter, extras?.mapped);
      this.#sampled = this.#answer.length > 0;
    }
    this.#end = extras?.end(config, this.#narrowest, this.#room) ?? 0;
    const asked = { sort: sortText(this.sorting), search: this.words.trim() || undefined };
    const there = extras?.rows(this.#answer, asked, renewed);
    if (there) this.#rows = there;
    else if (answered || other || changed.has('sorting') || changed.has('words')) {
      const found = sortedRows(searchRows(this.#answer, this.words, this.#columns), this.sorting, this.display.locale);
      this.#rows = new HeldRows(this.#answer, found, config.rowKey);
    }
    this.page = Math.min(this.page, Math.max(0, this.#pages - 1));
    if (this.active !== undefined) this.active = this.#whereActive(this.active);
  }

  /** The active row stays the same row wherever it stands now: Enter never acts on another one. */
  #whereActive(was: number): number | undefined {
    const key = this.keyAt(was);
    // One that was on its way is the active one when it is here.
    this.#activeKey ??= key;
    if (key === this.#activeKey) return was;
    const [from, count] = this.#span;
    const now = this.#activeKey === undefined ? undefined : this.#rows.placeOf(this.#activeKey, from, from + count);
    return now === undefined ? undefined : now - from;
  }

  override render(): TemplateResult {
    const config = this.widget?.tableConfig;
    const strings = stringsFor(this.display.locale);
    if (!config) return unusable(strings, strings.unusableHint('tableConfig'));
    if (this.#answer.length === 0) return noRows(strings, this.data, this.widget?.dataPath);
    const end = this.#end;
    const tracks = [...this.#columns.map(({ track }) => track), ...(end > 0 ? [`${end}px`] : [])];
    const narrowest = this.#narrowest + end;
    const busy = this.#extras?.busy === true;
    const [, count] = this.#span;
    return html`${this.#renderTools(config)}
      <div
        class="scroller ${this.#isWide ? 'wide' : ''} ${busy ? 'busy' : ''}"
        role="grid"
        tabindex="0"
        aria-label=${this.widget?.title ?? ''}
        aria-rowcount=${count + 1}
        aria-busy=${busy}
        ${styleProperty('--_tracks', tracks.join(' '))}
        ${styleProperty('--_narrowest', `${narrowest}px`)}
        @scroll=${{ handleEvent: () => this.#follow(), passive: true }}
        @keydown=${this.#onKey}
        @pointerover=${titleCut}
      >
        <div class="grid" role="none">
          <div class="head" role="row" aria-rowindex="1">
            ${repeat(this.#columns, ({ definition }) => definition.key, (column) => this.#renderHead(column))}
            ${end > 0 ? this.#extras?.renderEnd(config) : nothing}
          </div>
          <div class="rows" role="rowgroup"></div>
        </div>
      </div>
      ${this.#rows.count === 0 ? html`<p class="message">${strings.nothingFound}</p>` : nothing}
      ${this.#pages > 1 ? this.#renderPages() : nothing}`;
  }

  /** Above the rows: the search, with the button to choose columns at. */
  #renderTools({ searchable, columnChooser }: TableConfig): TemplateResult | typeof nothing {
    if (!searchable) return nothing;
    const strings = stringsWith(englishPages, this.display.locale);
    const { count } = this.#rows;
    const told = this.words.trim() === '' || this.#extras?.busy ? '' : count === 0 ? strings.nothingFound : strings.rowsOf(1, count, count);
    return html`<div class="tools">
      <input class="search" type="search" placeholder=${strings.search} aria-label=${strings.search} .value=${this.words} @input=${this.#onSearch} />
      <span class="visually-hidden" aria-live="polite">${told}</span>
      ${columnChooser ? this.#extras?.renderChooser() : nothing}
    </div>`;
  }

  /** Its columns need more room than there is. */
  get #isWide(): boolean {
    return this.#room > 0 && this.#narrowest + this.#end > this.#room;
  }

  /** The least that the columns need, pixels. */
  get #narrowest(): number {
    return this.#columns.reduce((sum, { narrowest }) => sum + narrowest, 0);
  }

  protected override updated(): void {
    // What its styles ask the size for.
    this.toggleAttribute('data-sized', !this.scroller || Boolean(this.widget?.tableConfig?.searchable) || this.#pages > 1 || this.#isWide);
    if (!this.scroller || !this.spacer) {
      this.#pool = undefined;
      return;
    }
    const strings = stringsFor(this.display.locale);
    const form = this.#extras?.form;
    const anew = !this.#pool || this.#poolOf !== this.#columns || this.#poolWords !== strings || this.#form !== form;
    if (anew) {
      const extras = this.#extras;
      this.#pool = new RowPool(this.scroller, this.spacer, { columns: this.#columns, mark: extras?.mark, dress: extras && ((row, index) => extras.dress(row, index)) });
      this.#poolOf = this.#columns;
      this.#poolWords = strings;
      this.#form = form;
      if (this.#observed === this.scroller) this.#measure();
    }
    // The first rows come with the size, before the paint: then it is known how many there are to be.
    if (this.#observed !== this.scroller) return this.#observe(this.scroller);
    this.#showRows();
    if (anew) this.#follow();
  }

  #observe(scroller: HTMLElement | null): void {
    this.#unobserve?.();
    this.#observed = scroller ?? undefined;
    this.#unobserve = scroller ? observeSize(scroller, { measure: (width) => this.#take(width), write: () => this.guarded(() => this.#showRows()) }) : undefined;
  }

  #measure(): void {
    this.scroller?.querySelectorAll('.label').forEach(({ clientWidth }, index) => {
      const column = this.#columns[index];
      if (column) column.holds = charactersIn(clientWidth);
    });
  }

  #showRows(): void {
    const [from, count] = this.#span;
    this.#pool?.show(this.#rows, { from, count, height: this.#rowHeight, active: this.active });
    this.#seen();
  }

  /** Measures what its rows depend on. */
  #take(width: number): void {
    this.#measure();
    this.#rowHeight = Number.parseFloat(getComputedStyle(this).getPropertyValue('--_row-height')) || ROW_HEIGHT;
    this.#pool?.look();
    const was = this.#isWide;
    this.#room = width;
    // Not at once: what that changes may change the size that is being told.
    if (this.#extras || this.#isWide !== was) requestAnimationFrame(() => this.requestUpdate());
  }

  #follow(): void {
    this.#pool?.follow();
    this.#seen();
  }

  #seen(): void {
    this.#nameActive();
    if (!this.#extras || !this.#pool) return;
    const [first, end] = this.#pool.range;
    const [from] = this.#span;
    this.#extras.look(from + first, from + end);
  }

  /** Only a row that is there can be named: elements are filled with others while scrolling. */
  #nameActive(): void {
    const row = this.active === undefined ? null : this.spacer?.querySelector('.active:not([hidden])');
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
    const strings = stringsWith(englishPages, this.display.locale);
    const [from, count] = this.#span;
    return html`<div class="pages">
      <span role="status" dir="auto">${strings.rowsOf(from + 1, from + count, this.#rows.count)}</span>
      <button type="button" aria-disabled=${this.page === 0} @click=${() => this.#turn(-1)} aria-label=${strings.previousPage}>‹</button>
      <button type="button" aria-disabled=${this.page >= this.#pages - 1} @click=${() => this.#turn(1)} aria-label=${strings.nextPage}>›</button>
    </div>`;
  }

  /** Rows a page; 0 = all in one. */
  get #pageSize(): number {
    const pagination = this.widget?.tableConfig?.pagination;
    return pagination?.enabled ? Math.min(LARGEST_PAGE, Math.max(1, Math.trunc(Number(pagination.pageSize)) || PAGE_SIZE)) : 0;
  }

  get #pages(): number {
    return this.#pageSize === 0 ? 1 : Math.ceil(this.#rows.count / this.#pageSize);
  }

  /** Where the page begins, and the rows on it. */
  get #span(): readonly [from: number, count: number] {
    const size = this.#pageSize;
    if (size === 0) return [0, this.#rows.count];
    const from = this.page * size;
    return [from, Math.max(0, Math.min(size, this.#rows.count - from))];
  }

  /** The definition's order holds until it changes; what a reader chose survives an unrelated change. */
  #takeSorting(config: TableConfig, before: unknown): void {
    const was = (before as { tableConfig?: TableConfig } | undefined)?.tableConfig;
    if (was && was.sortBy === config.sortBy && was.sortOrder === config.sortOrder) return;
    this.sorting = config.sortBy ? { by: config.sortBy, order: config.sortOrder === 'desc' ? 'desc' : 'asc' } : undefined;
  }

  #sort(key: string): void {
    this.sorting = nextSorting(this.sorting, key);
    this.page = 0;
    if (this.total !== undefined && this.scroller) this.scroller.scrollTop = 0;
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
    const [, count] = this.#span;
    if (!scroller || count === 0) return;
    if (event.target !== scroller) {
      // From a button of a row the arrows lead back to the rows.
      if (!/^Arrow(?:Up|Down)$/.test(event.key) || !(event.target as Element).closest('.actions')) return;
      scroller.focus({ preventScroll: true });
    }
    const last = count - 1;
    const at = this.active ?? -1;
    const leap = Math.max(1, Math.floor(scroller.clientHeight / this.#rowHeight) - 2);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + leap, PageUp: at - leap, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.active = Math.max(0, Math.min(last, to));
      this.#activeKey = this.keyAt(this.active);
      this.#pool?.reveal(this.active);
      this.#seen();
    } else if (this.active !== undefined && !this.#extras?.key(event, this.active) && event.key === 'Enter') {
      this.#act(this.active);
    }
  }

  /** What the row is there for: its first action. */
  #act(index: number): void {
    const action = this.widget?.tableConfig?.actions?.[0]?.action;
    const rowKey = this.keyAt(index);
    if (action !== undefined && rowKey !== undefined) this.#tellAction(action, this.#rowAt(index), rowKey);
  }

  #tellAction(action: string, row: unknown, rowKey: string): void {
    this.dispatchEvent(new CcmActionEvent({ widgetId: this.widget?.id ?? '', action, row, rowKey }));
  }

  #rowAt(index: number): unknown {
    return this.#rows.at(this.#span[0] + index);
  }

  /** Key of the row that is shown at this place, counted from the first of the page. */
  keyAt(index: number): string | undefined {
    return this.#rows.keyAt(this.#span[0] + index);
  }
}

/** Whether a table has what only some have. */
function wantsExtras({ widget, total }: CcmTable): unknown {
  const { actions, columnChooser, columns } = widget?.tableConfig ?? {};
  return total !== undefined || columnChooser || actions?.length || columns?.some?.((column) => styleOf(column?.format) === 'relative' || column?.hidden || column?.mappings);
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-table': CcmTable;
  }
}
