import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Carrier, CcmClient, Off, ViewerParams } from '../../sdk/client/client.js';
import type { Snapshot } from '../../sdk/store/snapshot.js';
import { observeVisibility } from './visibility.js';

/** What an element asks of the edge. */
export interface Wanted {
  client: CcmClient;
  widgetId: string;
  params?: ViewerParams;
  /** Seconds. */
  refreshInterval?: number;
  /** Ask only once the element is near the window. */
  lazy: boolean;
}

const NOTHING: Snapshot = { state: 'empty' };

/**
 * Keeps `snapshot` at the client's snapshot of what the host wants, from the host's first update until it leaves the
 * page. The host is updated when something to be painted changed. Once it has shown an answer, later ones wait while it
 * is out of view or the page is hidden, and only the last of them is painted.
 */
export class WidgetController implements ReactiveController {
  snapshot: Snapshot = NOTHING;
  carrier: Carrier = 'off';
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #want: () => Wanted | undefined;
  readonly #told: (now: Snapshot, before: Snapshot) => void;
  #asked: Wanted | undefined;
  #off: Off[] = [];
  #stop: (() => void)[] = [];
  #near: boolean | undefined;
  #waiting = false;
  #painted = false;

  /** `told` hears of every snapshot, also of those that are not painted. */
  constructor(
    host: ReactiveControllerHost & HTMLElement,
    want: () => Wanted | undefined,
    told: (now: Snapshot, before: Snapshot) => void,
  ) {
    this.#host = host;
    this.#want = want;
    this.#told = told;
    host.addController(this);
  }

  hostConnected(): void {
    const seen = () => this.#seen();
    document.addEventListener('visibilitychange', seen);
    this.#stop = [
      observeVisibility(this.#host, (visible) => {
        this.#near = visible;
        if (visible && this.#asked === undefined) this.#host.requestUpdate();
        this.#seen();
      }),
      () => document.removeEventListener('visibilitychange', seen),
    ];
  }

  hostUpdate(): void {
    this.#waiting = false;
    if (!this.#host.isConnected) return;
    const wanted = this.#want();
    if (wanted !== undefined && this.#asked !== undefined && same(wanted, this.#asked)) {
      this.#painted ||= this.snapshot.data !== undefined;
      return;
    }
    if (wanted?.lazy === true && this.#near !== true) return;
    this.#end();
    if (wanted === undefined) {
      this.snapshot = NOTHING;
      return;
    }
    const { client, widgetId, params, refreshInterval } = wanted;
    this.#asked = wanted;
    this.carrier = client.connection.carrier;
    this.#off.push(
      client.connection.onChange((carrier) => {
        this.carrier = carrier;
        this.#paint();
      }),
      client.onTenant(() => this.#paint()),
      client.subscribe(widgetId, (snapshot) => this.#take(snapshot), { params, refreshInterval }),
    );
  }

  hostDisconnected(): void {
    this.#end();
    for (const stop of this.#stop) stop();
    this.#stop = [];
    this.#near = undefined;
  }

  /** Asks for a newer answer now. */
  refresh(): void {
    const asked = this.#asked;
    asked?.client.refresh(asked.widgetId, { params: asked.params });
  }

  #take(snapshot: Snapshot): void {
    const before = this.snapshot;
    this.snapshot = snapshot;
    this.#told(snapshot, before);
    const sameToSee =
      snapshot.state === before.state &&
      snapshot.data === before.data &&
      snapshot.widget === before.widget &&
      snapshot.error?.code === before.error?.code &&
      snapshot.error?.detail === before.error?.detail;
    if (!sameToSee) this.#paint();
  }

  #paint(): void {
    if (this.#painted && (this.#near === false || document.hidden)) this.#waiting = true;
    else this.#host.requestUpdate();
  }

  #seen(): void {
    if (!this.#waiting || this.#near === false || document.hidden) return;
    this.#waiting = false;
    this.#host.requestUpdate();
  }

  #end(): void {
    for (const off of this.#off) off();
    this.#off = [];
    this.#asked = undefined;
    this.#painted = false;
    this.carrier = 'off';
  }
}

function same(a: Wanted, b: Wanted): boolean {
  return (
    a.client === b.client &&
    a.widgetId === b.widgetId &&
    a.refreshInterval === b.refreshInterval &&
    (a.params === b.params || JSON.stringify(a.params) === JSON.stringify(b.params))
  );
}
