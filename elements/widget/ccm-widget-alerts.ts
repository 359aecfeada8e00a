import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { CcmClient } from '../../sdk/client/client.js';
import { CcmError } from '../../sdk/client/errors.js';
import type { Alert } from '../../sdk/contract/alert.js';
import type { AlertList } from '../../sdk/store/alert-list.js';
import { ageText } from '../core/age.js';
import { CcmAlertAckEvent, CcmAlertOpenEvent } from '../core/alert-event.js';
import { CcmElement } from '../core/base-element.js';
import { buttonStyles } from '../core/button.styles.js';
import { floatingStyles } from '../core/floating.styles.js';
import { icon } from '../core/icons.js';
import { safeAddress } from '../core/links.js';
import { stringsFor } from '../core/localize.js';
import { place } from '../core/popover-position.js';
import type { AlertSpeech } from './alert-speech.js';
import { alertWords, SEVERITY_ICONS } from './alert-words.js';
import { panelStyles } from './ccm-widget-alerts.styles.js';

/** Alerts that are listed here; the alert centre has all. */
const MOST = 8;

/** The alert centre, where its code is there. */
type AlertCentre = HTMLElement & { open?(id: string): Promise<void> };

/** The panel of a widget's alerts is closed. Stays inside the widget. */
export class PanelClosedEvent extends Event {
  constructor() {
    super('ccm-panel-closed');
  }
}

/**
 * @summary The alerts of one widget, in a small panel: what is crossed, since when, who has it, and what to do.
 * @tagname ccm-widget-alerts
 * @internal
 */
export class CcmWidgetAlerts extends CcmElement {
  static override styles = [buttonStyles, floatingStyles, panelStyles];

  /** Those that fire, the gravest first. */
  @property({ attribute: false }) alerts: readonly Alert[] = [];
  @property({ attribute: false }) list?: AlertList;
  @property({ attribute: false }) client?: CcmClient;
  @property({ attribute: false }) speech!: AlertSpeech;
  @property() locale?: string;

  @query('.floating') private panel?: HTMLElement | null;
  @query('textarea') private field?: HTMLTextAreaElement | null;

  /** The one whose details are shown; of several none at first. */
  @state() private chosen: string | undefined;
  @state() private writes = false;
  @state() private fault = '';
  @state() private busy = false;

  #anchor: HTMLElement | undefined;

  async open(anchor: HTMLElement): Promise<void> {
    this.#anchor = anchor;
    this.chosen = undefined;
    await this.updateComplete;
    if (!this.panel?.isConnected || this.panel.matches(':popover-open')) return;
    this.panel.showPopover();
    place(this.panel, anchor);
    this.#focusFirst();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What is over is not here any more.
    if (changed.has('alerts') && this.chosen !== undefined && !this.alerts.some(({ id }) => id === this.chosen)) this.#choose(undefined);
  }

