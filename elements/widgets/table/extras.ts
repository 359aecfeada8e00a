import { adoptStyles, html, nothing, render, type ReactiveElement, type TemplateResult } from 'lit';
import type { TableConfig, TableColumn, ValueMapping } from '../../../sdk/contract/display.js';
import { onTick } from '../../core/clock.js';
import { icon } from '../../core/icons.js';
import { stringsFor, wordsOf } from '../../core/localize.js';
import { mapped, type Mapped } from '../../core/mappings.js';
import { englishTable, type TableStrings } from '../../core/table-strings.js';
import type { WidgetView } from '../../core/widget-view.js';
import type { CcmColumnChooser, ColumnToggleEvent } from './column-chooser.js';
import { extraStyles } from './extras.styles.js';
import { MissingRow } from './missing-row.js';
import { makeActions, planActions, type ActionPlan } from './row-actions.js';
import { FAILED, LOADING, type TableRows } from './rows.js';
import { ShownColumns } from './shown-columns.js';
import type { Question, WindowedRows } from './windowed-rows.js';

const CHOOSER_WIDTH = 40;

/** Says the key of a row, counted from the first of the page. */
export type KeyedTable = WidgetView & { keyAt(index: number): string | undefined };

/** What the extras ask of their table. Rows are counted from the first of the page. */
export interface ExtrasPort {
  rowAt(index: number): unknown;
  act(action: string, row: unknown, rowKey: string): void;
  /** The columns that are shown are others. */
  chosen(): void;
}

/** What only some tables have: actions of rows, columns to choose, values that stand for others, ages, rows at the edge. Loaded by the first of them. */
export class TableExtras {
  readonly #table: KeyedTable;
  readonly #port: ExtrasPort;
  readonly #shown = new ShownColumns();
  #plan: ActionPlan | undefined;
  #windowed: WindowedRows | undefined;
  #Windowed: typeof WindowedRows | undefined;
  #chooserAsked = false;
  #chooserWasOpen = false;

