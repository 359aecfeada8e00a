import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { ChartConfig } from '../../../sdk/contract/display.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import { cellsOf, type Cells } from '../../../sdk/data/cells.js';
import { NO_VALUE } from '../../../sdk/data/format.js';
import { rowsOf } from '../../../sdk/data/rows.js';
import { englishChart, type ChartStrings } from '../../core/chart-strings.js';
import { pageLocale } from '../../core/formatters.js';
import { ownTimeZone, stringsFor, validLocale, validTimeZone, wordsOf } from '../../core/localize.js';
import { message, messageStyles } from '../../core/message.js';
import { styleProperty } from '../../core/style-property.js';
import { WidgetView, type DisplayContext } from '../../core/widget-view.js';
import { drawHeat, heatPlace, type HeatModel } from '../../plot/heat.js';
import { inkOf, inkStyles, onInkChange } from '../../plot/ink.js';
import { tickWriter } from '../../plot/ticks.js';
import { fieldName, writersFor, xWriter, type Writers } from './chart-model.js';
import { chartStyles } from './chart.styles.js';
import { handsStyles } from './hands.styles.js';
import { heatmapStyles } from './heatmap.styles.js';
import type { ChartTable } from './host.js';

/** A cell that the reader is on. */
interface Cell {
  row: number;
  column: number;
}

const TIP_WIDTH = 200;
const TIP_HEIGHT = 46;
const OFFSET = 12;

/**
 * The heatmap of a chart: a value for each pair of names, as a shade. It takes the focus: the arrow keys move through its cells in both
 * directions and say them, Home and End go to the ends of a row, Page Up and Page Down to those of a column.
 * @internal
 */
export class CcmHeatmap extends WidgetView {
  static override styles = [messageStyles, inkStyles, chartStyles, handsStyles, heatmapStyles];

  @query('.box') private box!: HTMLElement | null;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  @state() private at: Cell | null = null;
  @state() private size: { width: number; height: number } | undefined;

  #cells: Cells | undefined;
  #model: HeatModel | undefined;
  #writers: Writers | undefined;
  #spoken = '';
  readonly #resizes = new ResizeObserver(([entry]) => this.#resize(entry));
  #observed: HTMLElement | null = null;

