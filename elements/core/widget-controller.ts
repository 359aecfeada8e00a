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

/** What a host tells its controller and hears from it. */
export interface WidgetPorts {
  want(): Wanted | undefined;
  /** Every snapshot, also those that are not painted. */
  told(now: Snapshot, before: Snapshot): void;
  /** News come another way, also where that is not painted. */
  carried(): void;
  /** An alert of it fires. */
  fires: () => void;
  /** Shows another answer in place; false where more than the answer changes and the host has to be updated. */
  show(now: Snapshot): boolean;
}

const NOTHING: Snapshot = { state: 'empty' };

/** Milliseconds after which a lost connection is told: most are back before. */
const PATIENCE = 5000;

/** Milliseconds out of view after which it asks for nothing any more. Who scrolls past comes back sooner. */
const REST = 5000;

/**
 * Keeps `snapshot` at the client's snapshot of what the host wants, from the host's first update until it leaves the
 * page. The host is updated when something to be painted changed. Once it has shown an answer, later ones wait while it
 * is out of view or the page is hidden, and only the last of them is painted. After a while there it rests: the edge is asked for
 * nothing, and once when it is seen again.
 */
export class WidgetController implements ReactiveController {
  snapshot: Snapshot = NOTHING;
  carrier: Carrier = 'off';
  /** News came once and does no more, for a while now. */
  cut = false;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #ports: WidgetPorts;
  #asked: Wanted | undefined;
  #off: Off[] = [];
  #stop: (() => void)[] = [];
  #near: boolean | undefined;
  #waiting = false;
  #painted = false;
  #cutting: ReturnType<typeof setTimeout> | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #offNews: Off | undefined;
  #rests = false;

  constructor(host: ReactiveControllerHost & HTMLElement, ports: WidgetPorts) {
    this.#host = host;
    this.#ports = ports;
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
    const wanted = this.#ports.want();
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
    const { client } = wanted;
    this.#asked = wanted;
    this.carrier = client.connection.carrier;
    this.#off.push(
      client.connection.onChange((carrier) => {
        this.carrier = carrier;
        this.#ports.carried();
        this.#watchCut();
        this.#paint();
      }),
      client.onTenant(() => this.#paint()),
      client.onFiring(wanted.widgetId, this.#ports.fires),
    );
    this.#listen(wanted);
    this.#seen();
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

  /** Takes the place of what it did before; what is known is kept between. */
  #listen({ client, widgetId, params, refreshInterval }: Wanted, idle = false): void {
    const before = this.#offNews;
    this.#offNews = client.subscribe(widgetId, (snapshot) => this.#take(snapshot), { params, refreshInterval, idle });
    this.#rests = idle;
    before?.();
  }

  #take(snapshot: Snapshot): void {
    const before = this.snapshot;
    this.snapshot = snapshot;
    this.#ports.told(snapshot, before);
    const sameToSee =
      snapshot.state === before.state &&
      snapshot.data === before.data &&
      snapshot.widget === before.widget &&
      snapshot.error?.code === before.error?.code &&
      snapshot.error?.detail === before.error?.detail;
    if (sameToSee) return;
    if (this.#painted && this.#seeable && this.#ports.show(snapshot)) return;
    this.#paint();
  }

  #paint(): void {
    if (this.#painted && !this.#seeable) this.#waiting = true;
    else this.#host.requestUpdate();
  }

  get #seeable(): boolean {
    return this.#near !== false && !document.hidden;
  }

  #seen(): void {
    clearTimeout(this.#resting);
    if (!this.#seeable) {
      this.#resting = setTimeout(() => this.#rest(), REST);
      return;
    }
    if (this.#asked && this.#rests) this.#listen(this.#asked);
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#host.requestUpdate();
  }

  #rest(): void {
    if (this.#asked && this.#painted) this.#listen(this.#asked, true);
  }

  #watchCut(): void {
    clearTimeout(this.#cutting);
    this.cut &&= this.carrier === 'off';
    if (this.carrier !== 'off') return;
    this.#cutting = setTimeout(() => {
      this.cut = true;
      this.#paint();
    }, PATIENCE);
  }

  #end(): void {
    clearTimeout(this.#cutting);
    this.cut = false;
    clearTimeout(this.#resting);
    for (const off of [...this.#off, this.#offNews]) off?.();
    this.#off = [];
    this.#offNews = undefined;
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
