import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CatalogueItem, ViewerParams } from '../../sdk/client/client.js';
import { ROW_HEIGHT } from '../../sdk/contract/grid.js';
import type { DashboardLayout, WidgetLayoutItem } from '../../sdk/contract/layout.js';
import { CcmElement } from '../core/base-element.js';
import { contextChanged } from '../core/context.js';
import { englishDashboard } from '../core/dashboard-strings.js';
import { ensure } from '../core/ensure.js';
import type { CcmCollapseEvent } from '../core/collapse-event.js';
import { CcmErrorEvent, CcmLayoutChangeEvent, CcmReadyEvent } from '../core/events.js';
import { LocaleController } from '../core/locale.js';
import { stringsWith } from '../core/localize.js';
import { Patience } from '../core/patience.js';
import { SessionController } from '../core/session.js';
import { styleProperty } from '../core/style-property.js';
import { ThemeController } from '../core/theme.js';
import { arrange, baseColumns, unitsOf, type PlacedItem } from './arrange.js';
import { dashboardStyles } from './dashboard.styles.js';
import { GivenLayout } from './given-layout.js';
import { renderItem } from './item.js';
import { LayoutSession, loadFault, type Fault } from './layout-session.js';
import { measureOf } from './measure.js';
import type { DashboardView } from './view/view.js';
import { renderWithout } from './without.js';
import type { Workbench } from './workbench/workbench.js';

/** Milliseconds after which that comes which no first screen waits for. The code for paper is of it: when somebody prints, there is no time for it. */
const LATER = 2000;
/** Pixels between two widgets, and of a row, in normal density. */
const NORMAL = { gap: 12, row: ROW_HEIGHT };
/** What elements inside take from their dashboard. */
const CONTEXT = ['edge', 'token', 'tokenEndpoint', 'getToken', 'theme', 'locale'] as const;

/**
 * A layout of live widgets. `editable` offers an Edit button: drag by the header, resize at the corner, add, remove;
 * every change is saved after a short pause. A read-only dashboard never loads the code for editing.
 *
 * @summary A layout of live widgets, with editing.
 * @tagname ccm-dashboard
 * @attr {string} edge - Address of the edge; default: the nearest provider's, else where ccm.js came from.
 * @attr {string} token - A JWT for that edge.
 * @attr {string} token-endpoint - Address on the host page's origin that answers a POST with `{token, expiresAt}`.
 * @attr {string} layout - Id of a layout; `default` (also without it): the user's default, else the preset of their role.
 * @attr {string} preset - A role whose preset is shown, read-only.
 * @attr {boolean} editable - Offers editing to those who may save.
 * @attr {boolean} readonly - No editing, whatever else is said.
 * @attr {'light' | 'dark' | 'auto'} theme - Look of the dashboard and its widgets.
 * @attr {string} locale - BCP 47 tag for numbers, times and words.
 * @attr {string} src - Address of a layout file, shown read-only.
 * @attr {string} from - Begin of the time shown, instead of the layout's: relative (`-24h`, `startOfMonth`) or ISO 8601.
 * @attr {string} to - End of the time shown, as `from`.
 * @fires {CcmLayoutChangeEvent} ccm-layout-change - The layout was loaded, changed or saved: `{layout, etag, reason}`.
 * @fires {CcmWidgetAddEvent} ccm-widget-add - A widget was added: `{widgetId, itemId}`.
 * @fires {CcmWidgetRemoveEvent} ccm-widget-remove - A widget was removed: `{widgetId, itemId}`.
 * @fires {CcmDataEvent} ccm-data - A widget in it has another answer: `{widgetId, data, timestamp, stale}`.
 * @fires {CcmActionEvent} ccm-action - A row's action was chosen in a widget: `{widgetId, action, row, rowKey}`.
 * @fires {CcmErrorEvent} ccm-error - The layout could not be loaded or saved, or code could not be loaded (`load`): `{code, detail}`.
 * @fires {CcmReadyEvent} ccm-ready - The layout is shown; its widgets follow one by one, each with its `{widgetId}`.
 * @fires {CcmAuthRequiredEvent} ccm-auth-required - No token that the edge accepts can be had: `{reason}`.
 * @csspart toolbar - The line above the grid.
 * @csspart controls - Time range and variables, above the grid.
 * @csspart grid - The grid.
 * @csspart frame - A widget's card.
 * @csspart header - A widget's icon, title, state and age.
 * @csspart title - A widget's title.
 * @csspart body - Where a widget's value, chart, table … is.
 * @csspart footer - Why a widget's data is old, when it is.
 * @csspart status - State of a widget's connection and age of its data.
 * @csspart value - The value of a stat or gauge.
 * @csspart trend - The trend of a stat.
 * @csspart badge - The label of the threshold that a stat or a gauge has reached, or the badge of an item of a list.
 * @csspart item - One item of a list.
 * @cssproperty --ccm-gap - Space between two widgets (12 px).
 * @cssproperty --ccm-surface - Background of cards and fields.
 * @cssproperty --ccm-border - Colour of hairlines.
 * @cssproperty --ccm-text - Colour of text.
 * @cssproperty --ccm-muted - Colour of secondary text.
 * @cssproperty --ccm-accent - The one accent.
 * @cssproperty --ccm-on-accent - Text on the accent.
 * @cssproperty --ccm-critical - Colour of what is wrong.
 * @cssproperty --ccm-shadow - Shadow of what floats: dialogs, messages, a dragged card.
 * @cssproperty --ccm-radius - Radius of cards and dialogs.
 * @cssproperty --ccm-radius-control - Radius of buttons and fields.
 * @cssproperty --ccm-font - Font family; default: the page's.
 */
