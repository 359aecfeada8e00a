import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Format, StatConfig } from '../../../sdk/contract/display.js';
import { getPath } from '../../../sdk/data/path.js';
import { thresholdFor } from '../../../sdk/data/threshold.js';
import { formatterFor } from '../../core/formatters.js';
import { stringsFor } from '../../core/localize.js';
import { message, messageStyles } from '../../core/message.js';
import { styleProperty } from '../../core/style-property.js';
import { tint } from '../../core/tint.js';
import { cssColor, toneOf } from '../../core/tone.js';
import { WidgetView } from '../../core/widget-view.js';
import { samplesOf, sparkline } from './sparkline.js';
import { styles } from './stat.styles.js';
import { trendOf } from './trend.js';
import type { Trend } from './trend.js';

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

  /** The value in full does not fit: `12.3K` instead of `12,345`. */
  @state() private compact = false;

  @query('.value') private valueElement?: HTMLElement | null;
  @query('.main') private roomElement?: HTMLElement | null;

  #sizes: ResizeObserver | undefined;
  #watched: HTMLElement | null | undefined;
  /** Pixels that there are for the value, that it takes, and that it took in full when it did not fit. */
  #room = 0;
  #width = 0;
  #needed = 0;
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

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another value is first tried in full.
    if (changed.has('data') || changed.has('widget') || changed.has('display')) this.compact = false;
  }

  protected override updated(): void {
    this.#watch();
    const text = this.compact ? undefined : this.valueElement?.textContent.trim();
    if (text === undefined) return;
    if (this.#shown !== undefined && this.#shown !== text) tint(this.valueElement);
    this.#shown = text;
  }

  protected override render(): TemplateResult {
    const strings = stringsFor(this.display.locale);
    const config = this.widget?.statConfig;
    const subject = this.widget?.dataPath ? getPath(this.data, this.widget.dataPath) : this.data;
    const value = config === undefined ? undefined : getPath(subject, config.primaryValue);
    if (config === undefined || value === undefined) {
      return message({ icon: 'Box', title: strings.unusable, hint: strings.unusableHint(config?.primaryValue ?? 'statConfig') });
    }
    const formatter = formatterFor(this.display);
    const threshold = thresholdFor(value, config.thresholds);
    const word = threshold?.label ?? (threshold === undefined ? undefined : toneOf(threshold.color));
    const trend = trendOf(subject, config.trend);
    const change = trend?.percentage === undefined ? undefined : formatter.format(trend.percentage, 'percent');
    return html`
      <div class="stat" ${styleProperty('--_tone', cssColor(threshold?.color))}>
        <div class="main">
          <span class="value" part="value">${formatter.format(value, this.#format(config.format))}</span>
          ${word || config.primaryLabel || trend
            ? html`<div class="about">
                ${word ? html`<span class="status" part="badge">${word}</span>` : nothing}
                ${config.primaryLabel ? html`<span class="label"><span>${config.primaryLabel}</span></span>` : nothing}
                ${trend ? this.#trend(trend, change) : nothing}
              </div>`
            : nothing}
        </div>
        ${config.sparkline ? sparkline(samplesOf(subject, this.history)) : nothing} ${this.#secondary(subject, config)}
      </div>
    `;
  }

  #format(format: Format | undefined): Format {
    if (!this.compact) return format ?? 'number';
    return typeof format === 'object' ? { ...format, compact: true } : { style: format ?? 'number', compact: true };
  }

  #trend(trend: Trend, change: string | undefined): TemplateResult {
    const strings = stringsFor(this.display.locale);
    const word = { up: strings.up, down: strings.down, flat: strings.unchanged }[trend.direction];
    const judged = trend.better === undefined ? undefined : trend.better ? 'better' : 'worse';
    return html`<span class="trend" part="trend">
      <span class="change ${judged ?? ''}">
        <span class="direction ${trend.direction}" role="img" aria-label=${judged ? `${word}, ${strings[judged]}` : word}></span>${change ?? nothing}
      </span>
      ${trend.comparison ? html`<span>${strings.versus(trend.comparison)}</span>` : nothing}
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
    const { valueElement, roomElement } = this;
    if (valueElement === this.#watched) return;
    this.#watched = valueElement;
    this.#sizes?.disconnect();
    for (const element of [valueElement, roomElement]) if (element) this.#sizes?.observe(element);
  }

  /** Called after layout and before paint, with the sizes: nothing is measured and nothing flickers. */
  #fit(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, contentRect } of entries) {
      if (target === this.valueElement) this.#width = contentRect.width;
      else this.#room = contentRect.width;
    }
    const [room, width] = [Math.ceil(this.#room), Math.floor(this.#width)];
    if (room === 0 || width === 0) return;
    // Tried in full again where there is as much room as it took.
    if (this.compact) this.compact = room < this.#needed;
    else if (width > room) {
      this.#needed = width;
      this.compact = true;
    }
  }
}