  protected override updated(): void {
    if (this.#anchor && this.panel?.matches(':popover-open')) place(this.panel, this.#anchor);
  }

  protected override render(): TemplateResult {
    const words = alertWords(this.locale);
    const shown = this.alerts.find(({ id }) => id === this.chosen) ?? (this.alerts.length === 1 ? this.alerts[0] : undefined);
    return html`<div class="floating" popover="auto" role="dialog" aria-labelledby="heading" tabindex="-1" @toggle=${this.#toggled}>
      ${shown ? this.#details(shown) : this.#several()}
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
      ${shown ? nothing : html`<div class="actions">${this.#openCentre(this.alerts[0], words.open)}</div>`}
    </div>`;
  }

  #several(): TemplateResult {
    const words = alertWords(this.locale);
    const { alerts, speech } = this;
    if (alerts.length === 0) return html`<h3 id="heading">${words.calm}</h3>`;
    return html`<h3 id="heading">${words.count(alerts.length)}</h3>
      <ul role="list">${alerts.slice(0, MOST).map((alert) => html`<li>
        <button class="row ${alert.severity}" type="button" @click=${() => this.#choose(alert.id)}>
          ${icon(SEVERITY_ICONS[alert.severity], this)}<span class="visually-hidden">${words.severities[alert.severity]}: ${alert.name}, ${speech.crossing(alert)}</span>
          <span class="name" aria-hidden="true">${alert.name}</span><bdi class="value" dir="ltr" aria-hidden="true">${speech.signs(alert)}</bdi>
          ${alert.ack || alert.assignee ? icon('User', this) : nothing}
        </button></li>`)}
      </ul>
      ${alerts.length > MOST ? html`<p class="muted">${words.andMore(alerts.length - MOST)}</p>` : nothing}`;
  }

  #details(alert: Alert): TemplateResult {
    const words = alertWords(this.locale);
    const { speech, list, busy } = this;
    const { severity, state, name, text, ack, assignee, silencedBy, comments = 0, firedAt, since } = alert;
    const title = speech.title(alert);
    const runbook = safeAddress(alert.runbook);
    const mine = list?.me !== undefined && assignee === list.me;
    return html`${this.alerts.length > 1
      ? html`<button class="back" type="button" @click=${() => this.#choose(undefined)}>${icon('ArrowLeft', this)} ${words.back}</button>`
      : nothing}
      <p class="severity ${severity}">${icon(SEVERITY_ICONS[severity], this)} ${words.severities[severity]}${state === 'recovering' ? ` · ${words.states.recovering}` : ''}</p>
      <h3 id="heading">${title}</h3>
      <p>${title.includes(name) ? nothing : html`${name} · `}${speech.crossing(alert)} · ${stringsFor(this.locale).ago(ageText(Date.parse(firedAt ?? since), stringsFor(this.locale)))}</p>
      ${text ? html`<p class="text">${text}</p>` : nothing}
      ${ack ? html`<p class="held">${icon('Check', this)} <span>${words.ackedBy(ack.by)}${ack.comment ? html`: <q>${ack.comment}</q>` : nothing}</span></p>` : nothing}
      ${assignee ? html`<p class="held">${icon('User', this)} ${words.assignedTo(assignee)}</p>` : nothing}
      ${silencedBy ? html`<p class="held">${icon('BellOff', this)} ${words.silenced}</p>` : nothing}
      ${comments > 0 ? html`<p class="held">${icon('MessageSquare', this)} ${words.comments(comments)}</p>` : nothing}
      ${runbook ? html`<p class="held"><a href=${runbook.href} rel="noopener noreferrer" target=${ifDefined(runbook.origin === location.origin ? undefined : '_blank')}>${icon('BookOpen', this)} ${words.runbook}</a></p>` : nothing}
      ${this.writes
        ? html`<label for="comment">${words.comment}</label><textarea id="comment" rows="3" maxlength="2000"></textarea>
          <div class="actions"><button class="primary" type="button" aria-disabled=${busy ? 'true' : 'false'} @click=${() => this.#comment(alert)}>${words.comment}</button>
            <button type="button" @click=${() => this.#write(false)}>${words.cancel}</button></div>`
        : html`<div class="actions">
          ${ack ? nothing : html`<button class="primary" type="button" aria-disabled=${busy ? 'true' : 'false'} @click=${() => this.#ack(alert)}>${words.ack}</button>`}
          ${mine || !list?.me ? nothing : html`<button type="button" aria-disabled=${busy ? 'true' : 'false'} @click=${() => this.#do(() => this.client?.alerts.assign(alert.id, list.me ?? null))}>${words.assignToMe}</button>`}
          <button type="button" @click=${() => this.#write(true)}>${words.comment}</button>
          ${this.#openCentre(alert, words.open)}
        </div>`}`;
  }

  /** The page's alert centre shows it, and tells that; without one the page itself is told. */
  #openCentre(alert: Alert | undefined, label: string): TemplateResult | typeof nothing {
    if (alert === undefined) return nothing;
    return html`<button type="button" @click=${() => {
      this.panel?.hidePopover();
      const centre = document.querySelector<AlertCentre>('ccm-alerts');
      if (centre?.open) void centre.open(alert.id);
      else this.dispatchEvent(new CcmAlertOpenEvent({ alert }));
    }}>${label}</button>`;
  }

  async #ack(alert: Alert): Promise<void> {
    const acked = await this.#do(() => this.client?.alerts.ack(alert.id));
    if (acked) this.dispatchEvent(new CcmAlertAckEvent({ alert: acked }));
  }

  async #comment(alert: Alert): Promise<void> {
    const text = this.field?.value.trim() ?? '';
    if (text === '') {
      this.fault = alertWords(this.locale).commentNeeded;
      this.field?.focus();
    } else if (await this.#do(() => this.client?.alerts.comment(alert.id, text))) {
      this.#write(false);
    }
  }

  async #do(act: () => Promise<Alert> | undefined): Promise<Alert | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.fault = '';
    try {
      const alert = await act();
      if (alert) this.list?.take(alert);
      return alert;
    } catch (error) {
      const words = alertWords(this.locale);
      this.fault = error instanceof CcmError && error.code === 'forbidden' ? words.mayNot : error instanceof Error ? error.message : String(error);
      return undefined;
    } finally {
      this.busy = false;
      // The button that was pressed may be gone.
      void this.updateComplete.then(() => this.panel?.matches(':popover-open') && (this.renderRoot as ShadowRoot).activeElement === null && this.#focusFirst());
    }
  }

  #choose(id: string | undefined): void {
    this.chosen = id;
    this.fault = '';
    this.writes = false;
    void this.updateComplete.then(() => this.panel?.matches(':popover-open') && this.#focusFirst());
  }

  #write(on: boolean): void {
    this.writes = on;
    this.fault = '';
    void this.updateComplete.then(() => (on ? this.field?.focus() : this.#focusFirst()));
  }

  #focusFirst(): void {
    (this.renderRoot.querySelector<HTMLElement>('.actions button, .row') ?? this.panel)?.focus();
  }

  #toggled(event: Event): void {
    if ((event as ToggleEvent).newState !== 'closed') return;
    const root = this.renderRoot as ShadowRoot;
    if (root.activeElement !== null || document.activeElement === document.body) this.#anchor?.focus();
    this.dispatchEvent(new PanelClosedEvent());
  }
}
