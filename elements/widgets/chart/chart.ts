import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { ChartConfig, Format, FormatOptions } from '../../../sdk/contract/display.js';
import type { AggregatedSeries } from '../../../sdk/data/aggregate.js';
import { NO_VALUE, type Formatter } from '../../../sdk/data/format.js';
import { formatterFor, pageLocale } from '../../core/formatters.js';
import { ownTimeZone, stringsFor, validLocale, validTimeZone } from '../../core/localize.js';
import { styleProperty } from '../../core/style-property.js';
import { WidgetView } from '../../core/widget-view.js';
import { inkOf, seriesColor } from '../../plot/ink.js';
import type { PlotCursor, PlotInk, PlotModel } from '../../plot/model.js';
import { Plot, type PlotSize } from '../../plot/plot.js';
import { plotStyles } from '../../plot/plot.styles.js';
import { chartStyles } from './chart.styles.js';
import { columnsOf } from './columns.js';
import { renderPie } from './pie.js';
import { slicesOf } from './slices.js';
import { renderTooltip, spokenAt } from './tooltip.js';

const PLOTTED = ['line', 'area', 'bar'];
const ROUND = ['pie', 'donut'];
/** From here on there is no short word for a number: beyond trillions. */
const UNNAMED = 1e15;

/**
 * Lines, areas and bars on a canvas, pies and donuts as SVG.
 * The plot takes the focus: arrow keys, Home and End move through its points and say them.
 * @internal
 */
export class CcmChart extends WidgetView {
  static override styles = [plotStyles, chartStyles];

  @query('.plot') private box!: HTMLElement | null;

  @state() private cursor: PlotCursor | null = null;
  @state() private active: number | null = null;

  #columns: AggregatedSeries | undefined;
  #model: PlotModel | undefined;
  #plot: Plot | undefined;
  #ink: PlotInk | undefined;
  #formatter: Formatter = formatterFor({});
  /** The tenant's. */
  #timeZone: string | undefined;
  #spoken = '';
  /** The position that the keyboard is on; it stays there when an answer comes. */
  #held: number | string | undefined;
  /** Of the plot's box; undefined while it has none. */
  #size: PlotSize | undefined;
  readonly #resizes = new ResizeObserver(([entry]) => this.#resize(entry));

