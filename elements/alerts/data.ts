import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert } from '../../sdk/contract/alert.js';
import { alertListOf, type AlertList } from '../../sdk/store/alert-list.js';
import { onTick } from '../core/clock.js';
import { pageSignals } from '../core/page-signals.js';
import { Patience } from '../core/patience.js';
import { WidgetTitles } from './widget-titles.js';

/** The alerts of its host's client; the host is updated as they change, and as their ages grow. */
export class AlertsData implements ReactiveController {
  list: AlertList | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #changed: (list: AlertList, client: CcmClient) => void;
  readonly #patience: Patience;
  #client: CcmClient | undefined;
  #titles: WidgetTitles | undefined;
  #stops: (() => void)[] = [];

  /** @param changed called with each change, before the host is updated */
  constructor(host: ReactiveControllerHost, changed: (list: AlertList, client: CcmClient) => void) {
    this.#host = host;
    this.#changed = changed;
    this.#patience = new Patience(host, () => this.list?.state === 'loading');
    host.addController(this);
  }

  hostDisconnected(): void {
    this.open(undefined);
  }

  /** It has been loading for so long that its outline is shown. */
  get waited(): boolean {
    return this.#patience.isOver;
  }

  get alerts(): readonly Alert[] {
    return this.list?.alerts ?? [];
  }

  /** Another client is another user: nothing of the last one's stays. */
  open(client: CcmClient | undefined): void {
    if (client === this.#client) return;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#client = client;
    this.list = this.#titles = undefined;
    if (client === undefined) return;
    const list = alertListOf(client, pageSignals);
    this.list = list;
    this.#titles = new WidgetTitles(client, () => this.#host.requestUpdate());
    if (list.state === 'loading') this.#patience.begin();
    this.#stops = [list.subscribe(() => this.#tell(list, client)), onTick(() => this.#host.requestUpdate()), client.onTenant(() => this.#host.requestUpdate())];
    if (list.state === 'ready') this.#tell(list, client);
    this.#host.requestUpdate();
  }

  titleOf(widgetId: string): string {
    return this.#titles?.of(widgetId) ?? widgetId;
  }

  #tell(list: AlertList, client: CcmClient): void {
    this.#changed(list, client);
    this.#host.requestUpdate();
  }
}
