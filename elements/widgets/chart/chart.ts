import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { ChartConfig } from '../../../sdk/contract/display.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import type { AggregatedSeries } from '../../../sdk/data/aggregate.js';
import type { Points } from '../../../sdk/data/points.js';
import { englishChart } from '../../core/chart-strings.js';
import { ownTimeZone, stringsFor, stringsWith, validTimeZone, wordsOf } from '../../core/localize.js';
import { message, messageStyles } from '../../core/message.js';
import { englishSlices } from '../../core/slices-strings.js';
import { noRows, unusable } from '../../core/unusable.js';
import { WidgetView, type DataTable } from '../../core/widget-view.js';
import { inkOf, inkStyles, onInkChange, seriesColor } from '../../plot/ink.js';
import type { PlotCursor, PlotInk, PlotModel } from '../../plot/model.js';
import { Plot, type PlotSize } from '../../plot/plot.js';
import { plotStyles } from '../../plot/plot.styles.js';
import { fieldName, modelOf, summaryOf, writersFor, xWriter, type Writers } from './chart-model.js';
import { chartStyles } from './chart.styles.js';
import { columnsOf } from './columns.js';
import type { Hands } from './hands.js';
import { charts, type ChartHost, type ChartTable } from './host.js';
import { renderLegend } from './legend.js';
import { loadParts, missingParts, parts } from './parts.js';
import { renderPie } from './pie.js';
import { slicesOf } from './slices.js';
import { Summary } from './summary.js';
import { plotTable, sliceTable } from './table.js';

const PLOTTED = ['line', 'area', 'bar', 'scatter'];
const ROUND = ['pie', 'donut'];

/**
 * Lines, areas, bars and points on a canvas, pies and donuts as SVG; a heatmap is an element of its own inside.
 * The plot takes the focus: arrow keys, Home and End move through its points and say them, + and - zoom, T shows a table.
 * @internal
 */
export class CcmChart extends WidgetView {
  static override styles = [messageStyles, inkStyles, plotStyles, chartStyles];

  @query('.plot') private box!: HTMLElement | null;

  @state() private active: number | null = null;
  /** Names of the series that the reader put away. */
  @state() private putAway: ReadonlySet<string> = new Set();