  override connectedCallback(): void {
    super.connectedCallback();
    // A view that was moved in the page has lost its canvas' box: it is drawn again.
    if (this.hasUpdated) this.requestUpdate('data');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#size = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('display')) {
      this.#formatter = formatterFor(this.display);
      this.#timeZone = validTimeZone(this.display.timeZone);
    }
    const config = this.widget?.chartConfig;
    if (!this.widget || !config) {
      this.#columns = undefined;
    } else if (changed.has('widget') || changed.has('data') || changed.has('display')) {
      this.#columns = columnsOf(this.widget, config, this.data, this.#timeZone ?? ownTimeZone());
      this.cursor = null;
      this.active = null;
    }
    const plotted = this.#columns && config && PLOTTED.includes(config.chartType);
    if (!plotted) this.#model = undefined;
    else if (changed.has('widget') || changed.has('data') || changed.has('display')) this.#model = this.#modelOf(config, this.#columns as AggregatedSeries);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.#model || !this.box) {
      this.#plot?.destroy();
      this.#plot = undefined;
      return;
    }
    if (!changed.has('widget') && !changed.has('data') && !changed.has('display') && !changed.has('theme')) return;
    if (!this.#plot) {
      this.#plot = new Plot(this.box, (cursor) => this.#onCursor(cursor));
      this.#resizes.observe(this.box);
    }
    if (changed.has('theme')) this.#ink = undefined;
    this.#draw();
  }

  override render(): TemplateResult {
    const config = this.widget?.chartConfig;
    const strings = stringsFor(this.display.locale);
    if (!config) return html`<p class="message">${strings.unusable}</p>`;
    if (!this.#columns) return html`<p class="message">${strings.empty}</p>`;
    if (ROUND.includes(config.chartType)) return this.#renderRound(config, this.#columns);
    if (!this.#model) return html`<p class="message">${strings.unsupported(config.chartType)}</p>`;
    return this.#renderPlot(this.#model, config);
  }

  #renderPlot(model: PlotModel, config: ChartConfig): TemplateResult {
    const legend = config.legend ?? model.series.length > 1;
    return html`${legend
        ? html`<ul class="legend" role="list">
            ${model.series.map(({ name, color }) => html`<li><span class="swatch" ${styleProperty('background', color)}></span><span class="name">${name}</span></li>`)}
          </ul>`
        : nothing}
      <div
        class="box"
        role="application"
        aria-roledescription="chart"
        aria-label=${this.#summary(model)}
        tabindex="0"
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, model)}
        @blur=${this.#letGo}
        @pointermove=${() => (this.#held = undefined)}
      >
        <div class="plot"></div>
        ${this.cursor && this.box ? renderTooltip(model, this.cursor, { width: this.box.clientWidth, height: this.box.clientHeight }) : nothing}
      </div>
      <p class="visually-hidden" role="status">${this.#spoken}</p>`;
  }

  #renderRound(config: ChartConfig, columns: AggregatedSeries): TemplateResult {
    const strings = stringsFor(this.display.locale);
    const { slices, total } = slicesOf(columns, (x) => this.#formatX(x, config), strings.other);
    if (slices.length === 0) return html`<p class="message">${strings.empty}</p>`;
    const format = (value: number) => this.#formatter.format(value, config.format ?? 'number');
    const shares = (share: number) => this.#formatter.format(share * 100, { style: 'percent', digits: 0 });
    return renderPie({
      slices,
      colors: slices.map((slice, index) => (slice.rest ? 'var(--_muted)' : seriesColor(index, config.series?.find(({ name }) => name === slice.name)?.color))),
      total: this.#short(total, config.format),
      totalLabel: strings.total,
      donut: config.chartType === 'donut',
      label: `${this.widget?.title ?? ''}: ${slices.map(({ name, value, share }) => `${name} ${format(value)} (${shares(share)})`).join(', ')}`,
      legendLabel: this.widget?.title ?? '',
      active: this.active,
      format: (value) => this.#short(value, config.format),
      formatShare: shares,
      onActive: (index) => (this.active = index),
    });
  }

  /** A value for axes, slices and totals. What has no word for its size (1e21) is written by its power of ten. */
  #short(value: number, format: Format | undefined, digits?: number): string {
    if (Math.abs(value) >= UNNAMED) return value.toExponential(1);
    const options: FormatOptions = typeof format === 'object' ? format : { style: format ?? 'number' };
    return this.#formatter.format(value, { ...options, compact: true, ...(digits === undefined ? {} : { digits }) });
  }

  #modelOf(config: ChartConfig, columns: AggregatedSeries): PlotModel {
    const locale = validLocale(this.display.locale) ?? pageLocale();
    return {
      shape: config.chartType as PlotModel['shape'],
      kind: columns.kind,
      x: columns.x,
      series: columns.series.map(({ name, color, values }, index) => ({ name, values, color: seriesColor(index, color) })),
      stacked: config.stacked ?? false,
      ...(this.#timeZone ? { timeZone: this.#timeZone } : {}),
      ...(locale ? { locale } : {}),
      formatValue: (value) => this.#formatter.format(value, config.format ?? 'number'),
      formatTick: (value, digits) => this.#short(value, config.format, digits),
      formatX: (x) => this.#formatX(x, config),
      thresholds: (config.thresholds ?? []).map(({ value, color }) => ({ value, color: seriesColor(0, color) })),
    };
  }

  /** A day's bucket is a date, an hour's or a moment is a date with its time. */
  #formatX(x: number | string, { aggregation }: ChartConfig): string {
    if (typeof x === 'string' || this.#columns?.kind !== 'time') return String(x);
    return this.#formatter.format(x, aggregation && aggregation !== 'hourly' ? 'date' : 'datetime');
  }

  #summary(model: PlotModel): string {
    const first = model.formatX(model.x[0] ?? '');
    const last = model.formatX(model.x[model.x.length - 1] ?? '');
    const series = model.series.map(({ name, values }) => {
      let at = values.length - 1;
      while (at >= 0 && values[at] === null) at -= 1;
      const latest = values[at] ?? null;
      return `${name} ${latest === null ? NO_VALUE : model.formatValue(latest)}`;
    });
    return `${this.widget?.title ?? ''}, ${first} – ${last}. ${series.join(', ')}`;
  }

  #onCursor(cursor: PlotCursor | null): void {
    this.cursor = cursor;
  }

  #onKey(event: KeyboardEvent, model: PlotModel): void {
    const last = model.x.length - 1;
    const at = this.cursor?.index;
    const to = { ArrowRight: Math.min(last, (at ?? -1) + 1), ArrowLeft: Math.max(0, (at ?? last + 1) - 1), Home: 0, End: last }[event.key];
    if (event.key === 'Escape' && at !== undefined) {
      this.#letGo();
    } else if (to !== undefined) {
      event.preventDefault();
      this.#spoken = spokenAt(model, to);
      this.#held = model.x[to];
      this.#plot?.moveTo(to);
    }
  }

  #letGo(): void {
    this.#held = undefined;
    this.#spoken = '';
    this.#plot?.moveTo(null);
  }

  #draw(): void {
    if (!this.#model || !this.#plot || !this.#size) return;
    this.#ink ??= inkOf(this);
    this.#plot.show(this.#model, this.#ink, this.#size);
    if (this.#held === undefined) return;
    const at = this.#model.x.indexOf(this.#held);
    // The plot takes new numbers over at the end of this task: only then it knows where they are.
    queueMicrotask(() => this.#plot?.moveTo(at < 0 ? null : at));
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
