import { html, nothing, svg, type TemplateResult } from 'lit';
import type { BacktestResult } from '../../../sdk/contract/alert.js';
import type { AlertRuleStrings } from '../../core/alert-rule-strings.js';
import { formatterFor } from '../../core/formatters.js';
import type { DisplayContext } from '../../core/widget-view.js';
import { lengthText } from './lengths.js';

const WIDTH = 600;
const HEIGHT = 120;
/** Space above and below the line. */
const EDGE = 8;
/** Of so many pixels more points are not seen. */
const MOST = 600;
const LISTED = 20;
/** Milliseconds for which a value is taken to hold where none came after it. */
const HELD = 600_000;

export interface Tried {
  result: BacktestResult;
  /** Epoch milliseconds. */
  from: number;
  to: number;
  threshold: unknown;
  severity: string;
}

/** What a rule would have done: its values, its limit, the times at which it fires; and all of it in words. */
export function backtestChart({ result: { points, firings, note }, from, to, threshold, severity }: Tried, words: AlertRuleStrings, display: DisplayContext): TemplateResult {
  const known = points.filter(([time, value]) => Number.isFinite(time) && Number.isFinite(value));
  const longest = Math.max(0, ...firings.map((firing) => (firing.until ?? to) - firing.from)) / 1000;
  const limit = typeof threshold === 'number' && Number.isFinite(threshold) ? threshold : undefined;
  const said = firings.length === 0 ? words.wouldNot : words.wouldFire(firings.length, lengthText(longest, words));
  return html`<div class="tried" role="status">
    ${known.length === 0
      ? html`<p>${note ?? words.noPoints}</p>`
      : html`<p class="said">${said}</p>${picture(known, firings, { from, to, limit, severity }, words, display)}
        ${note ? html`<p class="hint">${note}</p>` : nothing}
        ${firings.length > 0 ? list(firings, to, words, display) : nothing}`}
  </div>`;
}

function picture(
  points: BacktestResult['points'], firings: BacktestResult['firings'], { from: asked, to, limit, severity }: { from: number; to: number; limit: number | undefined; severity: string },
  words: AlertRuleStrings, display: DisplayContext,
): TemplateResult {
  const values = points.map(([, value]) => value);
  // Of a time of which nothing is known there is nothing to see.
  const from = Math.max(asked, Math.min(points[0]?.[0] ?? asked, to - 1));
  const seen = limit === undefined ? values : [...values, limit];
  const [least, most] = [seen.reduce((a, b) => Math.min(a, b)), seen.reduce((a, b) => Math.max(a, b))];
  const span = most - least || 1;
  const x = (time: number) => round(((Math.min(Math.max(time, from), to) - from) / (to - from || 1)) * WIDTH);
  const y = (value: number) => round(EDGE + (1 - (value - least) / span) * (HEIGHT - 2 * EDGE));
  const path = thinned(points).map(([time, value], index) => `${index === 0 ? 'M' : 'L'}${x(time)} ${y(value)}`).join('');
  const [last = from] = points.at(-1) ?? [];
  const end = Math.max(x(Math.min(last + HELD, to)), x(last) + 2);
  const { format } = formatterFor(display);
  const number = (value: number) => format(value, { style: 'number', compact: true });
  const moment = (time: number) => new Intl.DateTimeFormat(display.locale, { timeZone: display.timeZone, weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(time);
  return html`<figure class=${severity}>
    <div class="plot">
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${words.chart(points.length)}>
        ${firings.map((firing) => svg`<rect class="fires" x=${x(firing.from)} y="0" width=${Math.max(2, x(firing.until ?? to) - x(firing.from))} height=${HEIGHT}></rect>`)}
        ${limit === undefined ? nothing : svg`<line class="limit" x1="0" x2=${WIDTH} y1=${y(limit)} y2=${y(limit)}></line>`}
        <path d=${`${path}H${end}`}></path>
      </svg>
      <div class="scale"><span>${number(most)}</span><span>${number(least)}</span></div>
    </div>
    <figcaption><span dir="auto">${moment(from)}</span>${limit === undefined ? nothing : html`<span class="limit-word" dir="auto">${words.limit} ${format(limit, 'number')}</span>`}<span dir="auto">${moment(to)}</span></figcaption>
  </figure>`;
}

function list(firings: BacktestResult['firings'], to: number, words: AlertRuleStrings, display: DisplayContext): TemplateResult {
  const { format } = formatterFor(display);
  return html`<details><summary>${words.firings}</summary><ul>${firings.slice(-LISTED).map(({ from, until, value }) =>
    html`<li>${format(from, 'datetime')} · ${format(value, 'number')} · ${lengthText(((until ?? to) - from) / 1000, words)}${until === undefined ? ` (${words.still})` : ''}</li>`)}</ul></details>`;
}

/** Of each stretch the least and the greatest: a short peak is what a rule is about. */
function thinned(points: BacktestResult['points']): BacktestResult['points'] {
  if (points.length <= MOST) return points;
  const size = Math.ceil((points.length * 2) / MOST);
  const kept: BacktestResult['points'] = [];
  for (let at = 0; at < points.length; at += size) {
    const stretch = points.slice(at, at + size);
    const [low, high] = [stretch.reduce((a, b) => (b[1] < a[1] ? b : a)), stretch.reduce((a, b) => (b[1] > a[1] ? b : a))];
    kept.push(...(low === high ? [low] : low[0] < high[0] ? [low, high] : [high, low]));
  }
  return kept;
}

const round = (value: number): number => Math.round(value * 10) / 10;