  #columns: AggregatedSeries | Points | undefined;
  /** What is drawn, with the series that are put away. */
  #whole: PlotModel | undefined;
  #model: PlotModel | undefined;
  #slices: ReturnType<typeof slicesOf> | undefined;
  #plot: Plot | undefined;
  #ink: PlotInk | undefined;
  #writers: Writers = writersFor({}, { chartType: 'line', xAxis: '' });
  /** The tenant's. */
  #timeZone: string | undefined;
  /** Of the plot's box; undefined while it has none. */
  #size: PlotSize | undefined;
  #hands: Hands | undefined;
  #cursor: PlotCursor | null = null;
  /** A part that this definition needs is on its way. */
  #waits = false;
  /** The answer that parts were asked for last: where one cannot be had, the next answer asks again. */
  #tried: unknown = this;
  readonly #summary = new Summary(this);
  readonly #resizes = new ResizeObserver(([entry]) => this.guarded(() => this.#resize(entry)));
  readonly #host: ChartHost = {
    element: this,
    model: () => this.#model,
    plot: () => this.#plot,
    box: () => this.renderRoot.querySelector<HTMLElement>('.box, .slices, ccm-heatmap'),
    table: (most) => this.#table(most),
  };

  constructor() {
    super();
    this.addEventListener('keydown', (event) => this.#onTableKey(event));
    onInkChange(this, () => this.requestUpdate('theme'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    charts.add(this.#host);
    // A view that was moved in the page has lost its canvas' box: it is drawn again.
    if (this.hasUpdated) this.requestUpdate('data');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hands?.leave();
    charts.delete(this.#host);
    this.#erase();
  }

  override asTable(): DataTable | undefined {
    const table = this.#table(Infinity);
    return table && { columns: table.columns, rows: table.rows };
  }

  /** Shows what is drawn as a table, or draws it again. */
  async showTable(on: boolean): Promise<void> {
    await (await this.#load()).showTable(on);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const config = this.widget?.chartConfig;
    const renewed = changed.has('widget') || changed.has('data') || changed.has('display');
    if (changed.has('display')) this.#timeZone = validTimeZone(this.display.timeZone);
    if (!this.widget || !config) {
      this.#columns = this.#whole = this.#model = undefined;
    } else if (renewed || (changed as Map<PropertyKey, unknown>).has('putAway')) {
      if (renewed) this.#renew(this.widget, config, changed);
      if (changed.size > 1 || !changed.has('data')) this.#summary.outdate();
      const shown = this.#whole?.series.filter(({ name }) => !this.putAway.has(name));
      this.#model = this.#whole && shown?.length ? { ...this.#whole, series: shown } : this.#whole;
      this.#hands?.forget();
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    // What its styles ask the size for.
    this.toggleAttribute('data-sized', this.#hasLegend || !(this.#model ?? this.#slices));
    if (!this.#model || !this.box) {
      this.#erase();
      return;
    }
    const same = ['widget', 'data', 'display', 'theme', 'putAway'].every((name) => !(changed as Map<PropertyKey, unknown>).has(name));
    if (changed.has('theme')) this.#ink = undefined;
    if (!this.#plot) {
      this.#plot = new Plot(this.box, { onCursor: (cursor) => this.#onCursor(cursor), onSelect: (from, to) => this.#reach((hands) => hands.select(from, to)) });
      this.#resizes.observe(this.box);
    } else if (same) {
      return;
    }
    this.#draw();
  }

  override render(): TemplateResult {
    const config = this.widget?.chartConfig;
    const strings = stringsFor(this.display.locale);
    if (!config) return unusable(strings, strings.unusableHint('chartConfig'));
    const { chartType } = config;
    if (this.#hands?.isTable) {
      const table = this.#hands.renderTable(this.widget?.title ?? '');
      if (table) return this.#withStatus(table);
    }
    if (this.#waits) return html``;
    if (chartType === 'heatmap' && parts.heatmap) {
      return this.#withStatus(html`<ccm-heatmap .widget=${this.widget} .data=${this.data} .display=${this.display} .theme=${this.theme}></ccm-heatmap>`);
    }
    if (chartType === 'heatmap' || (chartType === 'scatter' && !parts.scatter)) return message({ icon: 'TriangleAlert', title: strings.failed });
    if (![...PLOTTED, ...ROUND].includes(chartType)) return message({ icon: 'Box', title: strings.unsupported(chartType ?? '') });
    if (this.#slices?.slices.length) return this.#withStatus(this.#renderRound(config, this.#slices));
    return this.#model && this.#whole ? this.#withStatus(this.#renderPlot(this.#model, this.#whole, config)) : noRows(strings, this.data, this.widget?.dataPath);
  }

  #withStatus(picture: TemplateResult): TemplateResult {
    return html`${picture}<p class="visually-hidden" role="status">${this.#hands?.spoken}</p>`;
  }

  #renderPlot(model: PlotModel, whole: PlotModel, config: ChartConfig): TemplateResult {
    return html`${this.#hasLegend ? renderLegend(whole.series, model, config.patterns, (name) => this.#toggle(name)) : nothing}
      <div
        class="box"
        role="application"
        aria-roledescription=${this.#words.chart}
        aria-label=${this.#summary.text(() => summaryOf(model, this.#words))}
        aria-keyshortcuts="T + -"
        tabindex="0"
        @keydown=${this.#onKey}
        @focus=${() => this.#reach()}
        @blur=${() => this.#hands?.letGo()}
        @dblclick=${() => this.#hands?.resetZoom()}
        @pointermove=${() => this.#hands?.release()}
      >
        <div class="plot"></div>
        ${this.#hands?.renderOver()}
      </div>`;
  }

  #renderRound(config: ChartConfig, { slices, total }: ReturnType<typeof slicesOf>): TemplateResult {
    const { value, short, share } = this.#writers;
    const strings = stringsWith(englishSlices, this.display.locale);
    const title = this.widget?.title ?? '';
    return renderPie({
      slices,
      colors: slices.map((slice, index) => (slice.rest ? 'var(--_muted)' : seriesColor(index, config.series?.find(({ name }) => name === slice.name)?.color))),
      // In full where that is no longer.
      total: value(total).length > short(total).length ? short(total) : value(total),
      totalLabel: strings.total,
      donut: config.chartType === 'donut',
      label: `${title}: ${slices.map((slice) => `${slice.name} ${value(slice.value)} (${share(slice.share)})`).join(', ')}`,
      legendLabel: title,
      active: this.active,
      patterns: config.patterns ? parts.patterns : undefined,
      format: short,
      formatShare: share,
      onActive: (index) => (this.active = index),
    });
  }

  get #hasLegend(): boolean {
    return this.widget?.chartConfig?.legend ?? (this.#whole?.series.length ?? 0) > 1;
  }

  get #words() {
    return wordsOf('chart', englishChart, this.display.locale);
  }

  /** Columns, slices and model of another answer or definition. */
  #renew(widget: WidgetDefinition, config: ChartConfig, changed: PropertyValues<this>): void {
    const { chartType } = config;
    const timeZone = this.#timeZone ?? ownTimeZone();
    if (changed.has('widget') || changed.has('display')) this.#writers = writersFor(this.display, config);
    if (changed.has('widget')) this.#tried = this;
    this.active = null;
    this.#columns = this.#whole = this.#slices = undefined;
    const missing = this.#tried === this.data ? [] : missingParts(config);
    this.#waits = missing.length > 0;
    if (this.#waits) {
      const { data } = this;
      void loadParts(missing).then(() => {
        this.#tried = data;
        this.requestUpdate('data');
      });
    } else if (chartType === 'scatter') {
      this.#columns = parts.scatter?.pointsFor(widget, config, this.data, timeZone);
    } else if (chartType !== 'heatmap') {
      this.#columns = columnsOf(widget, config, this.data, timeZone);
    }
    if (!this.#columns) return;
    if (ROUND.includes(chartType)) {
      this.#slices = slicesOf(this.#columns as AggregatedSeries, xWriter(this.#columns, this.#writers), stringsWith(englishSlices, this.display.locale).other);
    } else if (PLOTTED.includes(chartType)) {
      const model = modelOf(config, this.#columns, { label: widget.title, display: this.display, timeZone: this.#timeZone, writers: this.#writers });
      const annotations = config.annotations?.length ? parts.marks?.placed(config.annotations, model, timeZone) : undefined;
      this.#whole = annotations ? { ...model, annotations } : model;
    }
  }

  #table(most: number): ChartTable | undefined {
    const config = this.widget?.chartConfig;
    if (!this.widget || !config || this.#waits) return undefined;
    const model = this.#model;
    if (model) return plotTable(model, this.#words, fieldName(config.xAxis), (index) => parts.marks?.notesAt(model, index) ?? [], most);
    if (this.#slices) return sliceTable(this.#slices.slices, this.#words, this.#writers.value, this.#writers.share);
    if (config.chartType !== 'heatmap') return undefined;
    return parts.heatmap?.heatTable(this.widget, config, this.data, { display: this.display, words: this.#words, most });
  }

  #toggle(name: string): void {
    const next = new Set(this.putAway);
    if (!next.delete(name)) next.add(name);
    this.putAway = next;
  }

  /** The code that answers the reader: nobody needs it before. */
  async #load(): Promise<Hands> {
    const { Hands } = await import('./hands.js');
    if (!this.#hands) {
      this.#hands = new Hands(this.#host);
      this.#hands.point(this.#cursor);
    }
    return this.#hands;
  }

  /** Where it cannot be had, the picture is all there is. */
  #reach(act: (hands: Hands) => void = () => undefined): void {
    this.#load().then(act, () => undefined);
  }

  #onCursor(cursor: PlotCursor | null): void {
    this.#cursor = cursor;
    if (this.#hands) this.#hands.point(cursor);
    else if (cursor) this.#reach();
  }

  #onKey(event: KeyboardEvent): void {
    if (this.#hands) return this.#hands.press(event);
    if (/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) event.preventDefault();
    this.#reach((hands) => hands.press(event));
  }

  #onTableKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
    if (key.toLowerCase() === 't' && !ctrlKey && !metaKey && !altKey) this.#reach((hands) => void hands.showTable(!hands.isTable));
  }

  #draw(): void {
    if (!this.#model || !this.#plot || !this.#size) return;
    this.#ink ??= inkOf(this);
    const { patterns, marks, scatter } = parts;
    const config = this.widget?.chartConfig;
    const { shape, thresholds, annotations } = this.#model;
    const layers = [shape === 'scatter' && scatter, config?.patterns && patterns, (thresholds.length > 0 || annotations) && marks];
    this.#plot.show(this.#model, this.#ink, this.#size, layers.flatMap((part) => (part ? [part.layer] : [])));
    this.#hands?.follow();
  }

  #erase(): void {
    this.#resizes.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#size = undefined;
  }

  /** The first size comes this way too: after the layout and before the paint, for all plots of a page at once. */
  #resize(entry: ResizeObserverEntry | undefined): void {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    this.#size = width > 0 && height > 0 ? { width: Math.floor(width), height: Math.floor(height) } : undefined;
    if (this.#plot?.isDrawn && this.#size) this.#plot.resize(this.#size);
    else this.#draw();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-chart': CcmChart;
  }
}
