import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Alert } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import type { Strings } from '../core/strings.js';
import { icon } from '../core/icons.js';
import { countsOf, rulesLacking, worstOpen } from './severity.js';

/** What is more is `99+`. */
const MOST = 99;

export interface BadgeParts {
  host: ReactiveControllerHost;
  words: AlertsStrings;
  strings: Strings;
  /** It is known what there is. */
  isKnown: boolean;
  /** What is known may be old. */
  isOld: boolean;
  onPress(): void;
  onPointer(): void;
}

/** A bell with how many fire, in the tone of the worst that nobody has acknowledged. */
export function renderBadge(alerts: readonly Alert[], { host, words, strings, isKnown, isOld, onPress, onPointer }: BadgeParts): TemplateResult {
  const { critical, warning, info } = countsOf(alerts);
  const count = critical + warning + info;
  const worst = worstOpen(alerts);
  const shown = count > MOST ? `${MOST}+` : String(count);
  const told = words.firingNow(critical, warning, info);
  const lacking = rulesLacking(alerts);
  const parts = [isKnown ? `${words.alerts}: ${count > 0 ? `${shown} – ` : ''}${told}` : words.alerts, lacking > 0 ? words.lacking(lacking) : '', isOld ? strings.cut : ''];
  const said = parts.filter(Boolean).join('. ');
  return html`<button class="bell ${worst ?? ''} ${isOld ? 'old' : ''}" part="badge" type="button" aria-haspopup="dialog" aria-expanded="false" title=${said} @pointerdown=${onPointer} @click=${onPress}>
    ${icon('Bell', host)}${isOld ? html`<span class="sign" aria-hidden="true">${icon('CloudOff', host)}</span>` : lacking > 0 ? html`<span class="sign lacks" aria-hidden="true">?</span>` : nothing}${count > 0 ? html`<span class="total" aria-hidden="true">${shown}</span>` : nothing}
  </button>`;
}
