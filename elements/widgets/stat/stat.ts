import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Format, StatConfig } from '../../../sdk/contract/display.js';
import { toNumber } from '../../../sdk/data/number.js';
import { getPath } from '../../../sdk/data/path.js';
import { unusable } from '../../core/another-shape.js';
import { formatterFor } from '../../core/formatters.js';
import { icon } from '../../core/icons.js';
import { Late } from '../../core/late.js';
import { stringsFor } from '../../core/localize.js';
import { messageStyles } from '../../core/message.js';
import { readingOf } from '../../core/reading.js';
import { styleProperty } from '../../core/style-property.js';
import { tableCell } from '../../core/table-cell.js';
import { tint } from '../../core/tint.js';
import { WidgetView } from '../../core/widget-view.js';
import type { DataTable } from '../../core/widget-view.js';
import { styles } from './stat.styles.js';
import { trendOf } from './trend.js';
import type { Trend } from './trend.js';

const extras = new Late(() => import('./extras.js'));

/** How a number is written: in full, then as `12.3K`, then that in small type, cut where it must be. */
const FULL = 0;
const TIGHT = 2;

/** Characters from which a text is set in smaller type. */
const LONG = 24;

/** Per cent from which a change is shortened. */
const LARGE_CHANGE = 10_000;
const CHANGE: Format = { style: 'percent' };
const SHORT_CHANGE: Format = { style: 'percent', compact: true };

/**
 * @summary One value with its trend and a few more beside it: the body of a widget of type `stat`.
 * @tagname ccm-stat
 * @csspart value - The value.
 * @csspart trend - The change against an earlier period.
 * @csspart badge - The label of the threshold that the value has reached.
 * @internal
 */
export class CcmStat extends WidgetView {
  static override styles = [messageStyles, styles];

  @state() private fitting = FULL;

  @query('.value') private valueElement?: HTMLElement | null;
  @query('.main') private roomElement?: HTMLElement | null;

