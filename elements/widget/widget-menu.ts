import { html } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { Carrier } from '../../sdk/client/client.js';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import { ageText } from '../core/age.js';
import { formatterFor } from '../core/formatters.js';
import { CcmMenu } from '../core/menu.js';
import { MenuSelectEvent } from '../core/menu-item.js';
import type { MenuItem } from '../core/menu-item.js';
import { stringsWith } from '../core/localize.js';
import { englishMenu } from '../core/menu-strings.js';
import type { MenuStrings } from '../core/menu-strings.js';
import type { Strings } from '../core/strings.js';
import type { DisplayContext } from '../core/widget-view.js';
import { CcmWidgetDetails } from './details.js';
import type { DetailLine } from './details.js';
import { reasonOf } from './states.js';
import type { Fault } from './states.js';

/** What the menu knows of its widget at the moment it opens. */
export interface MenuModel {
  /** That of the words; numbers and times have the display's. */
  locale: string | undefined;
  display: DisplayContext;
  definition: WidgetDefinition | undefined;
  widgetId: string | undefined;
  carrier: Carrier;
  canRefresh: boolean;
  error: Fault | undefined;
  timestamp: string | undefined;
  checkedAt: number | undefined;
  /** Seconds between two refreshes, where its API's limit makes them more than was asked for. */
  every: number | undefined;
  more: readonly MenuItem[];
}

type Host = ReactiveControllerHost & HTMLElement & { refresh(): void };

/** The menu of a widget and its panel; this module is loaded when one is first opened. */
export class WidgetMenu {
  readonly #host: Host;
  #model: MenuModel | undefined;

  constructor(host: Host) {
    CcmMenu.define('ccm-menu');
    CcmWidgetDetails.define('ccm-widget-details');
    this.#host = host;
  }

  /** What stands in the host's shadow root; nothing until the menu was asked for. */
  template(): TemplateResult | undefined {
    if (this.#model === undefined) return undefined;
    return html`<ccm-menu @ccm-menu-select=${this.#chosen}></ccm-menu><ccm-widget-details></ccm-widget-details>`;
  }

  async open(button: HTMLElement, model: MenuModel): Promise<void> {
    this.#model = model;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const menu = this.#find<CcmMenu>('ccm-menu');
    if (menu === null) return;
    const strings = stringsOf(model);
    menu.label = strings.menu(model.definition?.title ?? strings.untitled);
    menu.items = this.#items(model);
    await menu.open(button);
  }

  #items(model: MenuModel): MenuItem[] {
    const { canRefresh, more } = model;
    const strings = stringsOf(model);
    const full = this.#isFull;
    return [
      ...(canRefresh ? [{ id: 'refresh', label: strings.refresh, icon: 'RefreshCw' }] : []),
      ...(document.fullscreenEnabled
        ? [{ id: 'full-screen', label: full ? strings.leaveFullScreen : strings.fullScreen, icon: full ? 'Minimize2' : 'Maximize2' }]
        : []),
      { id: 'details', label: strings.details, icon: 'Info' },
      ...(more.length > 0 ? (['line', ...more] as const) : []),
    ];
  }

  #chosen = (event: Event): void => {
    const { itemId } = event as MenuSelectEvent;
    if (itemId === 'refresh') this.#host.refresh();
    else if (itemId === 'details') void this.#openDetails();
    else if (itemId === 'full-screen') void this.#fullScreen();
    else this.#host.dispatchEvent(new MenuSelectEvent(itemId));
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

  async #openDetails(): Promise<void> {
    const panel = this.#find<CcmWidgetDetails>('ccm-widget-details');
    const button = this.#host.shadowRoot?.querySelector<HTMLElement>('.menu-button');
    const model = this.#model;
    if (!panel || !button || model === undefined) return;
    panel.heading = model.definition?.title ?? stringsOf(model).untitled;
    panel.description = model.definition?.description ?? '';
    panel.locale = model.locale;
    panel.lines = linesOf(model);
    await panel.open(button);
  }

  #find<T extends Element>(tag: string): T | null {
    return this.#host.shadowRoot?.querySelector<T>(tag) ?? null;
  }
}

const stringsOf = ({ locale }: MenuModel): Strings & MenuStrings => stringsWith(englishMenu, locale);

function linesOf(model: MenuModel): DetailLine[] {
  const { display, widgetId, carrier, error, timestamp, checkedAt, every } = model;
  const strings = stringsOf(model);
  const carriers = { ws: strings.carrierWs, sse: strings.carrierSse, poll: strings.carrierPoll, off: strings.carrierOff };
  const lines = [{ name: strings.detailCarrier, text: carriers[carrier] }];
  if (timestamp !== undefined) lines.unshift({ name: strings.detailUpdated, text: formatterFor(display).format(timestamp, 'datetime') });
  if (checkedAt !== undefined) lines.push({ name: strings.detailAge, text: strings.ago(ageText(checkedAt, strings)) });
  if (every !== undefined) lines.push({ name: strings.detailEvery, text: strings.every(every) });
  if (error !== undefined) lines.push({ name: strings.detailError, text: `${reasonOf(error, strings)} ${error.detail}`.trim() });
  if (widgetId) lines.push({ name: strings.detailWidget, text: widgetId });
  return lines;
}
