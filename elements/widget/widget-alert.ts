import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import type { Carrier, CcmClient, Off } from '../../sdk/client/client.js';
import type { Alert } from '../../sdk/contract/alert.js';
import { alertListOf } from '../../sdk/store/alert-list.js';
import type { AlertList } from '../../sdk/store/alert-list.js';
import { ageText } from '../core/age.js';
import { englishAlerts } from '../core/alerts-strings.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { AgeController } from '../core/clock.js';
import { CcmErrorEvent } from '../core/events.js';
import { ALERT_ICONS } from '../core/icons-alerts.data.js';
import { icon, provideIcons } from '../core/icons.js';
import { addStyles } from '../core/late-styles.js';
import { stringsFor } from '../core/localize.js';
import { pageSignals } from '../core/page-signals.js';
import type { WidgetView } from '../core/widget-view.js';
import type { CcmWidgetAlerts } from './ccm-widget-alerts.js';
import { AlertSpeech } from './alert-speech.js';
import { alertWords, fires, holderOf, SEVERITY_ICONS } from './alert-words.js';
import { alertStyles } from './alert.styles.js';
import type { WidgetFacts } from './facts.js';
import { lost } from './lost.js';
import { hasRows, RowMarks } from './row-marks.js';
import { RuleBook } from './rule-book.js';

/** The widget as its alerts need it. */
export type AlertHost = ReactiveControllerHost & HTMLElement & { readonly widget?: string; readonly live: Carrier };

/** The element of a page that says alerts to screen readers; widgets are quiet beside it. */
const CENTRE = 'ccm-alerts';

/** Milliseconds for which what fires is news to who sees it first: all this was loaded for it. */
const NEW = 10_000;

/** Milliseconds between a live region and its words: what it is put into the page with is not heard. */
const HEARD = 100;

/** What was said already, by whichever widget of the page. */
const said = new WeakMap<CcmClient, Set<string>>();

/**
 * What a card shows of its own alerts: an edge, a badge in its header, marks at its rows. Loaded with its first alert; where
 * nothing is pushed before it is known whether there is one: a card that never fires is not drawn or laid out anew.
 */
export class WidgetAlert implements ReactiveController {
  readonly #host: AlertHost;
  readonly #facts: () => WidgetFacts;
  readonly #age: AgeController;
  #asked: { client: CcmClient; widgetId: string } | undefined;
  #list: AlertList | undefined;
  #rules: RuleBook | undefined;
  #offs: Off[] = [];
  #firing: readonly Alert[] = [];
  #marks: { view: WidgetView; marks: RowMarks } | undefined;
  #words: AlertsStrings = englishAlerts;
  #isOpen = false;
  /** It fired at some time: what says so stays in the page from then on. */
  #fired = false;
  /** The first look at the list is over: what comes now is news. */
  #knows = false;
  #saying: { text: string; critical: boolean } | undefined;

  constructor(host: AlertHost, facts: () => WidgetFacts) {
    this.#host = host;
    this.#facts = facts;
    provideIcons(ALERT_ICONS);
    this.#age = new AgeController(host, () => this.#since());
    host.addController(this);
    this.hostUpdate();
  }

