import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import type { Threshold } from '../../../sdk/contract/display.js';
import { toNumber } from '../../../sdk/data/number.js';
import { getPath } from '../../../sdk/data/path.js';
import { thresholdFor } from '../../../sdk/data/threshold.js';
import { formatterFor } from '../../core/formatters.js';
import { stringsFor } from '../../core/localize.js';
import { message, messageStyles } from '../../core/message.js';
import { styleProperty } from '../../core/style-property.js';
import { tint } from '../../core/tint.js';
import { cssColor, toneOf } from '../../core/tone.js';
import { WidgetView } from '../../core/widget-view.js';
import { arc, BOX, shareOf } from './arc.js';
import { styles } from './gauge.styles.js';

const RADIUS = 48;
const BAND_RADIUS = 56;

/**
 * @summary One reading on a dial between two bounds: the body of a widget of type `gauge`.
 * @tagname ccm-gauge
 * @csspart value - The reading.
 * @csspart badge - The label of the threshold that the reading has reached.
 * @internal
 */
export class CcmGauge extends WidgetView {
  static override styles = [messageStyles, styles];

  @query('.value') private valueElement?: HTMLElement | null;
  #shown: string | undefined;

  protected override updated(): void {
    const text = this.valueElement?.textContent.trim();
    if (this.#shown !== undefined && this.#shown !== text) this.toggleAttribute('moving', tint(this.valueElement));
    this.#shown = text;
  }

  protected override render(): TemplateResult {
    const strings = stringsFor(this.display.locale);
    const config = this.widget?.gaugeConfig;
    const subject = this.widget?.dataPath ? getPath(this.data, this.widget.dataPath) : this.data;
    const value = config === undefined ? undefined : getPath(subject, config.value);
    const reading = toNumber(value);
    if (config === undefined || (reading === undefined && value !== null)) {
      return message({ icon: 'Box', title: strings.unusable, hint: strings.unusableHint(config?.value ?? 'gaugeConfig') });
    }
    const [min, max] = [config.min ?? 0, config.max ?? 100];
    const formatter = formatterFor(this.display);
    const threshold = thresholdFor(reading, config.thresholds);
    const word = threshold?.label ?? (threshold === undefined ? undefined : toneOf(threshold.color));
    const text = formatter.format(reading, config.format ?? { style: 'number', digits: digitsOf(reading) });
    const share = reading === undefined ? 0 : shareOf(reading, min, max);
    return html`
      <div
        class="gauge"
        .role=${'meter'}
        aria-label=${this.widget?.title ?? strings.untitled}
        aria-valuemin=${min}
        aria-valuemax=${max}
        aria-valuenow=${Math.min(max, Math.max(min, reading ?? min))}
        aria-valuetext=${[reading === undefined ? strings.noValue : text, config.unit, word].filter(Boolean).join(' ')}
        ${styleProperty('--_tone', cssColor(threshold?.color))}
      >
        <div class="text">
          <span class="value" part="value">${text}${config.unit ? html`<span class="unit"> ${config.unit}</span>` : nothing}</span>
          ${word ? html`<span class="status" part="badge">${word}</span>` : nothing}
        </div>
        <div class="dial">
          <svg class="arc" viewBox="0 0 ${BOX.width} ${BOX.height}" aria-hidden="true">
            <path class="track" d=${arc(0, 1, RADIUS)}></path>
            ${share > 0
              ? svg`<path class="reading" d=${arc(0, 1, RADIUS)} pathLength="100" stroke-dasharray="100 200"
                  ${styleProperty('stroke-dashoffset', String(100 - share * 100))}></path>`
              : nothing}
            ${bands(config.thresholds ?? [], min, max)}
          </svg>
          ${config.showLabels
            ? html`<div class="bounds" aria-hidden="true"><span>${formatter.format(min)}</span><span>${formatter.format(max)}</span></div>`
            : nothing}
        </div>
      </div>
    `;
  }
}

/** Whole numbers as they are, others with one digit: a dial is read at a glance. */
function digitsOf(reading: number | undefined): number {
  return reading === undefined || Number.isInteger(reading) ? 0 : 1;
}

/** A thin line outside of the dial for each threshold's range, with a small gap between two. */
function bands(thresholds: readonly Threshold[], min: number, max: number) {
  const sorted = [...thresholds].filter(({ value }) => value < max).sort((a, b) => a.value - b.value);
  return sorted.map((threshold, index) => {
    const from = shareOf(threshold.value, min, max) + (index === 0 ? 0 : 0.006);
    const next = sorted[index + 1];
    const to = next === undefined ? 1 : shareOf(next.value, min, max) - 0.006;
    const color = cssColor(threshold.color);
    if (color === undefined || to <= from) return nothing;
    return svg`<path class="band" d=${arc(from, to, BAND_RADIUS)} ${styleProperty('--_band', color)}></path>`;
  });
}
