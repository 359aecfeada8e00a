/** All that only a dashboard that may be edited needs, in one lazy chunk; dragging, adding, dialogs and keys come when they are asked for. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CatalogueItem } from '../../../sdk/client/client.js';
import type { DashboardLayout } from '../../../sdk/contract/layout.js';
import { englishEditing } from '../../core/editing-strings.js';
import { CcmErrorEvent } from '../../core/events.js';
import type { MenuItem } from '../../core/menu-item.js';
import { addStyles } from '../../core/late-styles.js';
import { stringsWith } from '../../core/localize.js';
import type { PlacedItem } from '../arrange.js';
import { loadFault } from '../layout-session.js';
import type { Adding } from './adding.js';
import type { Bench, WorkbenchPorts } from './bench.js';
import type { Conflict } from './conflict.js';
import { Editor, type EditorHost } from './editor.js';
import { editingStyles } from './editing.styles.js';
import { choose, chosenAt } from './chosen-layout.js';
import { renderChrome } from './chrome.js';
import { ItemMenu } from './item-menu.js';
import type { Manager } from './manage/manager.js';
import { Saver } from './saver.js';
import type { Shortcuts } from './shortcuts.js';
import { renderToolbar } from './toolbar.js';

/** What is loaded when it is first asked for. */
interface Later {
  adding: Adding;
  conflict: Conflict;
  manager: Manager;
  shortcuts: Shortcuts;
}

/** The line above the grid, the handles in it, the dialogs over it. */
export class Workbench implements Bench {
  readonly host: EditorHost;
  readonly ports: WorkbenchPorts;
  readonly saver: Saver;
  readonly editor: Editor;
  readonly itemMenu: ItemMenu;
  editOnLoad: string | undefined;
  readonly #later: Partial<Later> = {};
  /** Once for each, however often it is asked for. */
  readonly #loading = new Map<keyof Later, Promise<unknown>>();
  #settling: Promise<boolean> | undefined;
  /** What was wanted when that came which is shown. */
  #shown: string;
  /** The user's layouts, for switching. */
  #all: DashboardLayout[] = [];
  /** The default that was seen last: while it is the role's preset, it is none of theirs. */
  #default: DashboardLayout | undefined;
  #listed: DashboardLayout | undefined;
  /** The page leaves it to the user which one is shown; undefined: none is shown yet. */
  #mayChoose: boolean | undefined;
  /** The one that was chosen before the page was loaded. */
  #chosen: string | undefined;

