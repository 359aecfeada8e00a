import { html, nothing, type TemplateResult } from 'lit';
import type { AlertEvent } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import type { AlertSpeech } from '../widget/alert-speech.js';

const TONES: Partial<Record<AlertEvent['what'], string>> = { fired: 'begins', escalated: 'begins', notNotified: 'begins', resolved: 'ends' };

/** Whether something began or ended with it, for how its mark looks. */
export function toneOfEvent({ what, severity }: AlertEvent): string {
  const tone = TONES[what];
  return tone === 'begins' ? severity : tone === 'ends' ? 'good' : '';
}

/** What happened, and who did it: `Assigned to ben by anna`, `Began to fire: 3`. */
export function renderEventText(event: AlertEvent, words: AlertsStrings, speech: AlertSpeech): TemplateResult {
  const { what, by, text, value } = event;
  const said = what === 'assigned' && !text ? words.events.unassigned : what === 'assigned' && text ? words.assignedTo(text) : Object.hasOwn(words.events, what) ? words.events[what] : what;
  const withValue = (what === 'fired' || what === 'resolved') && value !== undefined && value !== null ? words.eventWith(said, speech.value(event)) : said;
  const whole = by ? words.eventBy(withValue, by) : withValue;
  const quotes = text && what !== 'assigned';
  return html`<span class="what-happened">${whole}</span>${quotes ? html`<q>${text}</q>` : nothing}`;
}
