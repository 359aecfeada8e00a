import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Alert } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { icon } from '../core/icons.js';
import { countsOf, worstOpen } from './severity.js';

/** What is more is `99+`. */
const MOST = 99;

export interface BadgeParts {
  host: ReactiveControllerHost;
  words: AlertsStrings;
  /** It is known what there is. */
  isKnown: boolean;
  onPress(): void;
  onPointer(): void;
}

/** A bell with how many fire, in the tone of the worst that nobody has acknowledged. */
export function renderBadge(alerts: readonly Alert[], { host, words, isKnown, onPress, onPointer }: BadgeParts): TemplateResult {
  const { critical, warning, info } = countsOf(alerts);
  const count = critical + warning + info;
  const worst = worstOpen(alerts);
  const shown = count > MOST ? `${MOST}+` : String(count);
  const told = words.firingNow(critical, warning, info);
  const said = isKnown ? `${words.alerts}: ${count > 0 ? `${shown} – ` : ''}${told}` : words.alerts;
  return html`<button class="bell ${worst ?? ''}" part="badge" type="button" aria-haspopup="dialog" aria-expanded="false" aria-label=${said} title=${said} @pointerdown=${onPointer} @click=${onPress}>
    ${icon('Bell', host)}${count > 0 ? html`<span class="total">${shown}</span>` : nothing}
  </button>`;
}
