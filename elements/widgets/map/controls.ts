import { html, type TemplateResult } from 'lit';
import type { MapStrings } from '../../core/map-strings.js';

/** As path data in a 24 × 24 box: three signs are not worth loading all icons. */
const SIGNS = { plus: 'M5 12h14M12 5v14', minus: 'M5 12h14', home: 'M3 11 12 4l9 7M6 9v11h12V9' };

export interface ControlActions {
  zoomIn: () => void;
  zoomOut: () => void;
  home: () => void;
}

/** Nearer, further, and back to the view that shows all of it. */
export function renderControls(strings: MapStrings, actions: ControlActions, { nearest, whole }: { nearest: boolean; whole: boolean }): TemplateResult {
  return html`<div class="controls">
    ${button(strings.zoomIn, SIGNS.plus, actions.zoomIn, nearest)} ${button(strings.zoomOut, SIGNS.minus, actions.zoomOut, whole)}
    ${button(strings.home, SIGNS.home, actions.home, false)}
  </div>`;
}

/** One that can do no more stays reachable: it must not lose the focus that is on it. */
function button(name: string, sign: string, run: () => void, off: boolean): TemplateResult {
  return html`<button type="button" title=${name} aria-disabled=${off} @click=${off ? undefined : run}>
    <svg viewBox="0 0 24 24" width="14" height="14" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"
      aria-hidden="true"><path d=${sign}></path></svg>
  </button>`;
}
