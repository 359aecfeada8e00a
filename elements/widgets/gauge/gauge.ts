import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Format, GaugeConfig } from '../../../sdk/contract/display.js';
import { toNumber } from '../../../sdk/data/number.js';
import { NO_VALUE } from '../../../sdk/data/format.js';
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
import { arc, ARC_SIDE, BOX } from './arc.js';
import { styles } from './gauge.styles.js';
import { scaleOf } from './scale.js';
import type { Scale, Segment } from './scale.js';

/** Characters from which a number is shortened, and a text set small. */
const LONG = 8;
/** Share of the way between two ranges, half of it. */
const GAP = 0.006;
/** Pixels of height below which a dial stands beside its reading, without labels. */
const LOW = 120;

/** In characters; a definition that nobody checked may have anything in place of words. */
const lengthOf = (words: unknown) => String(words).length;

const extras = new Late(() => import('./extras.js'));

/**
 * @summary One reading on a dial or a bar between two bounds: the body of a widget of type `gauge`.
 * @tagname ccm-gauge
 * @csspart value - The reading.
 * @csspart badge - The label of the threshold that the reading has reached.
 * @internal
 */
export class CcmGauge extends WidgetView {
  static override styles = [messageStyles, styles];

  @query('.value') private valueElement?: HTMLElement | null;
  /** Of the body, where there are labels to be placed in it. */
  @state() private size?: { width: number; height: number };

  #shown: string | undefined;
  #sizes: ResizeObserver | undefined;

  override asTable(): DataTable | undefined {
    const config = this.widget?.gaugeConfig;
    if (config === undefined) return undefined;
    const cell = tableCell(getPath(this.#subject, config.value));
    const name = this.widget?.title ?? '';
    return cell === null ? undefined : { columns: [{ label: config.unit ? `${name} (${config.unit})` : name }], rows: [[cell]] };
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    const { mappings, shape, showLabels } = this.widget?.gaugeConfig ?? {};
    return showLabels || shape === 'bar' || mappings?.length ? extras.before(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#sizes = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#watch();
  }

  protected override updated(): void {
    if (this.shadowRoot) extras.module?.addStyles(this.shadowRoot, extras.module.extraStyles);
    this.#watch();
    const text = this.valueElement?.textContent.trim();
    if (this.#shown !== undefined && this.#shown !== text) this.toggleAttribute('moving', tint(this.valueElement));
    this.#shown = text;
  }

  protected override render(): TemplateResult {
    const strings = stringsFor(this.display.locale);
    const config = this.widget?.gaugeConfig;
    const value = config && getPath(this.#subject, config.value);
    const reading = toNumber(value);
    const mapping = config && extras.module?.mapped(this, value, config.mappings);
    if (config === undefined || (reading === undefined && value !== null && !mapping?.text)) {
      return unusable(strings, strings.unusableHint(config?.value ?? 'gaugeConfig'));
    }
    const scale = scaleOf(config, reading);
    const { color, word } = readingOf(value, config.thresholds, mapping, this.display.locale);
    const isBar = config.shape === 'bar' && extras.module !== undefined;
    const text = mapping?.text || this.#text(reading, config, isBar ? 2 * LONG : LONG);
    const unit = mapping?.text || reading === undefined ? undefined : config.unit;
    return html`
      <div
        class="gauge ${isBar ? 'straight' : config.showLabels ? 'round labelled' : 'round'}"
        .role=${'meter'}
        aria-label=${this.widget?.title ?? strings.untitled}
        aria-valuemin=${scale.min}
        aria-valuemax=${scale.max}
        aria-valuenow=${Math.min(scale.max, Math.max(scale.min, reading ?? scale.min))}
        aria-valuetext=${[text === NO_VALUE ? strings.noValue : text, unit, word].filter(Boolean).join(' ')}
        ${styleProperty('--_tone', color)}
        ${styleProperty('--_length', String(lengthOf(text) + (unit ? lengthOf(unit) / 2 + 0.5 : 0)))}
      >
        <div class="figure">
          <span class="value ${mapping?.text ? 'words' : ''}" part="value" title=${ifDefined(text.length > LONG ? text : undefined)}
            >${mapping?.icon ? icon(mapping.icon, this) : nothing}<bdi>${text}</bdi>${unit ? html`<span class="unit"> ${unit}</span>` : nothing}</span>
          ${word ? html`<span class="status" part="badge">${word}</span>` : nothing}
        </div>
        ${isBar ? extras.module?.bar(scale) : this.#dial(scale)}
        ${config.showLabels && (isBar || (this.size?.height ?? LOW) >= LOW) ? extras.module?.labels(scale, isBar, this.size, extras.module.writerOf(config, this.display), word) : nothing}
      </div>
    `;
  }

  /** What the paths of the config are read off. */
  get #subject(): unknown {
    return getPath(this.data, this.widget?.dataPath ?? '');
  }

  /** A dial is read at a glance: whole numbers as they are, others with one digit, long ones shortened. */
  #text(reading: number | undefined, { format, unit = '' }: GaugeConfig, most: number): string {
    const formatter = formatterFor(this.display);
    const wanted: Format = format ?? { style: 'number', digits: reading === undefined || Number.isInteger(reading) ? 0 : 1 };
    const text = formatter.format(reading, wanted);
    if (text.length + unit.length / 2 <= most) return text;
    return formatter.format(reading, { ...(typeof wanted === 'object' ? wanted : { style: wanted }), digits: undefined, compact: true });
  }

  #dial({ share, segments }: Scale): TemplateResult {
    return html`<div class="dial">
      <svg class="arc" viewBox="0 0 ${BOX.width} ${BOX.height}" aria-hidden="true">
        <path class="track" d=${arc(0, 1, ARC_SIDE.radius)}></path>
        ${share > 0
          ? svg`<path class="reading" d=${arc(0, 1, ARC_SIDE.radius)} pathLength="100" stroke-dasharray="100 200"
              ${styleProperty('stroke-dashoffset', String(100 - share * 100))}></path>`
          : nothing}
        ${segments.map(band)}
      </svg>
    </div>`;
  }

  /** Labels are placed by the body's size; it is told after layout and before paint. */
  #watch(): void {
    if (this.#sizes !== undefined || !this.widget?.gaugeConfig?.showLabels) return;
    this.#sizes = new ResizeObserver(([entry]) => {
      if (entry) this.size = { width: entry.contentRect.width, height: entry.contentRect.height };
    });
    this.#sizes.observe(this);
  }
}

/** A line outside of the dial for a threshold's range, with a small gap before the next. */
function band({ from, to, color }: Segment) {
  const [start, end] = [from === 0 ? 0 : from + GAP, to === 1 ? 1 : to - GAP];
  if (color === undefined || end <= start) return nothing;
  return svg`<path class="band" d=${arc(start, end, ARC_SIDE.band)} ${styleProperty('--_band', color)}></path>`;
}
