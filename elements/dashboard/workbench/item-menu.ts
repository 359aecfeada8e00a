import type { WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import type { CcmCollapseEvent } from '../../core/collapse-event.js';
import { knownTags } from '../../core/ensure.js';
import { stringsFor } from '../../core/localize.js';
import type { MenuItem, MenuSelectEvent } from '../../core/menu-item.js';
import type { Strings } from '../../core/strings.js';
import type { Bench } from './bench.js';

/** The element that edits an item's settings; its code is another room's. */
const SETTINGS = 'ccm-widget-settings';

/** What its owner may do with one item: the entries of its menu, and what is done when one is chosen. */
export class ItemMenu {
  readonly #bench: Bench;
  /** The same list for the same entries: a widget is updated by another one. */
  readonly #lists = new Map<string, readonly MenuItem[]>();
  /** The words that they are in: others when the language has come, or another is chosen. */
  #said?: Strings;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  items({ collapsed }: WidgetLayoutItem): readonly MenuItem[] {
    const { on, ports } = this.#bench;
    const fold = on ? (collapsed ? 'unfold' : 'fold') : '';
    const said = stringsFor(ports.locale());
    if (said !== this.#said) this.#lists.clear();
    this.#said = said;
    const key = [fold, this.hasSettings].join();
    const known = this.#lists.get(key);
    if (known) return known;
    const strings = ports.strings();
    const items: MenuItem[] = [
      ...(this.hasSettings ? [{ id: 'settings', label: strings.widgetSettings, icon: 'Settings' }] : []),
      { id: 'duplicate', label: strings.duplicate, icon: 'Copy' },
      ...(fold ? [{ id: 'fold', label: collapsed ? strings.expand : strings.collapse, icon: collapsed ? 'ChevronDown' : 'ChevronUp' }] : []),
      { id: 'remove', label: strings.remove, icon: 'Trash2', tone: 'critical' },
    ];
    this.#lists.set(key, items);
    return items;
  }

  /** `ccm-menu-select` or `ccm-collapse` of an item's widget. */
  heard(event: Event, item: WidgetLayoutItem): void {
    const { editor } = this.#bench;
    if (event.type === 'ccm-collapse') return this.fold(item, (event as CcmCollapseEvent).collapsed);
    const { itemId } = event as MenuSelectEvent;
    if (itemId === 'remove') editor.remove(item);
    else if (itemId === 'duplicate') void this.#bench.manage((manager) => manager.duplicateItem(item));
    else if (itemId === 'fold') this.fold(item, !item.collapsed);
    else if (itemId === 'settings') void this.settings(item);
  }

  /** A reader's folding is theirs alone; while editing it is part of the layout. */
  fold(item: WidgetLayoutItem, collapsed: boolean): void {
    const { editor, on, ports } = this.#bench;
    if (!on || collapsed === (item.collapsed ?? false)) return;
    editor.alter(item.itemId, { collapsed: collapsed || undefined }, 'collapse', ports.strings().collapsed(editor.titleOf(item), collapsed));
  }

  /** Opens the settings of an item, where the page has the code for it. */
  async settings(item: WidgetLayoutItem): Promise<void> {
    if (this.hasSettings) await this.#bench.manage((manager) => manager.openItemSettings(item));
  }

  get hasSettings(): boolean {
    return knownTags().includes(SETTINGS);
  }
}
