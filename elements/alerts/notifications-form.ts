import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { CcmClient } from '../../sdk/client/client.js';
import { CcmError } from '../../sdk/client/errors.js';
import type { Severity } from '../../sdk/contract/alert.js';
import type { NotificationAddress } from '../../sdk/contract/notification.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { formStyles } from '../core/form.styles.js';
import { icon } from '../core/icons.js';
import { stringsFor } from '../core/localize.js';
import { choicesStyles } from './choices.styles.js';
import { faultOf, inWords } from './faults.js';
import { FormDialog, type FormParts } from './form-dialog.js';
import { draftOf, MOST_ADDRESSES, settingsOf, type NotificationDraft } from './notification-draft.js';
import { weeklyFields } from './plan-times.js';
import { PushBrowser } from './push-browser.js';
import { recurringText } from './recurring-text.js';
import { SEVERITIES } from './severity.js';
import { faultsOfPlan, newPlan, type PlanFault, type PlanPart } from './silence-plan.js';
import { planStyles } from './silence-plan-form.styles.js';
import { zoneOf } from './zoned-time.js';

const LONGEST = 320;
const DEFAULT: Severity = 'warning';

/**
 * Where the viewer is told of alerts beside the page: addresses, quiet hours, this browser.
 * @internal
 */
export class CcmNotifications extends FormDialog {
  static override styles = [
    formStyles,
    choicesStyles,
    planStyles,
    css`
      .matcher {
        grid-template-columns: minmax(0, 3fr) minmax(0, 6fr) minmax(0, 4fr) 30px;
      }
      .push {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 12px;
        align-items: center;
      }
      .push select {
        width: auto;
      }
      @container (max-width: 479px) {
        .matcher {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) 30px;
        }
        .matcher [name='to'] {
          grid-row: 2;
          grid-column: 1 / 3;
        }
      }
    `,
  ];

  @property({ attribute: false }) client?: CcmClient;
  /** Called when the edge has taken it. */
  @property({ attribute: false }) saved: () => void = () => undefined;

  @state() private draft: NotificationDraft | undefined;
  @state() private isOpen = false;
  /** By the place of the address. */
  @state() private wrong: Readonly<Record<number, string>> = {};
  @state() private quietFaults: Partial<Record<PlanPart, PlanFault>> = {};
  @state() private push: PushBrowser | undefined;
  @state() private pushFault = '';

