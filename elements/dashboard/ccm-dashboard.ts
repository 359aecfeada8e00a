import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { columnsFor, GRID_COLUMNS, ROW_HEIGHT } from '../../sdk/contract/grid.js';
import type { DashboardLayout, WidgetLayoutItem } from '../../sdk/contract/layout.js';
import { CcmElement } from '../core/base-element.js';
import { contextChanged } from '../core/context.js';
import { ensure } from '../core/ensure.js';
import { CcmErrorEvent, CcmLayoutChangeEvent, CcmReadyEvent } from '../core/events.js';
import { LocaleController } from '../core/locale.js';
import { stringsFor } from '../core/localize.js';
import { SessionController } from '../core/session.js';
import { styleProperty } from '../core/style-property.js';
import { ThemeController } from '../core/theme.js';
import type { WidgetChosenEvent } from './add-dialog.js';
import { arrange, baseColumns, type PlacedItem } from './arrange.js';
import { renderConflict } from './conflict.js';
import { dashboardStyles, editingStyles } from './dashboard.styles.js';
import { dialogStyles } from './dialog.styles.js';
import type { CcmAddDialog } from './editing.js';
import { Editor } from './editor.js';
import { renderItem, titleOf } from './item.js';
import { loadLayoutFile, withItemIds } from './layout-file.js';
import { LayoutSession } from './layout-session.js';
import { renderToolbar } from './toolbar.js';

const GAP = 12;
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
 * @fires {CcmLayoutChangeEvent} ccm-layout-change - The layout was loaded, changed or saved: `{layout, etag, reason}`.
 * @fires {CcmWidgetAddEvent} ccm-widget-add - A widget was added: `{widgetId, itemId}`.
 * @fires {CcmWidgetRemoveEvent} ccm-widget-remove - A widget was removed: `{widgetId, itemId}`.
 * @fires {CcmErrorEvent} ccm-error - The layout could not be loaded or saved: `{code, detail}`.
 * @fires {CcmReadyEvent} ccm-ready - The layout is shown; its widgets follow one by one.
 * @csspart toolbar - The line above the grid.
 * @csspart grid - The grid.
 * @cssproperty --ccm-gap - Space between two widgets (12 px).
 */
export class CcmDashboard extends CcmElement {
  static override styles = [dashboardStyles, editingStyles, dialogStyles];

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

  /** Gives a JWT whenever a new one is needed. */
  @property({ attribute: false }) getToken?: () => Promise<string>;

  /** A layout to show as it is, instead of one of the edge. */
  @property({ attribute: false }) value?: DashboardLayout;

  @query('.grid') private box!: HTMLElement | null;

  @state() private columns: number = GRID_COLUMNS[0].columns;
  /** The layout of `value`, `src` or `preset`. */
  @state() private given: DashboardLayout | undefined;
  @state() private fault: string | undefined;

