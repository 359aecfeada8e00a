import { keyNameOf, type KeyName } from './keys.js';
import type { Bench } from './bench.js';

/** What takes keys for itself: while the focus is there, nothing here hears them. */
const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), dialog, [role=textbox], [role=combobox], [role=menu]';

/** What is left of them on the whole screen. */
const ON_WALL: ReadonlySet<KeyName> = new Set(['save', 'refresh', 'help', 'escape']);

/**
 * The keys of a dashboard. They count while the focus is in it, or nowhere and the pointer is over it; never while somebody
 * types, in a dialog or a menu, nor where the page has taken the key for itself.
 */
export class Shortcuts {
  readonly #bench: Bench;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  start(): void {
    document.addEventListener('keydown', this.#onKey);
  }

  stop(): void {
    document.removeEventListener('keydown', this.#onKey);
  }

  #onKey = (event: KeyboardEvent): void => {
    const name = keyNameOf(event);
    if (!name || event.defaultPrevented || event.isComposing || !this.#isMeant(event)) return;
    if (this.#do(name, event)) event.preventDefault();
  };

  #isMeant(event: KeyboardEvent): boolean {
    const { host } = this.#bench;
    const path = event.composedPath();
    if (path.some((target) => target instanceof Element && target.matches(TYPING))) return false;
    if (path.includes(host)) return true;
    return host.matches(':hover') && (document.activeElement === null || document.activeElement === document.body);
  }

  /** Whether something was done. */
  #do(name: KeyName, event: KeyboardEvent): boolean {
    const { editor, saver } = this.#bench;
    // On a wall there is no toolbar: what begins there could not be ended.
    if ('tv' in this.#bench.host.dataset && !ON_WALL.has(name)) return false;
    const item = this.#selected(event);
    switch (name) {
      case 'add': return this.#start(this.#bench.add());
      case 'switch': return this.#choose();
      case 'save': return this.#start(saver.flush());
      case 'undo': return this.#travel(editor.history.undoes, () => editor.undo());
      case 'redo': return this.#travel(editor.history.redoes, () => editor.redo());
      case 'help': return this.#start(this.#bench.manage((manager) => manager.act('keys')));
      // Dialogs and the full screen are the browser's to close.
      case 'escape': return false;
      default: break;
    }
    // The rest is done with a widget, once for one press.
    if (!item || event.repeat) return false;
    if (name === 'refresh') item.widget.refresh();
    else if (name === 'edit') return this.#start(this.#bench.itemMenu.hasSettings ? this.#bench.itemMenu.settings(item.item) : editor.start());
    else if (!this.#bench.on) return false;
    else editor.remove(item.item);
    return true;
  }

  #start(work: Promise<unknown>): true {
    void work;
    return true;
  }

  #travel(what: string | undefined, go: () => void): boolean {
    if (what === undefined) return false;
    go();
    return true;
  }

  /** The choice of dashboards; where there is only one, the menu that makes more. */
  #choose(): boolean {
    const root = this.#bench.host.renderRoot;
    const select = root.querySelector<HTMLSelectElement>('.bar select');
    if (select) {
      select.focus();
      try {
        select.showPicker();
      } catch {
        // The browser opens it only by its own keys: the focus is there.
      }
    } else {
      root.querySelector<HTMLElement>('.more')?.click();
    }
    return true;
  }

  /** The widget with the focus in it, else the one under the pointer. */
  #selected(event: KeyboardEvent) {
    const { host, ports } = this.#bench;
    const path = event.composedPath();
    const element = path.includes(host)
      ? path.find((target): target is HTMLElement => target instanceof HTMLElement && target.matches('.item'))
      : host.renderRoot.querySelector<HTMLElement>('.item:hover');
    const item = ports.placed().find((one) => one.item.itemId === element?.dataset['item'])?.item;
    const widget = element?.querySelector('ccm-widget');
    return item && widget ? { item, widget } : undefined;
  }
}