  async open(): Promise<void> {
    const { client } = this;
    if (client === undefined) return;
    Object.assign(this, { isOpen: true, draft: undefined, pushFault: '', wrong: {}, quietFaults: {}, push: new PushBrowser(client) });
    await this.show('.close');
    await Promise.all([this.#read(client), this.#doPush((push) => push.look())]);
  }

  protected override parts(): FormParts | undefined {
    const { draft, words } = this;
    if (!this.isOpen) return undefined;
    return {
      title: words.notifyTitle, send: words.save, isWaiting: draft === undefined,
      fields: draft
        ? html`${this.#addresses(draft, words)} ${this.#quiet(draft, words)} ${this.#pushFields(draft, words)}`
        : this.fault ? nothing : html`<p class="hint">${stringsFor(this.locale).loading}</p>`,
    };
  }

  protected override forget(): void {
    this.isOpen = false;
  }

  #addresses(draft: NotificationDraft, words: AlertsStrings): TemplateResult {
    const { addresses } = draft;
    const put = (index: number, part: Partial<NotificationAddress>) => this.#take({ addresses: addresses.map((one, at) => (at === index ? { ...one, ...part } : one)) });
    const drop = (index: number) => {
      this.wrong = {};
      this.#take({ addresses: addresses.filter((_, at) => at !== index) });
    };
    return html`<fieldset aria-describedby="addresses-hint"><legend>${words.addresses}</legend>
      <p class="hint" id="addresses-hint">${words.addressesHint}</p>
      ${addresses.map(({ type, to, from = DEFAULT }, index) => html`<div class="matcher">
          <select name="type" aria-label=${words.channel} @change=${(event: Event) => put(index, { type: valueOf(event) as NotificationAddress['type'] })}>
            ${(['email', 'sms'] as const).map((one) => html`<option value=${one} .selected=${live(one === type)}>${words.channels[one]}</option>`)}
          </select>
          <input name="to" type=${type === 'email' ? 'email' : 'tel'} maxlength=${LONGEST} aria-label=${words.channels[type]} placeholder=${type === 'email' ? 'ada@example.com' : '+4915112345678'}
            aria-invalid=${this.wrong[index] ? 'true' : 'false'} aria-describedby=${ifDefined(this.wrong[index] ? `wrong-${index}` : undefined)} .value=${live(to)} @input=${(event: Event) => put(index, { to: valueOf(event) })} />
          ${severityChoice(from, words.fromSeverity, words, (severity) => put(index, { from: severity }))}
          <button class="close" type="button" aria-label=${words.removeMatcher(to || words.channels[type])} title=${words.remove} @click=${() => drop(index)}>${icon('X', this)}</button>
        </div>
        ${this.wrong[index] ? html`<p class="fault" id=${`wrong-${index}`} role="alert">${this.wrong[index]}</p>` : nothing}`)}
      ${addresses.length < MOST_ADDRESSES
        ? html`<button class="add" type="button" @click=${() => void this.#add(addresses)}>${icon('Plus', this)} ${words.addAddress}</button>`
        : nothing}
    </fieldset>`;
  }

  #quiet(draft: NotificationDraft, words: AlertsStrings): TemplateResult {
    const { quiet, weekly, kept } = draft;
    return html`<fieldset><legend>${words.quietHours}</legend>
      <label class="check"><input type="checkbox" name="quiet" .checked=${live(quiet !== 'none')} @change=${() => this.#take({ quiet: quiet !== 'none' ? 'none' : kept ? 'kept' : 'weekly' })} /><span>${words.quietHint}</span></label>
      ${quiet === 'weekly' ? weeklyFields(weekly, { words, display: this.display, faults: this.quietFaults }, (next) => this.#take({ weekly: next })) : nothing}
      ${quiet === 'kept' && kept ? html`<p class="hint">${recurringText(kept, this.display)}</p>` : nothing}
    </fieldset>`;
  }

  #pushFields(draft: NotificationDraft, words: AlertsStrings): TemplateResult {
    const current = this.push?.state ?? 'unknown';
    const mayAct = current === 'on' || current === 'off';
    return html`<fieldset><legend>${words.thisBrowser}</legend>
      <p class="hint" role="status">${words.pushStates[current]}</p>
      ${mayAct
        ? html`<div class="push">
            <button type="button" name="push" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => void this.#toggle(current === 'off')}>${current === 'off' ? words.pushOn : words.pushOff}</button>
            ${current === 'on' ? severityChoice(draft.push ?? DEFAULT, words.fromSeverity, words, (push) => this.#take({ push })) : nothing}
          </div>`
        : nothing}
      ${this.pushFault ? html`<p class="fault" role="alert">${this.pushFault}</p>` : nothing}
    </fieldset>`;
  }

  #take(part: Partial<NotificationDraft>): void {
    this.touched();
    if (this.draft) this.draft = { ...this.draft, ...part };
  }

  async #add(addresses: readonly NotificationAddress[]): Promise<void> {
    this.#take({ addresses: [...addresses, { type: 'email', to: '' }] });
    await this.updateComplete;
    [...this.renderRoot.querySelectorAll<HTMLElement>('[name=to]')].at(-1)?.focus();
  }

  #say(error: unknown): string {
    return inWords(faultOf(error), this.words, stringsFor(this.locale));
  }

  async #read(client: CcmClient): Promise<void> {
    try {
      this.draft = draftOf(await client.alerts.notifications());
      await this.updateComplete;
      this.focusAt('.fields :is(select, input, button)');
    } catch (error) {
      this.fault = this.#say(error);
    }
  }

  /** The severity is the settings', the subscription the browser's: without the first it would be told nothing. */
  async #toggle(on: boolean): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.#doPush((push) => (on ? push.subscribe() : push.unsubscribe()));
    this.busy = false;
    if (on && this.push?.state === 'on') {
      this.#take({ push: this.draft?.push ?? DEFAULT });
      await this.#keepPush();
    }
  }

  async #keepPush(): Promise<void> {
    const { client, draft } = this;
    if (client === undefined || draft === undefined) return;
    try {
      // What is typed meanwhile is not saved by it.
      await client.alerts.setNotifications({ ...(await client.alerts.notifications()), push: draft.push ?? DEFAULT });
    } catch (error) {
      this.pushFault = this.#say(error);
    }
  }

  async #doPush(act: (push: PushBrowser) => Promise<unknown>): Promise<void> {
    const { push } = this;
    if (push === undefined) return;
    this.pushFault = '';
    try {
      await act(push);
    } catch (error) {
      this.pushFault = error instanceof CcmError ? this.#say(error) : this.words.pushFailed;
      if (Notification.permission === 'denied') push.state = 'denied';
    }
    this.requestUpdate();
  }

  protected override async submitted(): Promise<void> {
    const { client, draft } = this;
    if (client === undefined || draft === undefined) return;
    const zone = zoneOf(this.display);
    const { weekdays, times, zone: zoneFault } = faultsOfPlan({ ...newPlan(Date.now(), zone), kind: draft.quiet === 'weekly' ? 'weekly' : 'once', weekly: draft.weekly }, Date.now(), zone);
    this.quietFaults = { ...(weekdays && { weekdays }), ...(times && { times }), ...(zoneFault && { zone: zoneFault }) };
    if (Object.keys(this.quietFaults).length > 0) return;
    this.wrong = {};
    await this.send(async () => {
      try {
        this.draft = draftOf(await client.alerts.setNotifications(settingsOf(draft)));
        this.saved();
        return undefined;
      } catch (error) {
        return this.#refused(error, draft);
      }
    });
    await this.updateComplete;
    this.focusAt('[name=to][aria-invalid=true]');
  }

  /** What is wrong with an address stands at it; the rest is said. The edge counts the addresses that are filled in. */
  #refused(error: unknown, { addresses }: NotificationDraft): string {
    const sent = addresses.flatMap(({ to }, index) => (to.trim() === '' ? [] : [index]));
    const faults = error instanceof CcmError ? error.errors ?? [] : [];
    const found = faults.flatMap(({ path, message }) => {
      const place = sent[Number(/^addresses\.(\d+)/.exec(path)?.[1] ?? NaN)];
      return place === undefined ? [] : [[place, message] as const];
    });
    this.wrong = Object.fromEntries(found);
    return found.length > 0 && found.length === faults.length ? '' : this.#say(error);
  }
}

function severityChoice(chosen: Severity, label: string, words: AlertsStrings, change: (severity: Severity) => void): TemplateResult {
  return html`<select name="severity" aria-label=${label} @change=${(event: Event) => change(valueOf(event) as Severity)}>
    ${SEVERITIES.map((one) => html`<option value=${one} .selected=${live(one === chosen)}>${words.fromSeverities[one]}</option>`)}
  </select>`;
}

function valueOf({ target }: Event): string {
  return (target as HTMLInputElement | HTMLSelectElement).value;
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-notifications': CcmNotifications;
  }
}
