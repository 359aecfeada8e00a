/** All that only a dashboard that may be edited needs, in one lazy chunk; dragging itself comes with the first press on Edit. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DashboardLayout } from '../../../sdk/contract/layout.js';
import type { DashboardStrings } from '../../core/dashboard-strings.js';
import type { Strings } from '../../core/strings.js';
import type { PlacedItem } from '../arrange.js';
import type { LayoutSession } from '../layout-session.js';
import type { WidgetChosenEvent } from './add-dialog.js';
import { CcmAddDialog } from './add-dialog.js';
import { renderConflict } from './conflict.js';
import { dialogStyles } from './dialog.styles.js';
import { Editor, type EditorHost } from './editor.js';
import { editingStyles } from './editing.styles.js';
import { renderChrome } from './chrome.js';
import { Saver } from './saver.js';
import { renderToolbar } from './toolbar.js';

const ADD_DIALOG = 'ccm-add-dialog';

/** What the workbench needs of its dashboard. */
export interface WorkbenchPorts {
  session: LayoutSession;
  box(): HTMLElement | null;
  placed(): PlacedItem[];
  grid(): { columns: number; cellHeight: number; gap: number };
  strings(): Strings & DashboardStrings;
  locale(): string | undefined;
  theme(): string;
  switchTo(layoutId: string): void;
}

/** The line above the grid, the handles in it, the dialogs over it. */
export class Workbench {
  readonly #host: EditorHost;
  readonly #ports: WorkbenchPorts;
  readonly #saver: Saver;
  readonly #editor: Editor;
  /** The user's layouts, for switching. */
  #all: DashboardLayout[] = [];
  /** The default that was seen last: while it is the role's preset, it is none of theirs. */
  #default: DashboardLayout | undefined;
  #listed: DashboardLayout | undefined;

  constructor(host: EditorHost, ports: WorkbenchPorts) {
    this.#host = host;
    this.#ports = ports;
    this.#saver = new Saver(ports.session, host);
    ports.session.save = () => this.#saver.flush();
    this.#editor = new Editor(host, {
      box: ports.box,
      layout: () => ports.session.layout,
      placed: ports.placed,
      grid: ports.grid,
      strings: ports.strings,
      change: (widgets, reason) => this.#saver.change(widgets, reason),
    });
    CcmAddDialog.define(ADD_DIALOG);
    addStyles(host);
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('beforeunload', this.#beforeUnload);
  }

  hostDisconnected(): void {
    removeEventListener('beforeunload', this.#beforeUnload);
  }

  hostUpdated(): void {
    const { layout } = this.#ports.session;
    if (layout?.isDefault) this.#default = layout;
    // A layout that was not here before may have made the list longer.
    if (layout && layout.layoutId !== this.#listed?.layoutId) {
      this.#listed = layout;
      void this.#list();
    }
  }

  /** Whether the dashboard shows its items with handles. */
  get on(): boolean {
    return this.#editor.on;
  }

  /** Another layout was loaded, or another state of it: an undo would bring back what is not its own. */
  loaded(): void {
    this.#editor.toast = undefined;
    this.restart();
  }

  /** Other columns: handles begin anew on what is shown now. */
  restart(): void {
    this.#editor.restart();
  }

  /** Ends editing and saves. */
  stop(): void {
    this.#editor.stop();
    void this.#saver.flush();
  }

  toolbar(): TemplateResult {
    const { session, strings } = this.#ports;
    return renderToolbar({
      host: this.#host,
      strings: strings(),
      layout: session.layout,
      all: this.#default && !this.#all.some(({ isDefault }) => isDefault) ? [this.#default, ...this.#all] : this.#all,
      saveState: this.#saver.state,
      editing: this.on,
      onSwitch: (layoutId) => void this.#switch(layoutId),
      onEdit: () => void this.#editor.start(),
      onDone: () => this.stop(),
      onAdd: () => this.#host.renderRoot.querySelector<CcmAddDialog>(ADD_DIALOG)?.open(),
      onRetry: () => void this.#saver.flush(),
    });
  }

  /** What an item shows while it can be edited. */
  chrome({ item }: PlacedItem): TemplateResult {
    return renderChrome({
      host: this.#host,
      strings: this.#ports.strings(),
      title: this.#editor.titleOf(item),
      onKey: (event) => this.#editor.key(event, item),
      onRemove: () => this.#editor.remove(item),
    });
  }

  /** Dialogs, the undo, and what is said to those who hear. */
  overlay(): TemplateResult {
    const { session, strings, locale, theme } = this.#ports;
    const { toast, announcement } = this.#editor;
    const { theirs } = this.#saver;
    return html`${this.on
      ? html`<ccm-add-dialog
          data-theme=${theme()}
          .locale=${locale()}
          .client=${session.client}
          .present=${new Set(session.layout?.widgets.map(({ widgetId }) => widgetId))}
          @ccm-widget-chosen=${(event: WidgetChosenEvent) => this.#editor.add(event.widget)}
        ></ccm-add-dialog>`
      : nothing}
    ${theirs
      ? renderConflict({
          theirs,
          strings: strings(),
          locale: locale(),
          keepMine: () => void this.#saver.keepMine(),
          takeTheirs: () => this.#saver.takeTheirs(),
        })
      : nothing}
    ${toast
      ? html`<div class="toast" role="status"><span>${toast.text}</span><button type="button" @click=${() => this.#editor.undo()}>${strings().undo}</button></div>`
      : nothing}
      <p class="visually-hidden" role="status">${announcement}</p>`;
  }

  async #switch(layoutId: string): Promise<void> {
    this.#editor.stop();
    await this.#saver.flush();
    // What could not be saved stays on screen with its fault: leaving would lose it.
    if (this.#saver.state === 'saved') this.#ports.switchTo(layoutId);
    this.#host.requestUpdate();
  }

  async #list(): Promise<void> {
    try {
      this.#all = (await this.#ports.session.client?.layouts.list())?.items ?? [];
      this.#host.requestUpdate();
    } catch {
      // Without the list there is nothing to switch to; the layout itself is shown all the same.
    }
  }

  #beforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.#saver.state === 'saved') return;
    void this.#saver.flush();
    event.preventDefault();
  };
}

/** The dashboard's own styles came with it; these come with the code that needs them. */
function addStyles(host: EditorHost): void {
  const root = host.renderRoot as ShadowRoot;
  const sheets = [editingStyles, dialogStyles].flatMap(({ styleSheet }) => (styleSheet ? [styleSheet] : []));
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets];
}