  constructor(host: EditorHost, given: Omit<WorkbenchPorts, 'strings'>) {
    const ports = { ...given, strings: () => stringsWith(englishEditing, given.locale()) };
    this.host = host;
    this.ports = ports;
    this.saver = new Saver(ports.session, host);
    this.#shown = ports.session.wanted;
    ports.session.save = () => this.saver.leave();
    ports.session.ask = () => (this.#mustAsk ? this.#askToLeave() : undefined);
    this.editor = new Editor(host, {
      box: ports.box,
      layout: () => ports.session.layout,
      placed: ports.placed,
      grid: ports.grid,
      strings: ports.strings,
      change: (change, reason) => this.saver.change(change, reason),
    });
    this.itemMenu = new ItemMenu(this);
    addStyles(host.renderRoot, editingStyles);
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('beforeunload', this.#beforeUnload);
    this.#later.shortcuts?.start();
    for (const type of ['pointerenter', 'focusin']) this.host.addEventListener(type, this.#wake, { once: true });
    if (this.host.matches(':hover, :focus-within')) this.#wake();
  }

  hostDisconnected(): void {
    removeEventListener('beforeunload', this.#beforeUnload);
    this.#later.shortcuts?.stop();
  }

  hostUpdated(): void {
    const { client, layout } = this.ports.session;
    if (client && layout && this.#mayChoose === undefined) {
      this.#mayChoose = this.ports.session.wanted === 'default';
      if (this.#mayChoose) this.#chosen = chosenAt(client.edge, layout.userId);
      if (this.#chosen !== undefined && this.#chosen !== layout.layoutId) this.ports.switchTo(this.#chosen);
    }
    if (layout?.isDefault) this.#default = layout;
    // A layout that was not here before may have made the list longer.
    if (layout && layout.layoutId !== this.#listed?.layoutId) {
      this.#listed = layout;
      void this.list();
    }
    if (this.saver.theirs && !this.#later.conflict) void this.#need('conflict', async () => new (await import('./conflict.js')).Conflict(this));
  }

  get on(): boolean {
    return this.editor.on;
  }

  /** The layouts to choose from. */
  get all(): readonly DashboardLayout[] {
    return this.#default && !this.#all.some(({ isDefault }) => isDefault) ? [this.#default, ...this.#all] : this.#all;
  }

  /** Another layout was loaded, or another state of it: an undo would bring back what is not its own. */
  loaded(): void {
    const { error, wanted } = this.ports.session;
    this.#shown = wanted;
    // What was chosen may be gone.
    if (error?.code === 'not_found' && wanted === this.#chosen) this.#choose('default');
    this.editor.forget();
    this.restart();
    if (this.editOnLoad !== undefined && this.editOnLoad === this.ports.session.layout?.layoutId) {
      this.editOnLoad = undefined;
      void this.editor.start();
    }
  }

  /** Other columns: handles begin anew on what is shown now. */
  restart(): void {
    this.editor.restart();
  }

  stop(): void {
    this.editor.stop();
    void this.saver.leave();
  }

  toolbar(): TemplateResult {
    const { session, strings } = this.ports;
    const { undoes, redoes } = this.editor.history;
    return renderToolbar({
      host: this.host,
      strings: strings(),
      layout: session.layout,
      all: this.all,
      saveState: this.saver.state,
      byHand: this.saver.byHand,
      editing: this.on,
      undoes,
      redoes,
      onSwitch: (layoutId) => void this.switchTo(layoutId),
      onEdit: () => void this.editor.start(),
      onDone: () => void this.#done(),
      onAdd: () => void this.add(),
      onSave: () => void this.saver.flush(),
      onUndo: () => this.editor.undo(),
      onRedo: () => this.editor.redo(),
      onMore: (button) => void this.manage((manager) => manager.openMenu(button)),
    });
  }

  /** What an item shows while it can be edited. */
  chrome({ item }: PlacedItem): TemplateResult {
    return renderChrome({
      host: this.host,
      strings: this.ports.strings(),
      title: this.editor.titleOf(item),
      onKey: (event) => this.editor.key(event, item),
      onRemove: () => this.editor.remove(item),
    });
  }

  /** What its owner may do with an item, in the widget's own menu. */
  menuItems({ item }: PlacedItem): readonly MenuItem[] {
    return this.itemMenu.items(item);
  }

  /** Something was chosen in an item's menu, or it was collapsed. */
  heard(event: Event, { item }: PlacedItem): void {
    this.itemMenu.heard(event, item);
  }

  /** Dialogs, the undo, and what is said to those who hear. */
  overlay(): TemplateResult {
    const { toast, announcement } = this.editor;
    const strings = this.ports.strings();
    return html`${this.on && this.ports.session.layout?.widgets.length === 0
      ? html`<div class="empty"><strong>${strings.emptyDashboard}</strong><span>${strings.emptyDashboardHint}</span></div>`
      : nothing}
    ${this.on ? (this.#later.adding?.template() ?? nothing) : nothing} ${this.#later.conflict?.template() ?? nothing}
    <div role="status">${toast
      ? html`<div class="toast"><span>${toast.text}</span>${toast.undo ? html`<button type="button" @click=${() => this.editor.undo()}>${strings.undo}</button>` : nothing}</div>`
      : nothing}</div>
      <p class="visually-hidden" role="status">${announcement}</p>`;
  }

  async add(): Promise<void> {
    if (!this.on) {
      await this.editor.start();
      await this.host.updateComplete;
      // The button of an empty dashboard is gone: the dialog gives the focus back to the one that stays.
      if (!this.host.shadowRoot?.activeElement) this.host.renderRoot.querySelector<HTMLElement>('.add')?.focus();
    }
    const adding = await this.#need('adding', async () => new (await import('./adding.js')).Adding(this));
    if (!adding) return this.#sayNotLoaded();
    await adding.open().catch((error: unknown) => {
      this.host.dispatchEvent(new CcmErrorEvent(loadFault(error)));
      this.#sayNotLoaded();
    });
  }

  /** Adds a widget, as the page's own marketplace wants it. */
  async addWidget(widget: CatalogueItem): Promise<boolean> {
    if (!this.on) await this.editor.start();
    if (!this.on) return false;
    this.editor.add(widget);
    return true;
  }

  async manage<Result>(act: (manager: Manager) => Promise<Result>): Promise<Result | undefined> {
    const manager = await this.#need('manager', async () => new (await import('./manage/manager.js')).Manager(this));
    if (manager) return act(manager);
    this.#sayNotLoaded();
    return undefined;
  }

  async switchTo(layoutId: string): Promise<void> {
    // Where it is asked for, editing may go on.
    if (!this.#mustAsk) this.editor.stop();
    // What could not be saved stays on screen with its fault: leaving would lose it.
    if (await this.settle('leave')) {
      this.editor.stop();
      this.#choose(layoutId);
    }
    this.host.requestUpdate();
  }

  #choose(layoutId: string): void {
    const { client } = this.ports.session;
    if (client && this.#listed && this.#mayChoose) choose(client.edge, this.#listed.userId, layoutId);
    this.ports.switchTo(layoutId);
  }

  settle(then: 'stay' | 'leave' = 'stay'): Promise<boolean> {
    return (this.#settling ??= this.#settle(then).finally(() => (this.#settling = undefined)));
  }

  async list(): Promise<void> {
    try {
      this.#all = (await this.ports.session.client?.layouts.list())?.items ?? [];
      this.host.requestUpdate();
    } catch {
      // Without the list there is nothing to switch to; the layout itself is shown all the same.
    }
  }

  async #need<Name extends keyof Later>(name: Name, load: () => Promise<Later[Name]>): Promise<Later[Name] | undefined> {
    try {
      const loading = this.#loading.get(name) ?? load();
      this.#loading.set(name, loading);
      this.#later[name] = (await loading) as Later[Name];
      this.host.requestUpdate();
    } catch (error) {
      this.#loading.delete(name);
      this.host.dispatchEvent(new CcmErrorEvent(loadFault(error)));
    }
    return this.#later[name];
  }

  #sayNotLoaded(): void {
    this.editor.say(this.ports.strings().failed);
  }

  /** Something is unsaved that only its user saves. */
  get #mustAsk(): boolean {
    return this.saver.byHand && this.saver.state !== 'saved';
  }

  async #settle(then: 'stay' | 'leave'): Promise<boolean> {
    const { saver } = this;
    if (!saver.byHand || saver.state === 'saving') await saver.flush();
    if (this.#mustAsk) {
      const choice = await this.manage((manager) => manager.askToSave());
      if (!choice) return false;
      if (choice === 'save') await saver.flush();
      else if (then === 'leave') saver.drop();
      else await saver.discard();
    }
    return saver.state === 'saved';
  }

  /** The page wants another layout: where this one stays, the page is told. */
  async #askToLeave(): Promise<boolean> {
    const may = await this.settle('leave');
    if (!may) this.ports.switchTo((this.ports.session.wanted = this.#shown));
    return may;
  }

  async #done(): Promise<void> {
    if (!this.#mustAsk || (await this.settle())) this.stop();
  }

  /** Somebody is at the dashboard: it may hear keys from now on. */
  #wake = (): void => {
    if (this.#later.shortcuts) return;
    void this.#need('shortcuts', async () => new (await import('./shortcuts.js')).Shortcuts(this)).then((shortcuts) => {
      if (this.host.isConnected) shortcuts?.start();
    });
  };

  #beforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.saver.state === 'saved') return;
    void this.saver.leave();
    event.preventDefault();
  };
}