export class CcmDashboard extends CcmElement {
  static override styles = dashboardStyles;

  @property() edge?: string;
  @property() token?: string;
  @property({ attribute: 'token-endpoint' }) tokenEndpoint?: string;
  @property() layout = 'default';
  @property() preset?: string;
  @property({ type: Boolean }) editable = false;
  @property({ type: Boolean }) readonly = false;
  @property() theme?: 'light' | 'dark' | 'auto';
  @property() locale?: string;
  @property() src?: string;
  @property() from?: string;
  @property() to?: string;

  /** Values of variables, by name, instead of the layout's defaults. */
  @property({ attribute: false }) variables?: ViewerParams;

  /** Gives a JWT whenever a new one is needed. */
  @property({ attribute: false }) getToken?: () => Promise<string>;

  /** A layout to show as it is, instead of one of the edge. */
  @property({ attribute: false }) value?: DashboardLayout;

  @query('.grid') private box!: HTMLElement | null;

  readonly #session = new SessionController(this, () => this);
  readonly #theme = new ThemeController(this, () => this.theme);
  readonly #locale = new LocaleController(this, () => this.locale, () => this.#session.client?.tenant?.locale);
  readonly #layouts = new LayoutSession(this, (reason) => this.#onLayout(reason));
  readonly #patience = new Patience(this, () => !this.#shown);
  readonly #given = new GivenLayout(() => this.#onGiven());
  readonly #room = measureOf(this, () => unitsOf(this.#shown), () => this.workbench?.restart());
  @state() private workbench: Workbench | undefined;
  /** What a layout with a time range, variables or settings needs. */
  @state() private view: DashboardView | undefined;
  /** The code for editing was asked for since it came into the page. */
  #asked = false;
  #viewAsked = false;
  /** Height of a row at the last update. */
  #row: number | undefined;
  #stopPull: (() => void) | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #paper: unknown;
  @state() private viewFailed = false;
  @state() private printing = false;
  /** Items that their reader folded or unfolded. */
  readonly #folded = new Map<string | undefined, boolean>();
  /** Ids of the items in the order of their elements. */
  #order: (string | undefined)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#soon = setTimeout(() => void this.#doLater(), LATER);
    this.#asked = this.#viewAsked = false;
    ensure('ccm-widget').catch(this.#notLoaded);
    if (matchMedia('(pointer: coarse)').matches) this.#pull().catch(this.#notLoaded);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#soon);
    this.#stopPull?.();
  }

