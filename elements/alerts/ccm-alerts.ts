import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert, Severity } from '../../sdk/contract/alert.js';
import type { TenantDisplay } from '../../sdk/contract/answer.js';
import type { AlertList } from '../../sdk/store/alert-list.js';
import { englishAlerts, type AlertsStrings } from '../core/alerts-strings.js';
import { CcmElement } from '../core/base-element.js';
import { buttonStyles } from '../core/button.styles.js';
import { contextChanged } from '../core/context.js';
import { CcmErrorEvent, CcmReadyEvent } from '../core/events.js';
import { ALERT_ICONS } from '../core/icons-alerts.data.js';
import { provideIcons } from '../core/icons.js';
import { LocaleController } from '../core/locale.js';
import { stringsFor, wordsOf } from '../core/localize.js';
import { messageStyles } from '../core/message.js';
import { SessionController } from '../core/session.js';
import { ThemeController } from '../core/theme.js';
import type { DisplayContext } from '../core/widget-view.js';
import { AlertSpeech } from '../widget/alert-speech.js';
import { AlertActions } from './actions.js';
import { alertsStyles } from './alerts.styles.js';
import { askedId, pastAlert } from './asked-alert.js';
import { renderBadge } from './badge.js';
import { renderCenter, type View } from './center.js';
import { AlertsData } from './data.js';
import { Desk } from './desk.js';
import type { DetailsParts } from './details.js';
import { detailsStyles } from './details.styles.js';
import { EventPages } from './event-pages.js';
import { inWords } from './faults.js';
import { fitting, grouped, inOrder, NO_FILTER, type AlertFilter } from './filter.js';
import { focusLine } from './focus.js';
import type { HistoryParts } from './history.js';
import { itemStyles } from './item.styles.js';
import { LateForms } from './late-forms.js';
import { STEP, type ListParts } from './list.js';
import { ListKeyboard } from './list-keyboard.js';
import { Panel } from './panel.js';
import { isAtLeast, SEVERITIES } from './severity.js';
import { CcmSilenceForm } from './silence-form.js';
import { SilenceBook } from './silences.js';
import { Silencing } from './silencing.js';
import { silencesStyles } from './silences.styles.js';
import { toastStyles } from './toast.styles.js';
import { Telling } from './telling.js';

const SILENCE_FORM = 'ccm-silence-form';
/** Milliseconds after a change until what happened is read again: many changes are read as one. */
const SETTLE = 800;
/** Names that are offered to assign to. */
const PEOPLE = 50;

provideIcons(ALERT_ICONS);

/**
 * The alert centre: what fires now, with what can be done about it (acknowledge, assign, comment, silence), what happened before, and what is
 * silenced. With `compact` it is a bell that counts, opens the same as a panel, and tells what begins to fire at the corner of the page.
 * In a wide window it is at most as tall as the window and scrolls in itself; a `max-height` of the page's counts instead.
 * Where the page's address has `?alert=ID`, as the links of messages do, that one is open; `compact` leaves that to the whole.
 *
 * @summary What fires now, who has it, and what happened.
 * @tagname ccm-alerts
 * @attr {string} edge - Address of the edge; default: the nearest provider's, else where ccm.js came from.
 * @attr {string} token - A JWT for that edge.
 * @attr {string} token-endpoint - Address on the host page's origin that answers a POST with `{token, expiresAt}`.
 * @attr {'info' | 'warning' | 'critical'} severity - From which severity on alerts are shown; default: all.
 * @attr {boolean} compact - A bell with a panel instead of the whole.
 * @attr {'on' | 'off'} toasts - Whether what begins to fire is shown at the corner of the page; default: with `compact` only.
 * @attr {boolean} sound - Two short tones when a critical begins to fire, once the viewer has pressed something on the page.
 * @attr {'light' | 'dark' | 'auto'} theme - Look; default: the provider's, the page's.
 * @attr {string} locale - BCP 47 tag for numbers, times and words.
 * @fires {CcmAlertOpenEvent} ccm-alert-open - The details of an alert are shown: `{alert}`.
 * @fires {CcmAlertAckEvent} ccm-alert-ack - The viewer acknowledged an alert: `{alert}`.
 * @fires {CcmErrorEvent} ccm-error - The alerts could not be loaded: `{code, detail}`.
 * @fires {CcmReadyEvent} ccm-ready - The alerts are shown.
 * @fires {CcmAuthRequiredEvent} ccm-auth-required - No token that the edge accepts can be had: `{reason}`.
 * @csspart header - The heading and the tabs.
 * @csspart search - The search field.
 * @csspart list - What fires now.
 * @csspart details - All of one alert.
 * @csspart badge - The bell of `compact`.
 * @csspart panel - What opens at the bell.
 * @cssproperty --ccm-surface - Background of the list, the panel and what tells of new alerts.
 * @cssproperty --ccm-canvas - Background of what stands out a little.
 * @cssproperty --ccm-border - Colour of hairlines.
 * @cssproperty --ccm-text - Colour of text.
 * @cssproperty --ccm-muted - Colour of secondary text.
 * @cssproperty --ccm-accent - The one accent.
 * @cssproperty --ccm-on-accent - Text on the accent.
 * @cssproperty --ccm-good - Colour of what is in order again.
 * @cssproperty --ccm-warning - Colour of warnings.
 * @cssproperty --ccm-critical - Colour of what is critical.
 * @cssproperty --ccm-radius - Radius of the list and the panel.
 * @cssproperty --ccm-radius-control - Radius of buttons and fields.
 * @cssproperty --ccm-shadow - Shadow of what floats.
 * @cssproperty --ccm-font - Font family; default: the page's.
 */
