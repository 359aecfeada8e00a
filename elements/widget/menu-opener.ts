import { CcmErrorEvent } from '../core/events.js';
import type { FactsHost, WidgetFacts } from './facts.js';
import { lost } from './lost.js';
import type { WidgetMenu } from './widget-menu.js';

/** Opens the menu of a widget, and loads its code when it is first asked for. */
export class MenuOpener {
  /** The menu, once it was asked for. */
  menu: WidgetMenu | undefined;
  /** Its code did not come the last time. */
  lost = false;
  readonly #host: FactsHost & { widget?: string };
  readonly #facts: () => WidgetFacts;

  constructor(host: FactsHost & { widget?: string }, facts: () => WidgetFacts) {
    this.#host = host;
    this.#facts = facts;
  }

  async open(button: () => HTMLElement | null | undefined): Promise<void> {
    try {
      const { WidgetMenu } = await import('./widget-menu.js');
      this.menu ??= new WidgetMenu(this.#host);
    } catch (error) {
      this.#host.dispatchEvent(new CcmErrorEvent({ ...(this.#host.widget && { widgetId: this.#host.widget }), ...lost(error) }));
    }
    this.lost = this.menu === undefined;
    this.#host.requestUpdate();
    const anchor = button();
    if (anchor) await this.menu?.open(anchor, this.#facts);
  }
}