  /** Adds a widget of the catalogue; saved like any change. Resolves to whether it did: where the dashboard may not be edited, it does not. */
  async addWidget(widget: CatalogueItem): Promise<boolean> {
    if (this.#mayEdit && !this.workbench) await this.#openWorkbench();
    return (await this.#bench?.addWidget(widget)) ?? false;
  }

  protected override willUpdate(): void {
    this.view?.follow(this.#shown);
    const ids = this.#placed().map(({ item }) => item.itemId);
    // Reading order, but not while editing: an element that is moved loses the focus.
    this.#order = this.#bench?.on ? [...new Set([...this.#order, ...ids])] : ids;
  }

  /** Its layout is asked for before it is drawn: the answer is on its way meanwhile. */
  protected override update(changed: PropertyValues<this>): void {
    const { client } = this.#session;
    if (client && this.#isRemote) this.#layouts.open(client, this.layout);
    super.update(changed);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (CONTEXT.some((name) => changed.has(name))) contextChanged(this);
    this.#given.take(this, this.#session.client);
    if (this.#mayEdit && !this.workbench && !this.#asked) this.#openWorkbench().catch(this.#notLoaded);
    if (this.workbench?.on && !this.#mayEdit) this.workbench.stop();
    const row = this.#rowHeight;
    if (row !== this.#row) this.workbench?.restart();
    this.#row = row;
    if (this.#needsView && !this.view && !this.#viewAsked) void this.#openView();
  }

  protected override render(): TemplateResult {
    const bench = this.#bench;
    return html`${this.#mayEdit ? (bench?.toolbar() ?? html`<div class="bar"></div>`) : nothing}
      ${this.view?.bar() ?? nothing} ${this.#shown && !this.#awaitsView ? this.#renderGrid(bench) : this.#renderWithout()} ${bench?.overlay() ?? nothing}`;
  }

  #renderGrid(bench: Workbench | undefined): TemplateResult {
    const placed = this.#placed().sort((a, b) => this.#order.indexOf(a.item.itemId) - this.#order.indexOf(b.item.itemId));
    const strings = stringsWith(englishDashboard, this.#locale.current);
    const editing = bench?.on;
    if (placed.length === 0 && !editing) {
      return html`<div class="empty">
        <strong>${strings.emptyDashboard}</strong><span>${this.#mayEdit ? strings.emptyDashboardHint : strings.emptyDashboardReader}</span>
        ${bench ? html`<button type="button" @click=${() => void bench.add()}>${strings.addWidget}</button>` : nothing}
      </div>`;
    }
    return html`<div
      class="grid ${editing ? 'editing' : placed.some(({ item }) => this.#isFolded(item)) ? 'loose' : ''}"
      part="grid"
      ${styleProperty('--_columns', String(this.#room.columns))}
      ${styleProperty('--_row', `${this.#rowHeight}px`)}
    >
      ${repeat(
        placed,
        ({ item }) => item.itemId,
        (one) => renderItem(one, {
          collapsed: this.#isFolded(one.item), view: this.view, bench,
          eager: this.printing || this.#room.isNear(one.position.y * (this.#rowHeight + NORMAL.gap)),
          heard: (event) => this.#heard(event, one),
        }),
      )}
    </div>`;
  }

  #renderWithout(): TemplateResult {
    const strings = stringsWith(englishDashboard, this.#locale.current);
    const { client, problem } = this.#session;
    const isRemote = this.#isRemote;
    return renderWithout({
      strings, columns: this.#room.columns, waited: this.#patience.isOver,
      problem: this.value || this.src ? undefined : (problem ?? (client ? undefined : strings.noEdge)),
      error: isRemote ? this.#layouts.error : this.#given.fault,
      retry: isRemote && client ? () => void this.#layouts.load() : undefined,
    });
  }

  get #isRemote(): boolean {
    return !this.value && !this.src && !this.preset;
  }

  get #shown(): DashboardLayout | undefined {
    return (this.#isRemote ? this.#layouts : this.#given).layout;
  }

  /** A layout says more than where its widgets stand. */
  get #needsView(): unknown {
    const { timeRange, variables, settings } = this.#shown ?? {};
    return timeRange ?? variables ?? settings ?? this.from ?? this.to ?? this.variables;
  }

  /** Widgets wait for what they are to be asked with; where its code cannot be loaded they go without. While editing they stay: they are the grid's. */
  get #awaitsView(): boolean {
    return Boolean(this.#needsView) && !this.view?.isReady && !this.viewFailed && !this.#bench?.on;
  }

  get #bench(): Workbench | undefined {
    return this.#mayEdit ? this.workbench : undefined;
  }

  get #mayEdit(): boolean {
    return this.editable && !this.readonly && this.#isRemote;
  }

  /** The page's own stylesheet may have set it. */
  get #gap(): number {
    const gap = this.box ? Number.parseFloat(getComputedStyle(this.box).columnGap) : Number.NaN;
    return Number.isFinite(gap) ? gap : NORMAL.gap;
  }

  /** Half units have half the height, so that a size looks the same in both. */
  get #rowHeight(): number {
    const units = unitsOf(this.#shown);
    const { gap, row } = this.view?.density ?? NORMAL;
    return (row - gap * (units - 1)) / units;
  }

  #placed(): PlacedItem[] {
    const layout = this.#shown;
    return layout ? arrange(layout.widgets, this.#room.columns, baseColumns(layout)) : [];
  }

  #isFolded({ itemId, collapsed = false }: WidgetLayoutItem): boolean {
    return (this.workbench?.on ? undefined : this.#folded.get(itemId)) ?? collapsed;
  }

  /** A widget tells of itself: what was chosen in its menu, or that its viewer folded it. */
  #heard(event: Event, one: PlacedItem): void {
    if (event.type === 'ccm-collapse' && !this.#bench?.on) {
      this.#folded.set(one.item.itemId, (event as CcmCollapseEvent).collapsed);
      this.requestUpdate();
    }
    this.#bench?.heard(event, one);
  }

  async #pull(): Promise<void> {
    const { pullToRefresh } = await import('./view/pull.js');
    this.#stopPull?.();
    if (this.isConnected) this.#stopPull = pullToRefresh(this, { locale: () => this.#locale.current, busy: () => this.#bench?.on ?? false });
  }

  async #openView(): Promise<void> {
    this.#viewAsked = true;
    try {
      const { DashboardView } = await import('./view/view.js');
      this.view ??= new DashboardView(this, {
        client: () => this.#session.client,
        locale: () => this.#locale.current,
        theme: () => this.#theme.current,
        change: () => (this.#bench?.on ? (...change) => this.#bench?.editor.change(...change) : undefined),
      });
    } catch (error) {
      this.viewFailed = true;
      this.#notLoaded(error);
    }
  }

  /** Without that code it is printed as it is. */
  async #doLater(): Promise<void> {
    const later = await import('./later.js').catch(() => undefined);
    later?.warnOfLostProperties(this);
    this.#paper ??= later && new later.Paper(this, {
      name: () => this.#shown?.name,
      locale: () => this.#locale.current,
      turn: (on) => (this.printing = on),
    });
  }

  async #openWorkbench(): Promise<void> {
    this.#asked = true;
    const { Workbench } = await import('./workbench/workbench.js');
    this.workbench ??= new Workbench(this, {
      session: this.#layouts,
      box: () => this.box,
      placed: () => this.#placed(),
      grid: () => ({ columns: this.#room.columns, cellHeight: this.#rowHeight + this.#gap, gap: this.#gap }),
      locale: () => this.#locale.current,
      theme: () => this.#theme.current,
      shared: () => this.view?.params,
      switchTo: (layoutId) => (this.layout = layoutId),
    });
  }

  #notLoaded = (error: unknown): void => {
    this.dispatchEvent(new CcmErrorEvent(loadFault(error)));
  };

  #onLayout(reason: string): void {
    const { layout, etag, error } = this.#layouts;
    if (reason === 'load') this.workbench?.loaded();
    this.#tell(error, layout, reason, etag);
  }

  #onGiven(): void {
    const { layout, fault } = this.#given;
    this.requestUpdate();
    this.#tell(fault, layout, 'load');
  }

  #tell(fault: Fault | undefined, layout: DashboardLayout | undefined, reason: string, etag?: string): void {
    if (fault) this.dispatchEvent(new CcmErrorEvent(fault));
    if (!layout) return;
    if (reason !== 'save') this.#room.take();
    if (reason === 'load') {
      this.#folded.clear();
      void this.updateComplete.then(() => this.dispatchEvent(new CcmReadyEvent()));
    }
    this.dispatchEvent(new CcmLayoutChangeEvent({ layout, ...(etag && { etag }), reason }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-dashboard': CcmDashboard;
  }
}
