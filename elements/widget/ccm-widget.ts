import type { PropertyValues, TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Carrier, CcmClient, ViewerParams } from '../../sdk/client/client.js';
import type { CCMWidget, WidgetDefinition } from '../../sdk/contract/widget.js';
import type { Snapshot, SnapshotState } from '../../sdk/store/snapshot.js';
import { ageText } from '../core/age.js';
import { CcmElement } from '../core/base-element.js';
import { AgeController } from '../core/clock.js';
import { formatterFor } from '../core/formatters.js';
import { LocaleController } from '../core/locale.js';
import { stringsFor } from '../core/localize.js';
import { CcmCollapseEvent } from '../core/collapse-event.js';
import type { MenuItem } from '../core/menu-item.js';
import { messageStyles } from '../core/message.js';
import { Patience } from '../core/patience.js';
import { SessionController } from '../core/session.js';
import { ThemeController } from '../core/theme.js';
import { WidgetController, type Wanted } from '../core/widget-controller.js';
import type { DisplayContext, RowRequest, RowWindow } from '../core/widget-view.js';
import { AlertOpener } from './alert-opener.js';
import { Announcer } from './announcer.js';
import { Asking } from './asking.js';
import { faultOfDefinition, holdsNothing, inlineData, Overlay } from './definition.js';
import type { Explanation } from './explanation.js';
import type { WidgetFacts } from './facts.js';
import { bodyTemplate, frameTemplate } from './frame.js';
import { frameStyles } from './frame.styles.js';
import type { LocalSource } from './local-source.js';
import { failed, lost } from './lost.js';
import { MenuOpener } from './menu-opener.js';
import { PromptOpener } from './prompt-opener.js';
import type { Fault } from './states.js';
import { viewTag } from './view-tags.js';
import { ViewSlot } from './view-slot.js';

/**
 * One widget: a framed card that shows the live answer of one definition. It needs no edge where it is given a definition
 * and its data: by `config` and `data`, by `src`, or by a child `<script type="application/json">`.
 *
 * @summary One live widget.
 * @tagname ccm-widget
 * @slot - A `<script type="application/json">` with a widget file that has inline `data`.
 * @slot header - The host's own content in the header, beside the title.
 * @slot empty - Shown instead of our words where there is nothing to show yet.
 * @slot error - Shown instead of our words where the widget failed, or is not available to the viewer.
 * @attr {string} widget - Id of the definition.
 * @attr {string} edge - Address of the edge; default: the nearest provider's, else where ccm.js came from.
 * @attr {string} token - A JWT for that edge.
 * @attr {string} token-endpoint - Address on the host page's origin that answers a POST with `{token, expiresAt}`.
 * @attr {'light' | 'dark' | 'auto'} theme - Look; default: the definition's, the provider's, the page's.
 * @attr {string} locale - BCP 47 tag for numbers, times and words.
 * @attr {number} refresh-interval - Seconds between two fetches; never below the definition's.
 * @attr {string} src - Address of a widget file with inline `data`.
 * @attr {'lazy' | 'eager'} loading - `lazy` asks only when it is about to come into view (default `eager`).
 * @attr {boolean} collapsed - Shows the header alone.
 * @attr {'ws' | 'sse' | 'poll' | 'off'} live - Read-only: how news arrives now.
 * @attr {'empty' | 'loading' | 'fresh' | 'stale' | 'failed' | 'refused'} state - Read-only: what is known.
 * @attr {'critical' | 'warning' | 'info'} alert - Read-only: the gravest of its alerts that fires; absent where none does.
 * @fires {CcmDataEvent} ccm-data - There is another answer, or it became stale: `{widgetId, data, timestamp, stale}`.
 * @fires {CcmActionEvent} ccm-action - A row's action was chosen: `{widgetId, action, row, rowKey}`.
 * @fires {CcmErrorEvent} ccm-error - Something is wrong: `{widgetId, code, detail}`.
 * @fires {CcmReadyEvent} ccm-ready - The first answer is shown: `{widgetId}`.
 * @fires {CcmCollapseEvent} ccm-collapse - The viewer folded it to its header, or unfolded it: `{collapsed}`. Does not cross shadow roots.
 * @fires {CcmAlertOpenEvent} ccm-alert-open - The viewer wants to see an alert of it among all, and the page has no `<ccm-alerts>` that shows it: `{alert}`.
 * @fires {CcmAlertAckEvent} ccm-alert-ack - The viewer acknowledged an alert of it: `{alert}`.
 * @fires {CcmAuthRequiredEvent} ccm-auth-required - No token that the edge accepts can be had: `{reason}`.
 * @csspart frame - The card.
 * @csspart header - Icon, title, state and age.
 * @csspart title - The title.
 * @csspart status - State of the connection and age of the data.
 * @csspart body - Where the value, chart, table … is.
 * @csspart footer - Why the data is old, when it is.
 * @csspart value - The value of a stat or gauge.
 * @csspart trend - The trend of a stat.
 * @csspart badge - The label of the threshold that a stat, a gauge or an item has reached.
 * @csspart item - One item of a list, one place or region of a map.
 * @cssproperty --ccm-surface - Background of the card.
 * @cssproperty --ccm-border - Colour of hairlines.
 * @cssproperty --ccm-text - Colour of text.
 * @cssproperty --ccm-muted - Colour of secondary text.
 * @cssproperty --ccm-accent - The one accent.
 * @cssproperty --ccm-good - Colour of what is good.
 * @cssproperty --ccm-warning - Colour of what wants attention.
 * @cssproperty --ccm-critical - Colour of what is wrong.
 * @cssproperty --ccm-canvas - What lies behind cards, and behind what is pointed at.
 * @cssproperty --ccm-on-accent - Text on the accent.
 * @cssproperty --ccm-shadow - Shadow of what floats: menus, a dragged card.
 * @cssproperty --ccm-chart-1 - Colour of the first series; `--ccm-chart-2` to `--ccm-chart-8` are those of the next.
 * @cssproperty --ccm-row-height - Height of a table's row, in pixels (36px).
 * @cssproperty --ccm-radius-control - Radius of buttons and fields.
 * @cssproperty --ccm-radius-badge - Radius of badges.
 * @cssproperty --ccm-radius - Radius of the card.
 * @cssproperty --ccm-padding - Space inside the card.
 * @cssproperty --ccm-font - Font family; default: the page's.
 * @cssproperty --ccm-body-min-height - Height that the body has at least; default: by the type of widget.
 * @cssproperty --ccm-motion - 0 stills what moves (1).
 */
