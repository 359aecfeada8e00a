import { svg, html, nothing } from 'lit';
import { SPARKLINE_SAMPLES } from '../../../sdk/contract/display.js';
import { toNumber } from '../../../sdk/data/number.js';
import { getPath } from '../../../sdk/data/path.js';

const WIDTH = 100;
const HEIGHT = 28;

/** The samples at `history`: numbers, or objects with a `value`. Where the answer has none of its own, those that the edge `kept`. */
export function samplesOf(data: unknown, kept: readonly (readonly [time: number, value: number])[] = []): number[] {
  const history = getPath(data, 'history');
  if (!Array.isArray(history)) return kept.slice(-SPARKLINE_SAMPLES).map(([, value]) => value);
  const samples: number[] = [];
  for (const sample of history.slice(-SPARKLINE_SAMPLES) as unknown[]) {
    const value = toNumber(typeof sample === 'object' ? getPath(sample, 'value') : sample);
    if (value !== undefined) samples.push(value);
  }
  return samples;
}

/** The last samples as a line; nothing under two of them. Decoration: the value and its trend say it in words. */
export function sparkline(samples: number[]) {
  if (samples.length < 2) return nothing;
  const low = Math.min(...samples);
  const span = Math.max(...samples) - low || 1;
  const points = samples.map((value, index) => {
    const x = (index / (samples.length - 1)) * WIDTH;
    const y = HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4);
    return `${x.toFixed(2)} ${y.toFixed(2)}`;
  });
  const line = `M${points.join('L')}`;
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<path d=${`${line}V${HEIGHT}H0z`} fill="var(--_accent)" fill-opacity="0.12"></path>
      <path d=${line} fill="none" stroke="var(--_accent)" stroke-width="1.75" stroke-linejoin="round"></path>`}
  </svg>`;
}
