/** Managing a user's dashboards: the menu in the toolbar and what its entries do. Each dialog is loaded when it is opened. */
import { CcmError } from '../../../../sdk/client/errors.js';
import type { DashboardPreset, LayoutInput, WidgetLayoutItem } from '../../../../sdk/contract/layout.js';
import { ensure } from '../../../core/ensure.js';
import { CcmErrorEvent } from '../../../core/events.js';
import { wordsOf } from '../../../core/localize.js';
import { englishManage } from '../../../core/manage-strings.js';
import { addStyles } from '../../../core/late-styles.js';
import type { CcmMenu } from '../../../core/menu.js';
import type { MenuItem, MenuSelectEvent } from '../../../core/menu-item.js';
import { newItemId } from '../../../core/new-item-id.js';
import { contentOf, patchOf } from '../../content.js';
import { faultOf, loadFault } from '../../layout-session.js';
import type { DialogLook } from '../../dialog-element.js';
import type { Bench, Managing } from '../bench.js';
import type { CcmAskDialog, Question } from './ask-dialog.js';
import { duplicateItem } from './duplicate-item.js';
import { manageStyles } from './manage.styles.js';

export class Manager implements Managing {
  readonly #bench: Bench;
  #menu: CcmMenu | undefined;
  #button: HTMLElement | undefined;

  constructor(bench: Bench) {
    this.#bench = bench;
    addStyles(bench.host.renderRoot, manageStyles);
  }

  openMenu(button: HTMLElement): Promise<void> {
    return this.#attempt(() => this.#openMenu(button));
  }

