import { html } from 'lit';
import type { ReactiveController, TemplateResult } from 'lit';
import { formatterFor } from '../core/formatters.js';
import { provideIcons } from '../core/icons.js';
import { MENU_ICONS } from '../core/icons-menu.data.js';
import { stringsWith } from '../core/localize.js';
import { CcmMenu } from '../core/menu.js';
import { MenuSelectEvent } from '../core/menu-item.js';
import { englishMenu } from '../core/menu-strings.js';
import type { MenuStrings } from '../core/menu-strings.js';
import type { Strings } from '../core/strings.js';
import type { WidgetView } from '../core/widget-view.js';
import { CcmWidgetDetails } from './details.js';
import { mayHaveRows } from './export/rows-table.js';
import type { FactsHost, WidgetFacts } from './facts.js';
import { menuItems } from './menu-items.js';
import { CcmWidgetNotice } from './notice.js';

/** A view that shows its numbers as a table when told to. */
type TableView = WidgetView & { showTable(on: boolean): unknown; readonly isTable?: boolean };

/** The menu of a widget, its panel and its notices; this module is loaded when the menu is first opened. */
export class WidgetMenu implements ReactiveController {
  readonly #host: FactsHost;
  #facts: (() => WidgetFacts) | undefined;
  /** Views that show their table now, of those that do not say so themselves. */
  readonly #tables = new WeakSet<WidgetView>();

  constructor(host: FactsHost) {
    CcmMenu.define('ccm-menu');
    CcmWidgetDetails.define('ccm-widget-details');
    CcmWidgetNotice.define('ccm-widget-notice');
    provideIcons(MENU_ICONS);
    this.#host = host;
    host.addController(this);
  }

  /** What stands in the host's shadow root; nothing until the menu was asked for. */
  template(): TemplateResult | undefined {
    if (this.#facts === undefined) return undefined;
    return html`<ccm-menu @ccm-menu-select=${this.#chosen}></ccm-menu><ccm-widget-details></ccm-widget-details><ccm-widget-notice></ccm-widget-notice>`;
  }

  /** @param facts asked again whenever an entry is chosen: the menu may stand open for long */
  async open(button: HTMLElement, facts: () => WidgetFacts): Promise<void> {
    this.#facts = facts;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const menu = this.#find<CcmMenu>('ccm-menu');
    if (menu === null) return;
    this.#fill(menu, facts());
    await menu.open(button);
  }

  /** An open menu offers what can be done now. */
  hostUpdated(): void {
    const menu = this.#find<CcmMenu>('ccm-menu');
    if (menu?.isOpen && this.#facts) this.#fill(menu, this.#facts());
  }

  #fill(menu: CcmMenu, now: WidgetFacts): void {
    const strings = stringsOf(now);
    menu.label = strings.menu(now.definition?.title ?? strings.untitled);
    menu.items = this.#items(now, strings);
  }

  #items({ view, asked, snapshot, definition }: WidgetFacts, strings: MenuStrings) {
    const shown = view?.isConnected === true;
    return menuItems({
      strings,
      canRefresh: asked !== undefined || Boolean(this.#host.src),
      ...(document.fullscreenEnabled && { full: this.#isFull }),
      ...(shown && isTableView(view) && { table: this.#showsTable(view) }),
      hasRows: shown && mayHaveRows(view, snapshot.data, definition),
      hasPicture: shown,
      more: this.#host.menuItems,
    });
  }

  #chosen = (event: Event): void => {
    const { itemId } = event as MenuSelectEvent;
    const facts = this.#facts?.();
    if (facts === undefined) return;
    switch (itemId) {
      case 'refresh': return this.#host.refresh();
      case 'details': return void this.#openDetails(facts);
      case 'full-screen': return void this.#fullScreen();
      case 'table': return this.#toggleTable(facts.view);
      case 'csv':
      case 'png': return void this.#export(itemId, facts);
      default: this.#host.dispatchEvent(new MenuSelectEvent(itemId));
    }
  };

  /** Asked of the element: inside a dashboard the document names only the dashboard. */
  get #isFull(): boolean {
    return this.#host.matches(':fullscreen');
  }

  async #fullScreen(): Promise<void> {
    try {
      if (this.#isFull) await document.exitFullscreen();
      else await this.#host.requestFullscreen();
    } catch {
      // The browser or the page's policy says no: the card stays where it is.
    }
  }

  #toggleTable(view: WidgetView | undefined): void {
    if (!isTableView(view)) return;
    const on = !this.#showsTable(view);
    if (on) this.#tables.add(view);
    else this.#tables.delete(view);
    void view.showTable(on);
  }

  #showsTable(view: TableView): boolean {
    return view.isTable ?? this.#tables.has(view);
  }

  async #export(kind: 'csv' | 'png', facts: WidgetFacts): Promise<void> {
    const notice = this.#find<CcmWidgetNotice>('ccm-widget-notice');
    const strings = stringsOf(facts);
    const count = (value: number) => formatterFor(facts.display).format(value, 'number');
    try {
      if (kind === 'png') {
        const { exportPicture } = await import('./export/export-picture.js');
        await exportPicture(facts);
        return;
      }
      const { exportRows } = await import('./export/export-rows.js');
      const { rows, total } = await exportRows(facts, (done, all) => notice?.say(strings.exporting(count(done), count(all))));
      if (rows < total) notice?.say(strings.exportCapped(count(rows), count(total)), true);
      else notice?.hush();
    } catch (error) {
      console.warn('CCM: the export failed.', error);
      notice?.say(strings.exportFailed, true);
    }
  }

  async #openDetails(facts: WidgetFacts): Promise<void> {
    const panel = this.#find<CcmWidgetDetails>('ccm-widget-details');
    const button = this.#host.shadowRoot?.querySelector<HTMLElement>('.menu-button');
    if (!panel || !button) return;
    panel.heading = facts.definition?.title ?? stringsOf(facts).untitled;
    panel.description = facts.definition?.description ?? '';
    panel.locale = facts.locale;
    panel.display = facts.display;
    panel.src = this.#host.src;
    await panel.open(button, () => this.#host.explain());
  }

  #find<T extends Element>(tag: string): T | null {
    return this.#host.shadowRoot?.querySelector<T>(tag) ?? null;
  }
}

const isTableView = (view: WidgetView | undefined): view is TableView => typeof (view as Partial<TableView> | undefined)?.showTable === 'function';

const stringsOf = ({ locale }: WidgetFacts): Strings & MenuStrings => stringsWith(englishMenu, locale);
