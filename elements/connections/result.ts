import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ConnectorTest } from '../../sdk/contract/connector.js';
import type { AllStrings } from '../core/localize-connections.js';
import { icon } from '../core/icons.js';

/** How a try went: whether, how fast, and what the other side said. */
export function renderResult(
  { ok, ms, status, detail }: ConnectorTest,
  words: AllStrings,
  locale: string | undefined,
  host: ReactiveControllerHost,
): TemplateResult {
  const time = words.milliseconds(Math.round(ms).toLocaleString(locale));
  const said = [status ? `HTTP ${status}` : '', detail ?? ''].filter(Boolean).join(' · ');
  return html`<p class=${ok ? 'good' : 'wrong'}>
    ${icon(ok ? 'CircleCheck' : 'TriangleAlert', host)}<span>${ok ? words.testOk(time) : words.testFailed(time)}${said ? html` <small>${said}</small>` : ''}</span>
  </p>`;
}