  async #openMenu(button: HTMLElement): Promise<void> {
    const { CcmMenu } = await import('../../../core/menu.js');
    CcmMenu.define('ccm-menu');
    this.#button = button;
    if (!this.#menu) {
      this.#menu = document.createElement('ccm-menu') as CcmMenu;
      this.#menu.addEventListener('ccm-menu-select', (event) => void this.act((event as MenuSelectEvent).itemId));
      this.#bench.host.renderRoot.append(this.#menu);
    }
    this.#menu.dataset['theme'] = this.#look.theme;
    this.#menu.label = this.#words.menu;
    this.#menu.items = this.#items();
    await this.#menu.open(button);
  }

  /** Does what an entry of the menu, or a key, says. What goes wrong is told. */
  act(id: string): Promise<void> {
    // What opens now gives the focus back to it.
    this.#button?.focus();
    return this.#attempt(() => this.#acts[id]?.());
  }

  /** Opens the settings of one widget, where the page has the code for it. */
  openItemSettings(item: WidgetLayoutItem): Promise<void> {
    return this.#attempt(async () => {
      await ensure('ccm-widget-settings');
      const { openItemSettings } = await import('./item-settings.js');
      await openItemSettings(this.#bench, item);
    });
  }

  duplicateItem(item: WidgetLayoutItem): Promise<void> {
    return this.#attempt(() => duplicateItem(this.#bench, item));
  }

  async askToSave(): Promise<'save' | 'discard' | undefined> {
    const words = this.#words;
    let choice: 'save' | 'discard' | undefined;
    await this.#attempt(async () => {
      const { answer, isOther } = await this.#question({ title: words.leaveTitle, hint: words.leaveHint, act: words.saveIt, other: words.discardIt });
      if (isOther) choice = 'discard';
      else if (answer !== undefined) choice = 'save';
    });
    return choice;
  }

  /** What goes wrong is told, and said. */
  async #attempt(work: () => unknown): Promise<void> {
    const { editor, host, ports } = this.#bench;
    try {
      await work();
    } catch (error) {
      // What the edge does not say of itself is code that could not be loaded.
      const isCode = !(error instanceof CcmError);
      const fault = isCode ? loadFault(error) : faultOf(error);
      host.dispatchEvent(new CcmErrorEvent(fault));
      editor.say(isCode ? ports.strings().failed : this.#words.failed(fault.detail));
    }
  }

  #items(): MenuItem[] {
    const words = this.#words;
    const { isDefault, preset } = this.#bench.ports.session.layout ?? {};
    const unsaved = this.#bench.saver.state !== 'saved';
    return [
      { id: 'create', label: words.create, icon: 'Plus' },
      { id: 'presets', label: words.presets, icon: 'LayoutDashboard' },
      { id: 'import', label: words.importFile, icon: 'Upload' },
      'line',
      { id: 'rename', label: words.rename, icon: 'Pencil' },
      { id: 'duplicate', label: words.duplicate, icon: 'Copy' },
      { id: 'default', label: isDefault ? words.isDefault : words.makeDefault, icon: 'Star', disabled: isDefault ?? false },
      { id: 'export', label: words.exportFile, icon: 'Download' },
      ...(preset === undefined ? [{ id: 'reset', label: words.reset, icon: 'RotateCcw' }] : []),
      ...(unsaved ? [{ id: 'discard', label: words.discard, icon: 'Undo2' }] : []),
      ...(isDefault ? [] : [{ id: 'remove', label: words.remove, icon: 'Trash2', tone: 'critical' as const }]),
      'line',
      { id: 'settings', label: words.settings, icon: 'Settings' },
      ...(document.fullscreenEnabled ? [{ id: 'tv', label: words.tv, icon: 'Maximize2' }] : []),
      { id: 'keys', label: words.keys, icon: 'Keyboard' },
    ];
  }

  readonly #acts: Record<string, () => unknown> = {
    create: async () => {
      const words = this.#words;
      const name = await this.#ask({ title: words.createTitle, act: words.makeIt, name: words.untitled });
      if (name) await this.#make({ name, widgets: [] }, true);
    },
    rename: async () => {
      const words = this.#words;
      const { layout } = this.#bench.ports.session;
      const name = layout && (await this.#ask({ title: words.renameTitle, act: words.renameIt, name: layout.name }));
      if (name && name !== layout.name) this.#bench.editor.change({ name }, 'rename', words.renamed(name));
    },
    duplicate: async () => {
      if (!(await this.#bench.settle())) return;
      const { origin } = this.#bench.ports.session;
      if (!origin) return;
      const { data } = await origin.client.layouts.duplicate(origin.id);
      await this.#go(data.layoutId);
    },
    default: async () => {
      if (!(await this.#bench.settle())) return;
      const { session } = this.#bench.ports;
      const { origin } = session;
      if (!origin) return;
      const reply = await origin.client.layouts.update(origin.id, { isDefault: true });
      // What was done meanwhile stays and is saved, and so does another dashboard that was chosen meanwhile.
      if (session.origin === origin && !session.unsaved) session.take(reply, origin.client);
      await this.#bench.list();
    },
    remove: async () => {
      const words = this.#words;
      const { session } = this.#bench.ports;
      const { layout, origin, unsaved } = session;
      if (!layout || !origin || layout.isDefault) return;
      const sure = await this.#ask({ title: words.removeTitle(layout.name), hint: words.removeHint, act: words.removeIt, critical: true });
      if (sure === undefined) return;
      // The edge tells all windows, this one too: it is not to ask for what is gone.
      session.unsaved = true;
      try {
        await origin.client.layouts.remove(origin.id);
      } catch (error) {
        session.unsaved = unsaved;
        throw error;
      }
      this.#bench.saver.drop();
      await this.#go('default');
    },
    discard: async () => {
      const words = this.#words;
      const sure = await this.#ask({ title: words.discardTitle, hint: words.discardHint, act: words.discardIt, critical: true });
      if (sure !== undefined) await this.#bench.saver.discard();
    },
    reset: async () => {
      const words = this.#words;
      // The best match for the user's roles comes first.
      const [preset] = await this.#presets();
      if (!preset) return this.#bench.editor.say(words.noPreset);
      const sure = await this.#ask({ title: words.resetTitle, hint: words.resetHint(preset.name), act: words.resetIt, critical: true });
      if (sure !== undefined) this.#replace(inputOf(preset), words.resetDone(preset.name));
    },
    presets: async () => {
      const { CcmPresetsDialog } = await import('./presets-dialog.js');
      CcmPresetsDialog.define('ccm-presets-dialog');
      const dialog = document.createElement('ccm-presets-dialog') as InstanceType<typeof CcmPresetsDialog>;
      dialog.presets = await this.#presets();
      await dialog.show(this.#root, this.#look);
      await this.#use(dialog.choice && { ...dialog.choice, layout: inputOf(dialog.choice.preset) }, this.#words.resetDone);
    },
    import: async () => {
      const { CcmImportDialog } = await import('./import-dialog.js');
      CcmImportDialog.define('ccm-import-dialog');
      const dialog = document.createElement('ccm-import-dialog') as InstanceType<typeof CcmImportDialog>;
      dialog.client = this.#bench.ports.session.client;
      await dialog.show(this.#root, this.#look);
      await this.#use(dialog.choice, this.#words.imported);
    },
    export: async () => {
      const { layout } = this.#bench.ports.session;
      if (layout) (await import('./export-file.js')).downloadLayout(layout);
    },
    settings: async () => {
      const { CcmDashboardSettings } = await import('./settings-dialog.js');
      CcmDashboardSettings.define('ccm-dashboard-settings');
      const { layout } = this.#bench.ports.session;
      if (!layout) return;
      const dialog = document.createElement('ccm-dashboard-settings') as InstanceType<typeof CcmDashboardSettings>;
      dialog.begin(layout, this.#bench.ports.session.client);
      await dialog.show(this.#root, this.#look);
      if (dialog.result) this.#bench.editor.change(dialog.result, 'settings', this.#words.settingsChanged);
    },
    tv: async () => {
      this.#bench.stop();
      await (await import('./tv.js')).enterTv(this.#bench.host);
    },
    keys: async () => {
      const { CcmKeysDialog } = await import('./keys-dialog.js');
      CcmKeysDialog.define('ccm-keys-dialog');
      await (document.createElement('ccm-keys-dialog') as InstanceType<typeof CcmKeysDialog>).show(this.#root, this.#look);
    },
  };

  get #words() {
    return wordsOf('manage', englishManage, this.#bench.ports.locale());
  }

  get #root(): HTMLElement | DocumentFragment {
    return this.#bench.host.renderRoot;
  }

  get #look(): DialogLook {
    const { locale, theme } = this.#bench.ports;
    return { locale: locale(), theme: theme() };
  }

  async #ask(question: Question): Promise<string | undefined> {
    return (await this.#question(question)).answer;
  }

  async #question(question: Question): Promise<CcmAskDialog> {
    const { CcmAskDialog } = await import('./ask-dialog.js');
    CcmAskDialog.define('ccm-ask-dialog');
    const dialog = document.createElement('ccm-ask-dialog') as CcmAskDialog;
    dialog.question = question;
    await dialog.show(this.#root, this.#look);
    return dialog;
  }

  async #presets(): Promise<DashboardPreset[]> {
    return (await this.#bench.ports.session.client?.presets.list())?.items ?? [];
  }

  async #use(choice: { layout: LayoutInput; here: boolean } | undefined, words: (name: string) => string): Promise<void> {
    if (!choice) return;
    if (choice.here) this.#replace(choice.layout, words(choice.layout.name));
    else await this.#make(choice.layout);
  }

  /** Everything on the dashboard is another's from now on, with a way back; its name stays. */
  #replace(layout: LayoutInput, words: string): void {
    const { name: _name, ...content } = contentOf(layout);
    const widgets = content.widgets.map((item) => ({ ...item, itemId: newItemId() }));
    this.#bench.editor.restart();
    this.#bench.editor.change({ ...content, widgets }, 'replace', words);
  }

  async #make(layout: LayoutInput, edit = false): Promise<void> {
    const { client } = this.#bench.ports.session;
    if (!client) return;
    const content = contentOf(layout);
    const made = await client.layouts.create({ ...(patchOf(content, present(content)) as LayoutInput), name: layout.name });
    if (edit) this.#bench.editOnLoad = made.data.layoutId;
    await this.#go(made.data.layoutId);
  }

  async #go(layoutId: string): Promise<void> {
    await this.#bench.switchTo(layoutId);
    await this.#bench.list();
  }
}

function inputOf({ name, layout }: DashboardPreset): LayoutInput {
  return { name, widgets: layout };
}

function present(content: object) {
  return Object.keys(content).filter((field) => content[field as never] !== undefined) as Parameters<typeof patchOf>[1];
}