  constructor() {
    super();
    onInkChange(this, () => this.requestUpdate('theme'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate('data');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#observed = null;
  }

  override focus(options?: FocusOptions): void {
    this.box?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('widget') && !changed.has('data') && !changed.has('display')) return;
    const config = this.widget?.chartConfig;
    const before = this.at && this.#cells ? { x: this.#cells.x[this.at.column], y: this.#cells.y[this.at.row] } : undefined;
    this.#cells = this.#model = undefined;
    if (!this.widget || !config) return;
    this.#writers = writersFor(this.display, config);
    const cells = cellsFor(this.widget, config, this.data, this.display);
    if (cells) {
      this.#cells = cells;
      this.#model = heatModel(cells, config, this.display, this.#writers);
    }
    // The reader stays on the cell, wherever it is now.
    const [row, column] = [cells?.y.indexOf(before?.y ?? '') ?? -1, cells?.x.indexOf(before?.x ?? '') ?? -1];
    this.at = before && row >= 0 && column >= 0 ? { row, column } : null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.box !== this.#observed) {
      this.#resizes.disconnect();
      this.#observed = this.box;
      if (this.box) this.#resizes.observe(this.box);
    }
    const same = ['widget', 'data', 'display', 'theme', 'size'].every((name) => !(changed as Map<PropertyKey, unknown>).has(name));
    if (same) return;
    const [canvas, model, size] = [this.canvas, this.#model, this.size];
    if (!canvas || !model || !size) return;
    const ink = inkOf(this);
    const drawAt = (scale: number) => drawHeat(canvas, model, ink, size, scale);
    Object.assign(canvas, { drawAt }).drawAt(1);
  }

  override render(): TemplateResult {
    const [cells, model, writers] = [this.#cells, this.#model, this.#writers];
    if (!cells || !model || !writers) return message({ icon: 'Inbox', title: stringsFor(this.display.locale).empty });
    const words = wordsOf('chart', englishChart, this.display.locale);
    const { low, high } = model;
    const size = words.cells(writers.plain(cells.y.length), writers.plain(cells.x.length));
    const ends = `${words.lowest} ${writers.value(low)}, ${words.highest} ${writers.value(high)}`;
    return html`${this.widget?.chartConfig?.legend === false
        ? nothing
        : html`<div class="scale">
            <span><span class="visually-hidden">${words.lowest}</span> ${writers.short(low)}</span><span class="ramp"></span
            ><span><span class="visually-hidden">${words.highest}</span> ${writers.short(high)}</span>
            ${cells.all ? html`<span class="cut">${words.cut(...[cells.y.length, cells.all.y, cells.x.length, cells.all.x].map(writers.plain) as [string, string, string, string])}</span>` : nothing}
          </div>`}
      <div
        class="box"
        role="application"
        aria-roledescription=${words.chart}
        aria-label="${this.widget?.title ?? ''}, ${size}. ${ends}"
        aria-keyshortcuts="T"
        tabindex="0"
        @keydown=${this.#onKey}
        @blur=${this.#letGo}
        @pointermove=${this.#onPointer}
        @pointerdown=${this.#onPointer}
        @pointerleave=${this.#letGo}
      >
        <canvas class="plot" role="img" aria-label=${this.widget?.title ?? ''}></canvas>
        ${this.at && this.size ? this.#renderAt(this.at, cells, model, this.size) : nothing}
      </div>
      <p class="visually-hidden" role="status">${this.#spoken}</p>`;
  }

  #renderAt({ row, column }: Cell, { x, y }: Cells, model: HeatModel, size: { width: number; height: number }): TemplateResult {
    const place = heatPlace(model, size);
    const [across, down] = [place.width / x.length, place.height / y.length];
    const [left, top] = [place.left + column * across, place.top + row * down];
    const flips = left + across + OFFSET + TIP_WIDTH > size.width && left > size.width / 2;
    return html`<div
        class="cell"
        ${styleProperty('left', `${left - 1}px`)}
        ${styleProperty('top', `${top - 1}px`)}
        ${styleProperty('width', `${Math.max(5, across + 1)}px`)}
        ${styleProperty('height', `${Math.max(5, down + 1)}px`)}
      ></div>
      <div
        class="tooltip"
        aria-hidden="true"
        ${styleProperty('max-width', `${TIP_WIDTH}px`)}
        ${styleProperty('left', flips ? 'auto' : `${Math.min(left + across + OFFSET, Math.max(0, size.width - TIP_WIDTH))}px`)}
        ${styleProperty('right', flips ? `${size.width - left + OFFSET}px` : 'auto')}
        ${styleProperty('top', `${Math.max(0, Math.min(size.height - TIP_HEIGHT, top))}px`)}
      >
        <div class="at">${this.#nameOf(x[column] ?? '')}</div>
        <div class="row"><span class="name">${y[row]}</span><span class="value">${this.#valueAt(row, column)}</span></div>
      </div>`;
  }

  #nameOf(x: number | string): string {
    return this.#cells && this.#writers ? xWriter(this.#cells, this.#writers)(x) : '';
  }

  #valueAt(row: number, column: number): string {
    const value = this.#cells?.values[row]?.[column] ?? null;
    return value === null ? NO_VALUE : (this.#writers?.value(value) ?? NO_VALUE);
  }