export class CcmWidget extends CcmElement {
  static override styles = [messageStyles, frameStyles];

  @property() widget?: string;
  @property() edge?: string;
  @property() token?: string;
  @property({ attribute: 'token-endpoint' }) tokenEndpoint?: string;
  @property() theme?: 'light' | 'dark' | 'auto';
  @property() locale?: string;
  @property({ type: Number, attribute: 'refresh-interval' }) refreshInterval?: number;
  @property() src?: string;
  @property() loading?: 'lazy' | 'eager';

  /** Shows the header alone. */
  @property({ type: Boolean, reflect: true }) collapsed = false;

  /** A definition to show without an edge, or instead of the edge's. */
  @property({ attribute: false }) config?: CCMWidget;

  /** The answer to show with `config`; default: the one that `config` holds itself. */
  @property({ attribute: false }) data: unknown;

  /** Values for params that the definition declares. */
  @property({ attribute: false }) params?: ViewerParams;

  /** Gives a JWT whenever a new one is needed. */
  @property({ attribute: false }) getToken?: () => Promise<string>;

  /** @internal What a dashboard's viewers set for all of its widgets: those that the definition declares count as `params`. */
  @property({ attribute: false }) shared?: ViewerParams;

  /** @internal A layout item's overrides. */
  @property({ attribute: false }) overrides?: Readonly<Record<string, unknown>>;

  /** @internal More entries for the menu; a chosen one is told by `ccm-menu-select` on this element. */
  @property({ attribute: false }) menuItems: readonly MenuItem[] = [];

  @query('.menu-button') private menuButton?: HTMLElement | null;