  #sizes: ResizeObserver | undefined;
  #watched: HTMLElement | null | undefined;
  /** Pixels that there are for the value, that it takes, and that it took in each way of writing when it did not fit. */
  #room = 0;
  #width = 0;
  readonly #needed = [0, 0];
  /** The value as it is written now, and as it was written in full last. */
  #text: string | undefined;
  #shown: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes = new ResizeObserver((entries) => this.#fit(entries));
    this.#watched = undefined;
    this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
  }

  override asTable(): DataTable | undefined {
    const config = this.#config;
    const metrics = [{ value: config.primaryValue, label: config.primaryLabel ?? this.widget?.title ?? '' }, ...(config.secondaryMetrics ?? [])];
    const cells = metrics.map(({ value }) => tableCell(getPath(this.#subject, value)));
    return cells[0] === null ? undefined : { columns: metrics.map(({ label }) => ({ label })), rows: [cells] };
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    const { sparkline, mappings, colorMode } = this.#config;
    return sparkline || mappings || colorMode === 'background' ? extras.before(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another value is first tried in full.
    if (changed.has('data') || changed.has('widget') || changed.has('display')) this.fitting = FULL;
  }

  protected override updated(): void {
    if (this.shadowRoot) extras.module?.addStyles(this.shadowRoot, extras.module.extraStyles);
    this.#watch();
    if (this.fitting !== FULL || this.#text === undefined) return;
    if (this.#shown !== undefined && this.#shown !== this.#text) tint(this.valueElement);
    this.#shown = this.#text;
  }

  protected override render(): TemplateResult {
    const strings = stringsFor(this.display.locale);
    const config = this.#config;
    const subject = this.#subject;
    const path = config.primaryValue;
    const value = getPath(subject, path);
    const mapping = extras.module?.mapped(this, value, config.mappings);
    if (mapping === undefined && (path ? value === undefined : tableCell(value) === null)) {
      this.#text = undefined;
      return unusable(strings, strings.unusableHint(path || 'statConfig.primaryValue'));
    }
    const { color, word } = readingOf(value, config.thresholds, mapping, this.display.locale);
    const isText = Boolean(mapping?.text) || (!config.format && toNumber(value) === undefined) || config.format === 'text';
    const text = (this.#text = mapping?.text || formatterFor(this.display).format(value, isText ? 'text' : this.#format(config.format)));
    // What has no shorter form is in small type at once: its size would not change, and so not be told.
    const tight = this.fitting === TIGHT || (this.fitting > FULL && text === this.#shown);
    const trend = trendOf(subject, config.trend);
    const filled = color !== undefined && config.colorMode === 'background';
    return html`
      <div class="stat ${filled ? 'filled' : ''}" ${styleProperty('--_tone', config.colorMode === 'none' ? undefined : color)}>
        <div class="main">
          <span class="value ${isText ? (text.length > LONG ? 'words long' : 'words') : tight ? 'tight' : ''}"
            title=${ifDefined(isText || tight ? text : undefined)} part="value"
            >${mapping?.icon ? icon(mapping.icon, this) : nothing}${text}</span>
          ${word || config.primaryLabel || trend
            ? html`<div class="about">
                ${word ? html`<span class="status" part="badge">${word}</span>` : nothing}
                ${config.primaryLabel ? html`<span class="label"><span>${config.primaryLabel}</span></span>` : nothing}
                ${trend ? this.#trend(trend) : nothing}
              </div>`
            : nothing}
        </div>
        ${config.sparkline ? extras.module?.sparkline(extras.module.samplesOf(subject, this.history)) : nothing} ${this.#secondary(subject, config)}
      </div>
    `;
  }

  /** Where a definition that nobody checked names no field, the answer itself is the value. */
  get #config(): StatConfig {
    return { primaryValue: '', ...this.widget?.statConfig };
  }

  /** What the paths of the config are read off. */
  get #subject(): unknown {
    return getPath(this.data, this.widget?.dataPath ?? '');
  }

  #format(format: Format | undefined): Format {
    if (this.fitting === FULL) return format ?? 'number';
    return typeof format === 'object' ? { ...format, compact: true } : { style: format ?? 'number', compact: true };
  }

  #trend(trend: Trend): TemplateResult {
    const strings = stringsFor(this.display.locale);
    const word = { up: strings.up, down: strings.down, flat: strings.unchanged }[trend.direction];
    const { percentage } = trend;
    const change = percentage === undefined
      ? nothing
      : formatterFor(this.display).format(percentage, percentage >= LARGE_CHANGE ? SHORT_CHANGE : CHANGE);
    const judged = trend.better === undefined ? undefined : trend.better ? 'better' : 'worse';
    return html`<span class="trend" part="trend">
      <span class="change ${judged ?? ''}">
        <span class="direction ${trend.direction}" role="img" aria-label=${judged ? `${word}, ${strings[judged]}` : word}></span>${change}
      </span>
      ${trend.comparison ? html`<span class="label"><span>${strings.versus(trend.comparison)}</span></span>` : nothing}
    </span>`;
  }

  #secondary(subject: unknown, config: StatConfig) {
    const metrics = config.secondaryMetrics ?? [];
    if (metrics.length === 0) return nothing;
    const formatter = formatterFor(this.display);
    return html`<dl>
      ${metrics.map(
        ({ label, value, format }) =>
          html`<div><dt>${label}</dt><dd>${formatter.format(getPath(subject, value), format)}</dd></div>`,
      )}
    </dl>`;
  }

  #watch(): void {
    const { valueElement } = this;
    if (valueElement === this.#watched) return;
    this.#watched = valueElement;
    this.#sizes?.disconnect();
    this.#observe();
  }

  #observe(): void {
    for (const element of [this.valueElement, this.roomElement]) if (element) this.#sizes?.observe(element);
  }

  /** Called after layout and before paint, with the sizes: nothing is measured and nothing flickers. */
  #fit(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, contentRect } of entries) {
      if (target === this.valueElement) this.#width = contentRect.width;
      else this.#room = contentRect.width;
    }
    const [room, width] = [Math.ceil(this.#room), Math.floor(this.#width)];
    if (room === 0 || width === 0) return;
    if (this.fitting > FULL) {
      // Tried at more length again where there is as much room as that took.
      const longer = this.#needed.findIndex((needed, way) => way < this.fitting && room >= needed);
      if (longer >= 0) this.#write(longer);
      else if (width > room) this.#shorten(width);
    } else if (width > room) this.#shorten(width);
  }

  #shorten(width: number): void {
    if (this.fitting === TIGHT || width <= Math.ceil(this.#room)) return;
    this.#needed[this.fitting] = width;
    this.#write(this.fitting + 1);
  }

  /**
   * What has just been told of its size cannot be told of again in the same frame, and the page would hear of that as an error. Both are
   * measured anew in the next one: with another value the room beside it is another, and the width known is that of the one before.
   */
  #write(way: number): void {
    this.fitting = way;
    this.#width = 0;
    this.#sizes?.disconnect();
    requestAnimationFrame(() => this.#observe());
  }
}
