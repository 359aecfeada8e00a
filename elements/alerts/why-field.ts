import { html, type TemplateResult } from 'lit';
import type { AlertsStrings } from '../core/alerts-strings.js';

/** Letters of a reason. */
const LONGEST = 500;

/** Why something is silenced. */
export function whyField(why: string, words: AlertsStrings, change: (why: string) => void): TemplateResult {
  return html`<div class="field">
    <label for="why">${words.why}</label>
    <input id="why" name="why" maxlength=${LONGEST} autocomplete="off" aria-describedby="why-hint" .value=${why} @input=${(event: Event) => change((event.target as HTMLInputElement).value)} />
    <p id="why-hint" class="hint">${words.whyHint}</p>
  </div>`;
}