  readonly #session = new SessionController(this, () => ({ edge: this.edge, token: this.token, tokenEndpoint: this.tokenEndpoint, getToken: this.getToken }));
  readonly #live = new WidgetController(this, {
    want: () => this.#wanted(),
    told: (now, before) => {
      this.#announcer.answer(this.widget ?? '', now, before);
      // What was true within a minute is so still, and says the same.
      if (!(Date.now() - (before.checkedAt ?? 0) < 60_000)) this.#age.check();
    },
    carried: () => this.#tellLive(),
    fires: () => this.#alerts.load(),
    show: (now) => this.#showInPlace(now),
  });
  readonly #theme = new ThemeController(this, () => this.theme ?? this.#definition?.theme);
  readonly #locale = new LocaleController(this, () => this.locale, () => this.#session.client?.tenant?.locale);
  readonly #age = new AgeController(this, () => this.#ageText());
  readonly #asking = new Asking(this);
  readonly #menu = new MenuOpener(this, () => this.#facts());
  readonly #prompt = new PromptOpener(this);
  readonly #alerts = new AlertOpener(this, () => this.#facts());
  readonly #overlay = new Overlay();
  readonly #slot = new ViewSlot(this);
  readonly #announcer = new Announcer(this);
  readonly #patience = new Patience(this, () => this.#slot.view === undefined);
  // Most widgets need none: its code is loaded when one does.
  #local: LocalSource | undefined;
  #localAsked = false;

  #state: SnapshotState = 'empty';
  #fault: Fault | undefined;
  #definition: WidgetDefinition | undefined;
  #display: DisplayContext = {};

  /** What is known: see the attribute. */
  get state(): SnapshotState {
    return this.#state;
  }

  /** How news arrives now. */
  get live(): Carrier {
    return this.#isLocal ? 'off' : this.#live.carrier;
  }

  /** @internal The client in use, where there is one. */
  get client(): CcmClient | undefined {
    return this.#session.client;
  }

  /** @internal The definition shown, once it is known. */
  get definition(): WidgetDefinition | undefined {
    return this.#definition;
  }

  /** Asks for a newer answer now. The edge may decline where that was done a moment ago. */
  refresh(): void {
    if (this.src) this.#local?.reload();
    else this.#live.refresh();
  }

  /**
   * Where what it shows comes from and how it goes: source, age, last error, next refresh, limits. For people and for support;
   * asks no source, only the edge. Never rejects: what cannot be learned is absent.
   */
  async explain(): Promise<Explanation> {
    const facts = this.#facts();
    try {
      const { explain } = await import('./explain.js');
      return await explain(facts);
    } catch (error) {
      return { state: facts.state, carrier: facts.carrier, from: facts.asked ? 'edge' : this.src ? 'file' : 'page', unanswered: lost(error) };
    }
  }

  /** @internal Rows of a long answer, for the view. */
  async askRows(request: RowRequest): Promise<RowWindow> {
    const { askRows } = await import('./ask-rows.js');
    return askRows(this.#wanted(), this.#definition?.dataPath, request);
  }

  /** Not in `willUpdate`: the controllers look at what is new after that. */
  protected override update(changed: PropertyValues<this>): void {
    if (changed.has('widget')) {
      this.#announcer.reset();
      if (this.hasUpdated) this.#patience.begin();
    }
    if (this.src || (!this.hasUpdated && this.#hasJsonChild)) this.#askLocal();
    const snapshot = this.#current();
    this.#fault = snapshot.error;
    this.#state = snapshot.state;
    this.#definition = this.#overlay.over(snapshot.widget, this.overrides);
    this.#theme.hostUpdate();
    this.#display = this.#displayNow();
    // What is nothing to most types may be all that one needs: a text has its words in its definition.
    if (this.#state === 'fresh' || (this.#state === 'empty' && snapshot.timestamp)) this.#state = holdsNothing(snapshot.data, this.#definition) ? 'empty' : 'fresh';
    this.#show(snapshot);
    super.update(changed);
  }

  /** One good answer after another goes straight to the view: nothing of the frame around it changes. */
  #showInPlace(snapshot: Snapshot): boolean {
    const { state, data, widget } = snapshot;
    if (state !== 'fresh' || this.#state !== 'fresh' || widget !== this.#overlay.from || this.isUpdatePending) return false;
    return this.#fault === undefined && !holdsNothing(data, this.#definition) && this.#slot.renew(snapshot);
  }

  /** Hands the answer to the view, or takes the view away where there is nothing to draw. */
  #show(snapshot: Snapshot): void {
    const definition = this.#definition;
    if ((this.#state !== 'fresh' && this.#state !== 'stale') || definition === undefined) {
      if (this.#state !== 'loading') this.#slot.clear();
      return;
    }
    if (viewTag(definition.type) === undefined) {
      this.#state = 'failed';
      this.#fault = { code: 'unsupported', detail: String(definition.type) };
      this.#slot.clear();
      return;
    }
    const { data, history, total, sort } = snapshot;
    this.#slot.show({ definition, data, history, total, sort, display: this.#display, theme: this.#theme.current });
    const { fault } = this.#slot;
    if (fault === undefined) return;
    this.#state = 'failed';
    this.#fault = fault;
  }

  protected override render(): TemplateResult {
    const strings = stringsFor(this.#locale.current);
    const connect = this.#prompt.action(this.#fault, this.#locale.current);
    const action = connect ?? { label: strings.retry, run: () => this.#retry() };
    return frameTemplate({
      definition: this.#definition,
      state: this.#state,
      carrier: this.live,
      cut: this.#live.cut,
      isLocal: this.#isLocal,
      fault: this.#fault,
      connect,
      age: this.#age.text,
      exact: () => formatterFor(this.#display).format(this.#current().timestamp, 'datetime'),
      strings,
      host: this,
      openMenu: () => void this.#menu.open(() => this.menuButton),
      menuLost: this.#menu.lost,
      collapsed: this.collapsed,
      fold: () => {
        this.collapsed = !this.collapsed;
        this.dispatchEvent(new CcmCollapseEvent(this.collapsed));
      },
      body: bodyTemplate(this.#state, this.#fault, this.#slot.view, this.#definition?.type, strings, action, this.#patience.isOver),
      alert: this.#alerts.alert?.badge(),
      extras: [this.#menu.menu?.template(), this.#prompt.template(), this.#alerts.alert?.panel()],
      slotChanged: () => this.#hasJsonChild && this.#askLocal(),
    });
  }

  #tellLive(): void {
    const { live } = this;
    if (this.getAttribute('live') !== live) this.setAttribute('live', live);
  }

  protected override updated(): void {
    if (this.getAttribute('state') !== this.#state) this.setAttribute('state', this.#state);
    this.#tellLive();
    this.#alerts.look();
    this.#announcer.shown({
      widgetId: this.widget ?? this.#definition?.id ?? '',
      definition: this.#definition,
      state: this.#state,
      fault: this.#fault,
      view: this.#slot.view,
      localData: this.#isLocal ? this.#current().data : undefined,
    });
  }

  /** A definition that came with the page counts before the edge's. */
  get #isLocal(): boolean {
    return this.config !== undefined || this.#local?.config !== undefined || (this.widget === undefined && Boolean(this.src));
  }

  #current(): Snapshot {
    const config = this.config ?? this.#local?.config;
    if (config !== undefined) {
      const fault = faultOfDefinition(config, this);
      if (fault !== undefined) return failed('invalid', fault);
      const data = this.data ?? inlineData(config);
      return { state: data === undefined ? 'empty' : 'fresh', data, widget: config };
    }
    if (this.#local?.fault !== undefined) return failed(this.#local.fault.code, this.#local.fault.detail);
    if (this.#local?.loading || (this.#localAsked && this.#local === undefined)) return { state: 'loading' };
    if (!this.widget) return { ...failed('no_widget', ''), state: 'empty' };
    if (this.#session.client === undefined) return failed('no_edge', this.#session.problem ?? '');
    const { snapshot } = this.#live;
    return snapshot.state === 'empty' && snapshot.widget === undefined ? { ...snapshot, state: 'loading' } : snapshot;
  }

  #wanted(): Wanted | undefined {
    const { client } = this.#session;
    if (client === undefined || !this.widget || this.#isLocal) return undefined;
    return this.#asking.wanted(client, this.widget, this.#live.snapshot.widget);
  }

  #displayNow(): DisplayContext {
    const tenant = this.#session.client?.tenant;
    const locale = this.#locale.current;
    const { timeZone, currency } = tenant ?? {};
    const { locale: l, timeZone: z, currency: c } = this.#display;
    return l === locale && z === timeZone && c === currency ? this.#display : { locale, timeZone, currency };
  }

  #ageText(): string {
    const { checkedAt } = this.#live.snapshot;
    return this.#isLocal || checkedAt === undefined ? '' : ageText(checkedAt, stringsFor(this.#locale.current));
  }

  #retry(): void {
    if (this.#slot.fault !== undefined) {
      this.#slot.retry();
      this.requestUpdate();
      return;
    }
    this.refresh();
  }

  get #hasJsonChild(): boolean {
    return this.querySelector(':scope > script[type="application/json"]') !== null;
  }

  #askLocal(): void {
    if (this.#localAsked) return;
    this.#localAsked = true;
    import('./local-source.js').then(
      ({ LocalSource }) => {
        this.#local = new LocalSource(this, () => this.src);
        this.requestUpdate();
      },
      () => {
        this.#localAsked = false;
      },
    );
  }

  #facts(): WidgetFacts {
    return {
      locale: this.#locale.current,
      display: this.#display,
      definition: this.#definition,
      carrier: this.live,
      state: this.#state,
      fault: this.#fault,
      snapshot: this.#current(),
      asked: this.#wanted(),
      view: this.#slot.view,
      host: this,
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-widget': CcmWidget;
  }
}
