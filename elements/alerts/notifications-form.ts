import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { CcmClient } from '../../sdk/client/client.js';
import { CcmError } from '../../sdk/client/errors.js';
import type { Severity } from '../../sdk/contract/alert.js';
import type { NotificationAddress } from '../../sdk/contract/notification.js';
import { englishAlerts, type AlertsStrings } from '../core/alerts-strings.js';
import { CcmElement } from '../core/base-element.js';
import { formStyles } from '../core/form.styles.js';
import { icon } from '../core/icons.js';
import { stringsFor, wordsOf } from '../core/localize.js';
import type { DisplayContext } from '../core/widget-view.js';
import { choicesStyles } from './choices.styles.js';
import { faultOf, inWords } from './faults.js';
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
 * Where the viewer is told of alerts beside the page: addresses, quiet hours, this browser. It stays open with what was typed until the
 * edge has taken it.
 * @internal
 */
export class CcmNotifications extends CcmElement {
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

  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';
  @property({ attribute: false }) display: DisplayContext = {};
  @property({ attribute: false }) client?: CcmClient;
  /** Called when the edge has taken it. */
  @property({ attribute: false }) saved: () => void = () => undefined;

  @query('dialog') private dialog!: HTMLDialogElement;

  @state() private draft: NotificationDraft | undefined;
  @state() private isOpen = false;
  @state() private busy = false;
  @state() private fault = '';
  /** By the place of the address. */
  @state() private wrong: Readonly<Record<number, string>> = {};
  @state() private quietFaults: Partial<Record<PlanPart, PlanFault>> = {};
  @state() private push: PushBrowser | undefined;
  @state() private pushFault = '';

  async open(): Promise<void> {
    const { client } = this;
    if (client === undefined) return;
    Object.assign(this, { isOpen: true, draft: undefined, fault: '', pushFault: '', wrong: {}, quietFaults: {}, busy: false, push: new PushBrowser(client) });
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
    await Promise.all([this.#read(client), this.#doPush((push) => push.look())]);
  }

  close(): void {
    this.dialog.close();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.renderRoot.querySelector('dialog')?.close();
  }

  protected override render(): TemplateResult {
    const words = this.#words;
    const strings = stringsFor(this.locale);
    const { draft } = this;
    return html`<dialog aria-labelledby="title" @close=${() => !this.dialog.open && (this.isOpen = false)} @keydown=${(event: Event) => event.stopPropagation()}>
      ${this.isOpen
        ? html`<form method="dialog" novalidate aria-busy=${this.busy || draft === undefined ? 'true' : 'false'} @submit=${this.#submit}>
            <header>
              <h2 id="title">${words.notifyTitle}</h2>
              <button class="close" type="button" aria-label=${strings.close} @click=${() => this.close()}>${icon('X', this)}</button>
            </header>
            <div class="fields">
              ${draft ? html`${this.#addresses(draft, words)} ${this.#quiet(draft, words)} ${this.#pushFields(draft, words)}` : this.fault ? nothing : html`<p class="hint">${strings.loading}</p>`}
            </div>
            <div class="outcome" aria-live="polite">${this.fault ? html`<p class="wrong">${icon('TriangleAlert', this)}<span>${this.fault}</span></p>` : nothing}</div>
            <footer>
              <button type="button" @click=${() => this.close()}>${words.cancel}</button>
              <button class="primary" type="submit" aria-disabled=${this.busy || draft === undefined ? 'true' : 'false'}>${words.save}</button>
            </footer>
          </form>`
        : nothing}
    </dialog>`;
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

  get #words(): AlertsStrings {
    return wordsOf('alerts', englishAlerts, this.locale);
  }

  #take(part: Partial<NotificationDraft>): void {
    if (this.draft) this.draft = { ...this.draft, ...part };
  }

  async #add(addresses: readonly NotificationAddress[]): Promise<void> {
    this.#take({ addresses: [...addresses, { type: 'email', to: '' }] });
    await this.updateComplete;
    [...this.renderRoot.querySelectorAll<HTMLElement>('[name=to]')].at(-1)?.focus();
  }

  #say(error: unknown): string {
    return inWords(faultOf(error), this.#words, stringsFor(this.locale));
  }

  async #read(client: CcmClient): Promise<void> {
    try {
      this.draft = draftOf(await client.alerts.notifications());
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.fields :is(select, input, button)')?.focus();
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
      this.pushFault = error instanceof CcmError ? this.#say(error) : this.#words.pushFailed;
      if (Notification.permission === 'denied') push.state = 'denied';
    }
    this.requestUpdate();
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { client, draft } = this;
    if (client === undefined || draft === undefined || this.busy) return;
    const zone = zoneOf(this.display);
    const { weekdays, times, zone: zoneFault } = faultsOfPlan({ ...newPlan(Date.now(), zone), kind: draft.quiet === 'weekly' ? 'weekly' : 'once', weekly: draft.weekly }, Date.now(), zone);
    this.quietFaults = { ...(weekdays && { weekdays }), ...(times && { times }), ...(zoneFault && { zone: zoneFault }) };
    if (Object.keys(this.quietFaults).length > 0) return;
    this.busy = true;
    this.fault = '';
    this.wrong = {};
    const settings = settingsOf(draft);
    try {
      this.draft = draftOf(await client.alerts.setNotifications(settings));
      this.saved();
      this.close();
    } catch (error) {
      await this.#refused(error, draft);
    } finally {
      this.busy = false;
    }
  };

  /** The edge counts the addresses that are filled in. */
  async #refused(error: unknown, { addresses }: NotificationDraft): Promise<void> {
    const sent = addresses.flatMap(({ to }, index) => (to.trim() === '' ? [] : [index]));
    const faults = error instanceof CcmError ? error.errors ?? [] : [];
    const found = faults.flatMap(({ path, message }) => {
      const place = sent[Number(/^addresses\.(\d+)/.exec(path)?.[1] ?? NaN)];
      return place === undefined ? [] : [[place, message] as const];
    });
    this.wrong = Object.fromEntries(found);
    this.fault = found.length > 0 && found.length === faults.length ? '' : this.#say(error);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[name=to][aria-invalid=true]')?.focus();
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
