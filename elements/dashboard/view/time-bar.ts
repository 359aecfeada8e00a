import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { icon, provideIcons } from '../../core/icons.js';
import { TIME_ICONS } from '../../core/icons-time.data.js';
import type { ViewStrings } from '../../core/view-strings.js';
import type { Step } from './time-step.js';

export interface TimeBar {
  host: ReactiveControllerHost;
  words: string;
  strings: ViewStrings;
  pick(): void;
  step(step: Step): void;
}

provideIcons(TIME_ICONS);

/** The time that is shown, which opens its dialog, and the steps from it. */
export function timeBar({ host, words, strings, pick, step }: TimeBar): TemplateResult {
  const one = (to: Step, name: string, label: string) => html`<button
    class=${to === 'out' ? 'step' : 'step turns'}
    type="button"
    title=${label}
    aria-describedby="time"
    @click=${() => step(to)}
  >
    ${icon(name, host)}
  </button>`;
  return html`<div class="time">
    <button id="time" type="button" aria-haspopup="dialog" aria-label="${strings.timeRange}: ${words}" @click=${pick}>${icon('Clock', host)} <span>${words}</span></button>
    ${one('back', 'ChevronLeft', strings.earlier)} ${one('forward', 'ChevronRight', strings.later)} ${one('out', 'ZoomOut', strings.zoomOut)}
  </div>`;
}