export class CcmAlerts extends CcmElement {
  static override styles = [messageStyles, buttonStyles, alertsStyles, itemStyles, detailsStyles, silencesStyles, toastStyles];

  @property() edge?: string;
  @property() token?: string;
  @property({ attribute: 'token-endpoint' }) tokenEndpoint?: string;
  @property() severity?: Severity;
  @property({ type: Boolean, reflect: true }) compact = false;
  @property() toasts?: 'on' | 'off';
  @property({ type: Boolean }) sound = false;
  @property() theme?: 'light' | 'dark' | 'auto';
  @property() locale?: string;

  /** Gives a JWT whenever a new one is needed. */
  @property({ attribute: false }) getToken?: () => Promise<string>;

  @query(SILENCE_FORM) private silenceForm?: CcmSilenceForm | null;

  @state() private view: View = 'now';
  @state() private filter: AlertFilter = NO_FILTER;
  @state() private most = STEP;

  readonly #session = new SessionController(this, () => this);
  readonly #theme = new ThemeController(this, () => this.theme);
  readonly #locale = new LocaleController(this, () => this.locale, () => this.#tenant?.locale);
  readonly #data = new AlertsData(this, (list, client) => this.#heard(list, client));
  readonly #actions = new AlertActions(this, () => this.#session.client);
  readonly #history = new EventPages(this);
  readonly #ofOpened = new EventPages(this);
  readonly #silences = new SilenceBook(this, () => this.view === 'silences' && (!this.compact || this.#panel.isOpen));
  readonly #panel = new Panel(this);
  readonly #telling = new Telling(this, () => this.#words);
  readonly #desk = new Desk(this, {
    client: () => this.#session.client, words: () => this.#common, actions: this.#actions, pages: this.#ofOpened, say: (text) => this.#telling.announcer.say(text),
  });
  readonly #silencing = new Silencing(this, {
    actions: this.#actions, book: this.#silences, words: () => this.#common, say: (text) => this.#telling.announcer.say(text), reload: () => void this.#data.list?.reload(),
  });
  readonly #lateForms = new LateForms(this, { words: () => this.#common, say: (text) => this.#telling.announcer.say(text), savePlan: this.#silencing.plan });
  readonly #keyboard = new ListKeyboard({
    root: () => this.renderRoot, desk: this.#desk, alerts: () => this.#data.alerts, shown: () => inOrder(grouped(this.#found)).slice(0, this.most),
    onSilence: (alert) => this.#askSilence(alert), onMoved: () => this.requestUpdate(),
  });
  #client: CcmClient | undefined;
  #told: unknown;
  /** The one that is open changed since what happened was read. */
  #isOther = false;
  #settling: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    CcmSilenceForm.define(SILENCE_FORM);
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#settling);
    this.#settling = this.#client = undefined;
  }

  /** Shows the details of one alert: in the panel where it is compact. */
  async open(id: string): Promise<void> {
    const alert = this.#data.alerts.find((one) => one.id === id);
    if (alert === undefined) return;
    this.view = 'now';
    if (this.compact && !this.#panel.isOpen) await this.#panel.open();
    this.#desk.open(alert);
  }

  /** What a message led to: also where it is over by now. */
  async #openAsked(client: CcmClient): Promise<void> {
    const id = askedId(client);
    if (id === undefined) return;
    const alert = this.#data.alerts.find((one) => one.id === id) ?? await pastAlert(client, id);
    if (client !== this.#client) return;
    if (alert) this.#desk.open(alert);
    else this.#telling.announcer.say(this.#words.isGone);
  }

  protected override update(changed: PropertyValues<this>): void {
    const { client } = this.#session;
    if (client !== this.#client) this.#changeClient(client);
    super.update(changed);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if ((['edge', 'token', 'tokenEndpoint', 'getToken', 'theme', 'locale'] as const).some((name) => changed.has(name))) contextChanged(this);
    this.#telling.toasts.raise(this.renderRoot as ShadowRoot, this.#panel.isOpen);
    this.#panel.place();
    this.#tell();
  }

  protected override render(): TemplateResult {
    const center = () => this.#renderCenter();
    return html`${this.compact
      ? html`${renderBadge(this.#alerts, {
            host: this, words: this.#words, strings: this.#common.strings, isKnown: this.#data.list?.state === 'ready', isOld: this.#data.isOld, onPress: this.#panel.onPress, onPointer: this.#panel.onPointer,
          })}
          <div class="panel" part="panel" popover="auto" role="dialog" aria-labelledby="heading" @toggle=${this.#panel.onToggle}>${this.#panel.isWanted ? center() : nothing}</div>`
      : center()}
    ${this.#telling.toasts.render({
      ...this.#common, isBusy: (id) => this.#actions.isBusy(id), onOpen: (alert) => void this.#openFromToast(alert), onAck: (alert) => void this.#desk.ack(alert),
      onMore: () => void this.#openFromToast(undefined),
    })}
    ${this.#telling.announcer.render()}`;
  }

  #renderCenter(): TemplateResult {
    const { client, problem } = this.#session;
    const { list, waited } = this.#data;
    return renderCenter({
      ...this.#common, client, problem, list, waited, isOld: this.#data.isOld, view: this.view, alerts: this.#alerts, found: this.#found, filter: this.filter, least: this.#least, opened: this.#desk.opened,
      history: this.#history, silences: this.#silences, maySilence: this.#maySilence,
      form: html`<ccm-silence-form data-theme=${this.#theme.current} .locale=${this.#locale.current} .display=${this.#display} .submit=${this.#silencing.of}></ccm-silence-form>`,
      late: this.#lateForms.render({ client, theme: this.#theme.current, locale: this.#locale.current, nameable: () => this.#data.nameable }),
      onNotify: () => void this.#lateForms.notify(),
      lines: (isFiltered) => this.#listParts(isFiltered),
      details: (loaded) => this.#detailsParts(loaded),
      onView: (view) => this.#show(view),
      onFilter: (part) => this.#narrow({ ...this.filter, ...part }),
      onEnd: (silence) => void this.#silencing.end(silence),
      onPlan: (silence) => void this.#lateForms.plan(silence),
      titleOf: (id) => this.#data.titleOf(id),
      onKey: this.#keyboard.onKey,
      onFocus: this.#keyboard.onFocus,
    });
  }

  get #words(): AlertsStrings {
    return wordsOf('alerts', englishAlerts, this.#locale.current);
  }

  /** Known of the first widget that is shown, else of the alerts themselves. */
  get #tenant(): TenantDisplay | undefined {
    return this.#session.client?.tenant ?? this.#data.list?.tenant;
  }

  get #display(): DisplayContext {
    const tenant = this.#tenant;
    return { locale: this.#locale.current ?? tenant?.locale, timeZone: tenant?.timeZone, currency: tenant?.currency };
  }

  get #common(): HistoryParts {
    const [words, display] = [this.#words, this.#display];
    const speech = new AlertSpeech({ words, display, ruleOf: (of) => this.#data.rules?.find(of), definitionOf: (id) => this.#data.widgets?.of(id) });
    return { host: this, words, strings: stringsFor(this.#locale.current), display, speech };
  }

  get #least(): Severity | undefined {
    return SEVERITIES.find((severity) => severity === this.severity);
  }

  get #alerts(): readonly Alert[] {
    const least = this.#least;
    return least === undefined ? this.#data.alerts : this.#data.alerts.filter(({ severity }) => isAtLeast(severity, least));
  }

  get #found(): Alert[] {
    return fitting(this.#alerts, this.filter, this.#data.list?.me);
  }

  get #maySilence(): boolean {
    return this.#data.list?.mayManage !== false && !this.#actions.isSilenceRefused && !this.#silences.isRefused;
  }

  #listParts(isFiltered: boolean): ListParts {
    return {
      ...this.#common, isFiltered, all: this.#alerts, most: this.most, openId: this.#desk.opened?.id, currentId: this.#desk.currentId, maySilence: this.#maySilence,
      titleOf: (id) => this.#data.titleOf(id),
      isBusy: (id) => this.#actions.isBusy(id),
      quietWhy: (alert) => this.#silences.whyQuiet(alert, this.#data.alerts, this.#common),
      onOpen: (alert) => this.#desk.open(alert),
      onAck: (alert) => void this.#desk.ack(alert),
      onSilence: (alert) => this.#askSilence(alert),
      onMore: () => void this.#showMore(),
      onShowAll: () => this.#narrow(NO_FILTER),
      onShowMissing: () => this.#narrow({ ...NO_FILTER, state: 'missing' }),
    };
  }

  #detailsParts(list: AlertList): DetailsParts {
    const { strings, words } = this.#common;
    const { fault } = this.#actions;
    const names = list.alerts.flatMap(({ ack, assignee }) => [ack?.by, assignee]).filter((name): name is string => name !== undefined && name !== list.me);
    return {
      ...this.#listParts(false), pages: this.#ofOpened, me: list.me, people: [...new Set(names)].slice(0, PEOPLE),
      fault: this.#desk.hint ?? (fault && fault.id === this.#desk.opened?.id ? inWords(fault.fault, words, strings) : undefined),
      onBack: () => void this.#desk.close(),
      onComment: (alert, text) => void this.#desk.comment(alert, text),
      onAckWith: (alert, comment) => void this.#desk.ack(alert, comment),
      onAssign: (alert, assignee) => void this.#desk.assign(alert, assignee),
    };
  }

  /** Another client is another viewer: nothing of the last one's stays. */
  #changeClient(client: CcmClient | undefined): void {
    this.#client = client;
    this.#telling.reset();
    this.#actions.reset();
    this.#silences.open(client);
    this.#history.close();
    this.#desk.reset();
    this.view = 'now';
    this.#data.open(client);
  }

  /** The list changed: what is new is told, and what is open is shown as it is now. */
  #heard(list: AlertList, client: CcmClient): void {
    if (list.state !== 'ready') return;
    const alerts = this.#alerts;
    this.#silences.mayManage = list.mayManage;
    if (!this.compact) void this.#openAsked(client);
    this.#telling.hear(alerts, list.isCut, client, { toasts: this.#showsToasts, sound: this.sound });
    if (this.#desk.refresh(list.alerts, list.isCut)) this.#isOther = true;
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      if (this.view === 'history') void this.#history.load();
      if (this.#isOther) void this.#ofOpened.load();
      this.#isOther = false;
    }, SETTLE);
  }

  get #showsToasts(): boolean {
    return this.compact ? this.toasts !== 'off' : this.toasts !== undefined && this.toasts !== 'off';
  }

  #tell(): void {
    const { list } = this.#data;
    const now = list?.state === 'failed' ? list.fault : list?.state === 'ready' ? list : undefined;
    if (now === undefined || now === this.#told) return;
    this.#told = now;
    if (list?.state === 'failed') this.dispatchEvent(new CcmErrorEvent({ code: list.fault?.code ?? 'internal', detail: list.fault?.detail ?? '' }));
    else this.dispatchEvent(new CcmReadyEvent());
  }

  #show(view: View): void {
    this.view = view;
    const { client } = this.#session;
    if (view === 'history') {
      this.#history.close();
      this.#history.open(client, this.#least === 'critical' ? { severity: 'critical' } : {});
    }
    if (view === 'silences') void this.#silences.load();
  }

  #narrow(filter: AlertFilter): void {
    this.filter = filter;
    this.most = STEP;
  }

  async #showMore(): Promise<void> {
    const next = inOrder(grouped(this.#found))[this.most];
    this.most += STEP;
    await this.updateComplete;
    if (next) focusLine(this.renderRoot, next.id);
  }

  async #openFromToast(alert: Alert | undefined): Promise<void> {
    if (this.compact && !this.#panel.isOpen) await this.#panel.open();
    if (alert === undefined) return;
    this.#telling.toasts.dismiss(alert.id);
    this.view = 'now';
    this.#desk.open(alert);
  }

  #askSilence(alert: Alert): void {
    if (this.#maySilence) void this.silenceForm?.open(alert);
    else this.#telling.announcer.say(this.#words.mayNotSilence);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-alerts': CcmAlerts;
  }
}