  constructor(table: KeyedTable, port: ExtrasPort) {
    this.#table = table;
    this.#port = port;
    adoptStyles(table.renderRoot as ShadowRoot, [...(table.constructor as typeof ReactiveElement).elementStyles, extraStyles]);
    let stop: (() => void) | undefined;
    table.addController({
      hostConnected: () => void (stop = onTick(this.#growOld)),
      hostDisconnected: () => stop?.(),
    });
  }

  /** Resolves when all that the table needs now is there; undefined where it is. */
  ready(): Promise<void> | undefined {
    if (this.#table.total === undefined || this.#Windowed !== undefined) return undefined;
    return import('./windowed-rows.js').then(({ WindowedRows }) => void (this.#Windowed = WindowedRows));
  }

  /** The definition's columns but for those that are hidden. */
  columns(definitions: readonly TableColumn[]): readonly TableColumn[] {
    this.#shown.take(definitions);
    return this.#shown.shown;
  }

  /** How long ago something was becomes more while the answer stays the same. */
  #growOld = (): void => {
    if (this.#shown.shown.some(({ format }) => format === 'relative' || (typeof format === 'object' && format.style === 'relative'))) this.#table.requestUpdate();
  };

  mapped = (value: unknown, mappings: readonly ValueMapping[] | undefined): Mapped | undefined => mapped(this.#table, value, mappings);

  /** A place for an icon before what the parent holds. */
  mark = (parent: HTMLElement): ((name: string | undefined) => void) => {
    const place = document.createElement('span');
    place.className = 'mark';
    parent.prepend(place);
    return (name) => render(name === undefined ? nothing : icon(name, this.#table), place);
  };

  /**
   * Pixels of the column at the end: the actions, or the button to choose columns at.
   *
   * @param columns the least that the others need
   * @param room width of the table; 0 where it is not known yet
   */
  end({ actions, columnChooser, searchable }: TableConfig, columns: number, room: number): number {
    this.#plan = planActions(actions, columns, room);
    return this.#plan?.width ?? (columnChooser && !searchable ? CHOOSER_WIDTH : 0);
  }

  /** What rows are made with beside their columns; where it is another, they are made anew. */
  get form(): string {
    return `${this.#plan?.inMenu ?? ''}`;
  }

  /** The rows at the edge, sorted and searched there; undefined where the page has them all. `renewed`: there is another answer. */
  rows(answer: readonly unknown[], question: Question, renewed: boolean): TableRows | undefined {
    const { total, window, sort, widget } = this.#table;
    if (total === undefined || window === undefined || this.#Windowed === undefined) {
      this.close();
      return undefined;
    }
    const anew = this.#windowed === undefined;
    this.#windowed ??= new this.#Windowed((request) => window(request), { sort, search: undefined }, () => this.#table.requestUpdate());
    this.#windowed.rowKey = widget?.tableConfig?.rowKey;
    if (anew || renewed) this.#windowed.answer({ rows: answer, total, sort });
    this.#windowed.ask(question);
    return this.#windowed;
  }

  /** Another order or search is under way. */
  get busy(): boolean {
    return this.#windowed?.busy ?? false;
  }

  /** These rows are looked at, counted from the first of all. */
  look(first: number, end: number): void {
    this.#windowed?.look(first, end);
  }

  close(): void {
    this.#windowed?.close();
    this.#windowed = undefined;
  }

  /** Adds to a row's element what it has beside its cells. The returned function says whether the row is not here. */
  dress(element: HTMLElement, index: () => number): (value: unknown) => boolean {
    const words = this.#words;
    const strings = stringsFor(this.#table.display.locale);
    const plan = this.#plan;
    const actions = plan && makeActions(plan, { act: (at) => this.#act(at, index()), open: (button) => this.#openMenu(button, index()) }, words.rowActions, this.#table);
    if (actions) element.append(actions.element);
    const missing = new MissingRow(element, { loading: strings.loading, failed: words.rowsFailed, retry: strings.retry }, () => this.#windowed?.retry());
    return (value) => {
      actions?.draw();
      return missing.tell(value, index(), this.#windowed?.fault);
    };
  }

  /** What a key does on the active row; false where it is the table's own matter. */
  key(event: KeyboardEvent, index: number): boolean {
    if (event.key === 'Enter' && this.#port.rowAt(index) === FAILED) this.#windowed?.retry();
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) return this.#offer(event, index);
    else return false;
    return true;
  }

  /** The end of the head. */
  renderEnd({ actions, columnChooser, searchable }: TableConfig): TemplateResult {
    const { actions: name } = stringsFor(this.#table.display.locale);
    return html`<span class="label end" role="columnheader">${actions?.length ? html`<span class="visually-hidden">${name}</span>` : nothing}
      ${columnChooser && !searchable ? this.renderChooser() : nothing}</span>`;
  }

  /** The button to choose columns at, and once it was pressed what it opens. */
  renderChooser(): TemplateResult {
    const words = this.#words;
    return html`<button class="choose" type="button" title=${words.columns} aria-haspopup="dialog" aria-expanded="false"
        @pointerdown=${this.#pressChooser} @click=${this.#openChooser}>${icon('Columns3', this.#table)}</button>
      ${this.#chooserAsked
        ? html`<ccm-column-chooser .columns=${this.#shown.all} .words=${words} @ccm-column-toggle=${this.#toggle}></ccm-column-chooser>`
        : nothing}`;
  }

  get #words(): TableStrings {
    return wordsOf('table', englishTable, this.#table.display.locale);
  }

  #act(at: number, index: number): void {
    const action = this.#plan?.actions[at]?.action;
    const row = this.#port.rowAt(index);
    const rowKey = this.#table.keyAt(index);
    if (action !== undefined && rowKey !== undefined && row !== LOADING) this.#port.act(action, row, rowKey);
  }

  #offer(event: Event, index: number): boolean {
    const row = this.#table.renderRoot.querySelector('.row.active:not([hidden])');
    const button = row?.querySelector<HTMLElement>('.actions button');
    if (!button) return false;
    event.preventDefault();
    this.#openMenu(button, index);
    return true;
  }

  /** The row that it was opened at is acted on, wherever that stands by then. */
  #openMenu(button: HTMLElement, index: number): void {
    const actions = this.#plan?.actions ?? [];
    const row = this.#port.rowAt(index);
    const rowKey = this.#table.keyAt(index);
    if (rowKey === undefined) return;
    import('./row-menu.js').then(
      ({ openRowMenu }) =>
        openRowMenu(this.#table.renderRoot as ShadowRoot, button, this.#words.rowActions, actions, (at) => {
          const action = actions[at]?.action;
          if (action !== undefined) this.#port.act(action, row, rowKey);
        }),
      // The next press asks for it again.
      () => undefined,
    );
  }

  #pressChooser = (event: Event): void => {
    // A press outside closes what is open; the click that follows must not open it again.
    this.#chooserWasOpen = (event.currentTarget as HTMLElement).ariaExpanded === 'true';
  };

  #openChooser = (event: Event): void => {
    const button = event.currentTarget as HTMLElement;
    const wasOpen = this.#chooserWasOpen;
    this.#chooserWasOpen = false;
    if (!wasOpen) void this.#open(button).catch(() => undefined);
  };

  async #open(button: HTMLElement): Promise<void> {
    const { CcmColumnChooser } = await import('./column-chooser.js');
    CcmColumnChooser.define('ccm-column-chooser');
    this.#chooserAsked = true;
    this.#table.requestUpdate();
    await this.#table.updateComplete;
    await this.#table.renderRoot.querySelector<CcmColumnChooser>('ccm-column-chooser')?.open(button);
  }

  #toggle = (event: ColumnToggleEvent): void => {
    this.#shown.toggle(event.at);
    this.#port.chosen();
  };
}