  #onKey(event: KeyboardEvent): void {
    const cells = this.#cells;
    if (!cells || event.ctrlKey || event.metaKey || event.altKey) return;
    const { row, column } = this.at ?? { row: 0, column: -1 };
    const [lastRow, lastColumn] = [cells.y.length - 1, cells.x.length - 1];
    const to: Cell | undefined = {
      ArrowRight: { row, column: Math.min(lastColumn, column + 1) },
      ArrowLeft: { row, column: this.at ? Math.max(0, column - 1) : lastColumn },
      ArrowDown: { row: this.at ? Math.min(lastRow, row + 1) : 0, column: Math.max(0, column) },
      ArrowUp: { row: this.at ? Math.max(0, row - 1) : lastRow, column: Math.max(0, column) },
      Home: { row, column: 0 },
      End: { row, column: lastColumn },
      PageUp: { row: 0, column: Math.max(0, column) },
      PageDown: { row: lastRow, column: Math.max(0, column) },
    }[event.key];
    if (event.key === 'Escape' && this.at) {
      event.stopPropagation();
      this.#letGo();
    } else if (to) {
      event.preventDefault();
      this.at = to;
      this.#spoken = `${cells.y[to.row] ?? ''}, ${this.#nameOf(cells.x[to.column] ?? '')}: ${this.#valueAt(to.row, to.column)}`;
    }
  }

  #onPointer(event: PointerEvent): void {
    if (!this.#model || !this.box || !this.size) return;
    const place = heatPlace(this.#model, this.size);
    const box = this.box.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left - place.left) / place.width) * this.#model.x.length);
    const row = Math.floor(((event.clientY - box.top - place.top) / place.height) * this.#model.y.length);
    const inside = column >= 0 && row >= 0 && column < this.#model.x.length && row < this.#model.y.length;
    if (inside ? this.at?.row !== row || this.at.column !== column : this.at) this.at = inside ? { row, column } : null;
  }

  #letGo(): void {
    this.at = null;
    this.#spoken = '';
  }

  #resize(entry: ResizeObserverEntry | undefined): void {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    this.size = width > 0 && height > 0 ? { width: Math.floor(width), height: Math.floor(height) } : undefined;
  }
}

CcmHeatmap.define('ccm-heatmap');

/** A heatmap's answer as cells; undefined where none has a value. */
function cellsFor(widget: WidgetDefinition, config: ChartConfig, data: unknown, { timeZone }: DisplayContext): Cells | undefined {
  const { xAxis, yAxis, value, aggregation, aggregate, timeRange } = config;
  if (yAxis === undefined || value === undefined) return undefined;
  const cells = cellsOf(rowsOf(data, widget.dataPath), {
    xAxis,
    yAxis,
    value,
    timeZone: validTimeZone(timeZone) ?? ownTimeZone(),
    ...(aggregation ? { aggregation } : {}),
    ...(aggregate ? { aggregate } : {}),
    ...(timeRange ? { timeRange } : {}),
  });
  return cells.values.some((row) => row.some((one) => one !== null)) ? cells : undefined;
}

function heatModel(cells: Cells, { min, max }: ChartConfig, display: DisplayContext, writers: Writers): HeatModel {
  let [low, high] = [Infinity, -Infinity];
  for (const row of cells.values) {
    for (const value of row) if (value !== null) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  return { x: namesOf(cells, display), y: cells.y, values: cells.values, low: min ?? low, high: max ?? high, formatShort: (value) => writers.short(value) };
}

/** Short names across: moments by the step between them. */
function namesOf({ kind, x }: Cells, { locale, timeZone }: DisplayContext): string[] {
  if (kind !== 'time') return x.map(String);
  const times = x.map(Number);
  const step = times.slice(1).reduce((least, time, index) => Math.min(least, time - (times[index] ?? time)), Infinity);
  return tickWriter(validLocale(locale) ?? pageLocale(), validTimeZone(timeZone))(times, Number.isFinite(step) ? step : 0);
}

/** A heatmap as a table: a row for each cell that has a value. */
export function heatTable(
  widget: WidgetDefinition, config: ChartConfig, data: unknown, { display, words, most }: { display: DisplayContext; words: ChartStrings; most: number },
): ChartTable | undefined {
  const cells = cellsFor(widget, config, data, display);
  if (!cells) return undefined;
  const writers = writersFor(display, config);
  const nameOf = xWriter(cells, writers);
  const rows = cells.y.flatMap((name, row) => cells.x.flatMap((x, column) => {
    const value = cells.values[row]?.[column] ?? null;
    return value === null ? [] : [[name, nameOf(x), value]];
  }));
  return {
    columns: [{ label: fieldName(config.yAxis) }, { label: cells.kind === 'time' ? words.time : fieldName(config.xAxis) }, { label: words.value, align: 'right' }],
    rows: rows.slice(0, most),
    all: rows.length,
    write: writers.value,
  };
}