  hostUpdate(): void {
    const { asked, locale } = this.#facts();
    this.#words = alertWords(locale);
    if (asked?.client === this.#asked?.client && asked?.widgetId === this.#asked?.widgetId) return;
    if (this.#asked) this.hostDisconnected();
    if (asked === undefined || !this.#host.isConnected) return;
    const { client, widgetId } = asked;
    this.#asked = { client, widgetId };
    this.#list = alertListOf(client, pageSignals);
    // By then the numbers have their units.
    this.#rules = RuleBook.of(client);
    this.#offs = [this.#list.subscribe((list) => this.#take(list, client, widgetId)), this.#rules.onChange(() => this.#host.requestUpdate())];
    // Another widget had it loaded already.
    if (this.#list.state === 'ready') this.#take(this.#list, client, widgetId);
  }

  hostUpdated(): void {
    if (!this.#fired) return;
    const { view } = this.#facts();
    addStyles(this.#host.shadowRoot, alertStyles);
    const keyed = this.#firing.filter(({ key }) => key !== '');
    if (this.#marks?.view !== view) this.#marks = undefined;
    if (this.#marks === undefined && hasRows(view) && keyed.length > 0) this.#marks = { view, marks: new RowMarks(view) };
    this.#marks?.marks.show(keyed, this.#words);
  }

  hostDisconnected(): void {
    for (const off of this.#offs) off();
    this.#offs = [];
    this.#asked = this.#list = this.#rules = undefined;
    this.#knows = false;
    this.#show([]);
  }

  /** In the header: icon and word, then as much more as there is room for. */
  badge(): TemplateResult | undefined {
    const [worst] = this.#firing;
    if (worst === undefined) return undefined;
    const count = this.#firing.length;
    const holder = count === 1 ? holderOf(worst) : undefined;
    return html`<span class="alert ${this.#firing.every((alert) => holderOf(alert) ?? alert.silencedBy) ? 'held' : ''}">
      <button type="button" aria-haspopup="dialog" aria-expanded=${this.#isOpen ? 'true' : 'false'} title=${this.#spoken(worst)}
        @click=${(event: Event) => void this.#open(event.currentTarget as HTMLElement)}>
        <span class="visually-hidden">${this.#spoken(worst)}</span>${icon(SEVERITY_ICONS[worst.severity])}
        ${count === 1
          ? html`<span class="word" aria-hidden="true">${this.#words.severities[worst.severity]}</span><span class="limit" aria-hidden="true">${worst.key === '' ? nothing : html`<bdi>${worst.name}</bdi> `}<bdi dir="ltr">${this.#speech.signs(worst)}</bdi></span>`
          : html`<span class="count" aria-hidden="true">${count}</span><span class="sum" aria-hidden="true">${this.#sum()}</span>`}
        ${holder === undefined ? nothing : html`<span class="holder" aria-hidden="true">${holder}</span>`}
        ${count === 1 ? html`<span class="since" aria-hidden="true">${this.#age.text}</span>` : nothing}
      </button>
    </span>`;
  }

  /** What is said to screen readers, and what a press opens. */
  panel(): TemplateResult | undefined {
    if (!this.#fired) return undefined;
    const { locale } = this.#facts();
    const { text = '', critical = false } = this.#saying ?? {};
    return html`<span class="visually-hidden" role="alert">${critical ? text : ''}</span><span class="visually-hidden" role="status">${critical ? '' : text}</span>
      ${this.#isOpen && this.#asked
        ? html`<ccm-widget-alerts .alerts=${this.#firing} .list=${this.#list} .client=${this.#asked.client} .speech=${this.#speech} .locale=${locale}
            @ccm-panel-closed=${this.#closed}></ccm-widget-alerts>`
        : nothing}`;
  }

  #take(list: AlertList, client: CcmClient, widgetId: string): void {
    if (this.#asked?.widgetId !== widgetId || list.state === 'loading') return;
    const firing = list.of(widgetId).filter(fires);
    this.#say(firing.filter(({ silencedBy, inhibitedBy }) => silencedBy === undefined && inhibitedBy === undefined), client);
    this.#knows = true;
    this.#show(firing);
  }

  #show(firing: readonly Alert[]): void {
    if (firing.length === this.#firing.length && firing.every((alert, index) => alert === this.#firing[index])) return;
    this.#firing = firing;
    this.#fired ||= firing.length > 0;
    const severity = firing[0]?.severity;
    if (severity === undefined || !Object.hasOwn(SEVERITY_ICONS, severity)) this.#host.removeAttribute('alert');
    else this.#host.setAttribute('alert', severity);
    this.#host.requestUpdate();
  }

  /** Each once on a page, and only what the alert centre does not say. Of what fired before the page was there, only what is critical. */
  #say(firing: readonly Alert[], client: CcmClient): void {
    let before = said.get(client);
    if (before === undefined) said.set(client, (before = new Set()));
    const fresh = firing.filter(({ id, firedAt }) => !before.has(`${id} ${firedAt}`));
    for (const { id, firedAt } of firing) before.add(`${id} ${firedAt}`);
    const isNew = ({ firedAt = '' }: Alert) => this.#knows || Date.now() - Date.parse(firedAt) < NEW;
    const worth = fresh.filter((alert) => alert.severity === 'critical' || isNew(alert));
    const [worst] = worth;
    if (worst === undefined || document.querySelector(CENTRE) !== null) return;
    const { saysCritical, saysNew, saysManyNew, severities } = this.#words;
    const critical = worst.severity === 'critical';
    const text = worth.length > 1 ? saysManyNew(worth.length) : critical ? saysCritical(worst.title) : saysNew(severities[worst.severity], worst.title);
    setTimeout(() => {
      this.#saying = { text, critical };
      this.#host.requestUpdate();
    }, HEARD);
  }

  #since(): string {
    const [worst] = this.#firing;
    return worst === undefined ? '' : ageText(Date.parse(worst.firedAt ?? worst.since), stringsFor(this.#facts().locale));
  }

  get #speech(): AlertSpeech {
    const { display, definition } = this.#facts();
    return new AlertSpeech({ words: this.#words, display, ruleOf: (of) => this.#rules?.find(of), definitionOf: () => definition });
  }

  #sum(): string {
    const of = (wanted: Alert['severity']) => this.#firing.filter(({ severity }) => severity === wanted).length;
    return this.#words.firingNow(of('critical'), of('warning'), of('info'));
  }

  #spoken(worst: Alert): string {
    if (this.#firing.length > 1) return this.#sum();
    const { severities, ackedBy, assignedTo } = this.#words;
    const held = worst.assignee ? assignedTo(worst.assignee) : worst.ack ? ackedBy(worst.ack.by) : '';
    const ago = stringsFor(this.#facts().locale).ago(this.#since());
    return [`${severities[worst.severity]}: ${worst.name} ${this.#speech.crossing(worst)}`, ago, held].filter(Boolean).join(', ');
  }

  async #open(button: HTMLElement): Promise<void> {
    try {
      const { CcmWidgetAlerts } = await import('./ccm-widget-alerts.js');
      CcmWidgetAlerts.define('ccm-widget-alerts');
    } catch (error) {
      this.#host.dispatchEvent(new CcmErrorEvent({ ...(this.#host.widget && { widgetId: this.#host.widget }), ...lost(error) }));
      return;
    }
    this.#isOpen = true;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    await this.#host.shadowRoot?.querySelector<CcmWidgetAlerts>('ccm-widget-alerts')?.open(button);
  }

  #closed = (): void => {
    this.#isOpen = false;
    this.#host.requestUpdate();
  };
}