  readonly #session = new SessionController(this, () => this);
  readonly #theme = new ThemeController(this, () => this.theme);
  readonly #locale = new LocaleController(this, () => this.locale);
  readonly #layouts = new LayoutSession(this, (reason) => this.#onLayout(reason));
  readonly #editor = new Editor(this, {
    box: () => this.box,
    layout: () => this.#shown,
    placed: () => this.#placed(),
    grid: () => ({ columns: this.columns, cellHeight: this.#rowHeight + GAP, gap: GAP }),
    titleOf: (item) => titleOf(item, this.renderRoot),
    strings: () => stringsFor(this.#locale.current),
    change: (widgets, reason) => this.#layouts.change(widgets, reason),
  });
  readonly #resizes = new ResizeObserver(() => this.#measure());
  #loading: AbortController | undefined;
  #presetOf: unknown;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    void ensure('ccm-widget');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#loading?.abort();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (CONTEXT.some((name) => changed.has(name))) contextChanged(this);
    if (changed.has('value') && this.value) this.given = withItemIds(this.value);
    if (changed.has('src') && this.src) void this.#load((signal) => loadLayoutFile(this.src ?? '', signal));
    const { client } = this.#session;
    if (client && this.#isRemote) void this.#layouts.open(client, this.layout);
    if (client && this.preset && this.#presetOf !== `${client.edge} ${this.preset}`) {
      this.#presetOf = `${client.edge} ${this.preset}`;
      void this.#load(() => this.#presetLayout(this.preset ?? ''));
    }
    if (this.#editor.on && !this.#mayEdit) this.#editor.stop();
  }

  protected override render(): TemplateResult {
    const layout = this.#shown;
    const { on, announcement } = this.#editor;
    return html`${renderToolbar({
        host: this,
        locale: this.#locale.current,
        layout,
        all: this.#isRemote && this.editable && !this.readonly ? this.#layouts.all : [],
        saveState: this.#layouts.saveState,
        mayEdit: this.#mayEdit,
        editing: on,
        onSwitch: (layoutId) => (this.layout = layoutId),
        onEdit: () => void this.#editor.start(),
        onDone: () => this.#done(),
        onAdd: () => this.renderRoot.querySelector<CcmAddDialog>('ccm-add-dialog')?.open(),
        onRetry: () => void this.#layouts.flush(),
      })}
      ${layout ? this.#renderGrid() : this.#renderWithout()} ${on ? this.#renderAddDialog() : nothing} ${this.#renderConflict()} ${this.#renderToast()}
      <p class="visually-hidden" role="status">${announcement}</p>`;
  }

  #renderGrid(): TemplateResult {
    const placed = this.#placed();
    const strings = stringsFor(this.#locale.current);
    const { on } = this.#editor;
    if (placed.length === 0 && !on) {
      return html`<div class="empty">
        <strong>${strings.emptyDashboard}</strong><span>${this.#mayEdit ? strings.emptyDashboardHint : strings.emptyDashboardReader}</span>
      </div>`;
    }
    const edit = on
      ? { key: (event: KeyboardEvent, item: WidgetLayoutItem) => this.#editor.key(event, item), remove: (item: WidgetLayoutItem) => this.#editor.remove(item) }
      : undefined;
    return html`<div
      class=${on ? 'grid editing' : 'grid'}
      part="grid"
      ${styleProperty('--_columns', String(this.columns))}
      ${styleProperty('--_row', `${this.#rowHeight}px`)}
    >
      ${repeat(
        placed,
        ({ item }) => item.itemId,
        (one) => renderItem(one, { host: this, strings, title: titleOf(one.item, this.renderRoot), edit }),
      )}
    </div>`;
  }

  /** While loading: the shape of what comes. Else what went wrong and what to do. */
  #renderWithout(): TemplateResult {
    const strings = stringsFor(this.#locale.current);
    const { loadState, error } = this.#layouts;
    const problem = this.fault ?? this.#session.problem ?? (this.#session.client || !this.#isRemote ? undefined : strings.noEdge);
    if (problem !== undefined || loadState === 'failed') {
      return html`<div class="fault" role="alert">
        <strong>${strings.failed}</strong><span>${problem ?? strings.reasons[error?.code ?? ''] ?? error?.detail}</span>
        <button type="button" @click=${() => this.#layouts.retry()}>${strings.retry}</button>
      </div>`;
    }
    if (loadState === 'refused') return html`<div class="fault"><strong>${strings.refused}</strong><span>${strings.refusedHint}</span></div>`;
    return html`<div class="grid" aria-busy="true" ${styleProperty('--_columns', String(this.columns))} ${styleProperty('--_row', `${ROW_HEIGHT}px`)}>
      ${Array.from({ length: this.columns }, () => html`<div class="ghost"></div>`)}
    </div>`;
  }

  #renderAddDialog(): TemplateResult {
    return html`<ccm-add-dialog
      data-theme=${this.#theme.current}
      .locale=${this.#locale.current}
      .client=${this.#session.client}
      .present=${new Set(this.#shown?.widgets.map(({ widgetId }) => widgetId))}
      @ccm-widget-chosen=${(event: WidgetChosenEvent) => this.#editor.add(event.widget)}
    ></ccm-add-dialog>`;
  }

  #renderConflict(): TemplateResult | typeof nothing {
    const { theirs } = this.#layouts;
    if (!theirs) return nothing;
    return renderConflict({
      theirs: theirs.data,
      locale: this.#locale.current,
      keepMine: () => void this.#layouts.keepMine(),
      takeTheirs: () => this.#layouts.takeTheirs(),
    });
  }

  #renderToast(): TemplateResult | typeof nothing {
    const { toast } = this.#editor;
    if (!toast) return nothing;
    return html`<div class="toast" role="status">
      <span>${toast.text}</span><button type="button" @click=${() => this.#editor.undo()}>${stringsFor(this.#locale.current).undo}</button>
    </div>`;
  }

  get #isRemote(): boolean {
    return !this.value && !this.src && !this.preset;
  }

  get #shown(): DashboardLayout | undefined {
    return this.#isRemote ? this.#layouts.layout : this.given;
  }

  get #mayEdit(): boolean {
    return this.editable && !this.readonly && this.#isRemote;
  }

  /** Half units have half the height, so that a size looks the same in both. */
  get #rowHeight(): number {
    return this.#shown?.columns === 12 ? (ROW_HEIGHT - GAP) / 2 : ROW_HEIGHT;
  }

  #placed(): PlacedItem[] {
    const layout = this.#shown;
    return layout ? arrange(layout.widgets, this.columns, baseColumns(layout)) : [];
  }

  #measure(): void {
    const { width } = this.getBoundingClientRect();
    const columns = columnsFor(width) * (this.#shown?.columns === 12 ? 2 : 1);
    if (width === 0 || columns === this.columns) return;
    this.columns = columns;
    this.#editor.restart();
  }

  #onLayout(reason: string): void {
    const { layout, etag, error } = this.#layouts;
    if (error) this.dispatchEvent(new CcmErrorEvent(error));
    if (!layout) return;
    if (reason === 'load') {
      this.#measure();
      this.#editor.restart();
      void this.updateComplete.then(() => this.dispatchEvent(new CcmReadyEvent()));
    }
    this.dispatchEvent(new CcmLayoutChangeEvent({ layout, ...(etag ? { etag } : {}), reason }));
  }

  #done(): void {
    this.#editor.stop();
    void this.#layouts.flush();
  }

  async #load(load: (signal: AbortSignal) => Promise<DashboardLayout>): Promise<void> {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    this.fault = undefined;
    try {
      const layout = await load(signal);
      if (!signal.aborted) this.given = layout;
    } catch (error) {
      if (signal.aborted) return;
      this.given = undefined;
      this.fault = error instanceof Error ? error.message : String(error);
      this.dispatchEvent(new CcmErrorEvent({ code: 'invalid', detail: this.fault }));
    }
  }

  /** A role's preset in the form of a layout. */
  async #presetLayout(role: string): Promise<DashboardLayout> {
    const presets = await this.#session.client?.presets.list();
    const preset = presets?.items.find((one) => one.role === role);
    if (!preset) throw new Error(stringsFor(this.#locale.current).refused);
    const now = new Date().toISOString();
    return withItemIds({ userId: '', layoutId: role, name: preset.name, isDefault: false, widgets: preset.layout, createdAt: now, updatedAt: now, preset: role });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-dashboard': CcmDashboard;
  }
}
