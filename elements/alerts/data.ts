import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert } from '../../sdk/contract/alert.js';
import { alertListOf, type AlertList } from '../../sdk/store/alert-list.js';
import { onTick } from '../core/clock.js';
import { pageSignals } from '../core/page-signals.js';
import { Patience } from '../core/patience.js';
import { RuleBook } from '../widget/rule-book.js';
import { ConnectionWatch } from './connection-watch.js';
import { KnownWidgets } from './known-widgets.js';
import type { Nameable } from './matcher-fields.js';

/** The alerts of its host's client; the host is updated as they change, and as their ages grow. */
export class AlertsData implements ReactiveController {
  list: AlertList | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #changed: (list: AlertList, client: CcmClient) => void;
  readonly #patience: Patience;
  #client: CcmClient | undefined;
  /** Of the viewer; undefined where there is none. */
  widgets: KnownWidgets | undefined;
  rules: RuleBook | undefined;
  readonly #connection: ConnectionWatch;
  #stops: (() => void)[] = [];

  /** @param changed called with each change, before the host is updated */
  constructor(host: ReactiveControllerHost, changed: (list: AlertList, client: CcmClient) => void) {
    this.#host = host;
    this.#changed = changed;
    this.#connection = new ConnectionWatch(() => host.requestUpdate());
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

  /** Nothing new comes, or nothing can be read: what is shown may be old. */
  get isOld(): boolean {
    return this.#connection.isLost(this.list?.state === 'ready') || (this.list?.state === 'ready' && this.list.fault !== undefined);
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
    this.list = this.widgets = this.rules = undefined;
    this.#connection.open(client);
    if (client === undefined) return;
    const list = alertListOf(client, pageSignals);
    this.list = list;
    const update = () => this.#host.requestUpdate();
    this.widgets = new KnownWidgets(client, update);
    this.rules = RuleBook.of(client);
    if (list.state === 'loading') this.#patience.begin();
    this.#stops = [list.subscribe(() => this.#tell(list, client)), onTick(update), client.onTenant(update), this.rules.onChange(update)];
    if (list.state === 'ready') this.#tell(list, client);
    this.#host.requestUpdate();
  }

  /** What silences can name. */
  get nameable(): Nameable {
    return { widgets: this.widgets?.all ?? [], rules: this.rules?.all ?? [], alerts: this.alerts };
  }

  titleOf(widgetId: string): string {
    return this.widgets?.titleOf(widgetId) ?? widgetId;
  }

  #tell(list: AlertList, client: CcmClient): void {
    this.#changed(list, client);
    this.#host.requestUpdate();
  }
}
