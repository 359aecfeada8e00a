import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CcmClient } from '../../sdk/client/client.js';
import { createConnectors } from '../../sdk/client/connectors.js';
import { createCredentials } from '../../sdk/client/credentials.js';
import { CcmError } from '../../sdk/client/errors.js';
import type { ConnectorInfo } from '../../sdk/contract/connector.js';
import type { CredentialInfo } from '../../sdk/contract/credential.js';
import { onTick } from '../core/clock.js';
import { CcmConnectionChangeEvent } from '../core/connection-event.js';
import { Patience } from '../core/patience.js';

/** An API with what its user has for it. */
export interface Connection {
  connector: ConnectorInfo;
  /** The user's own first. */
  credentials: CredentialInfo[];
}

export interface ListFault {
  code: string;
  detail: string;
}

/** The user's APIs and credentials as they stand at the edge, asked again as time goes by. Holds no secret: none ever comes. */
export class ConnectionsList implements ReactiveController {
  connections: Connection[] | undefined;
  fault: ListFault | undefined;
  /** What the caller may do; undefined where the edge does not say. */
  mayShare: boolean | undefined;
  mayManage: boolean | undefined;

  readonly #host: ReactiveControllerHost;
  readonly #followed: () => boolean;
  readonly #patience: Patience;
  #client: CcmClient | undefined;
  #loading: Promise<void> | undefined;
  /** How many loads began, and the youngest of them whose answer is here. */
  #begun = 0;
  #taken = 0;
  #stop: (() => void) | undefined;

  /** @param followed whether somebody looks at it for longer */
  constructor(host: ReactiveControllerHost, followed: () => boolean) {
    this.#host = host;
    this.#followed = followed;
    this.#patience = new Patience(host, () => this.#client !== undefined && this.connections === undefined && this.fault === undefined);
    host.addController(this);
  }

  hostConnected(): void {
    // Ages grow, and the calls of a minute are those of another a minute later.
    this.#stop = onTick(this.#follow);
    document.addEventListener(CcmConnectionChangeEvent.type, this.#follow);
  }

  hostDisconnected(): void {
    this.#stop?.();
    document.removeEventListener(CcmConnectionChangeEvent.type, this.#follow);
    this.#client = undefined;
  }

  #follow = () => {
    if (this.connections !== undefined && this.#followed()) void this.load();
  };

  /** It has been loading for so long that its outline is shown. */
  get waited(): boolean {
    return this.#patience.isOver;
  }

  /** Another client is another user: nothing of the last one's stays. */
  open(client: CcmClient | undefined): void {
    if (client === this.#client) return;
    this.#client = client;
    this.#loading = undefined;
    this.connections = this.fault = this.mayShare = this.mayManage = undefined;
    if (client) void this.load();
  }

  /** Resolves when what the edge has now is here, or its fault. */
  load(): Promise<void> {
    const client = this.#client;
    if (client === undefined) return Promise.resolve();
    const loading = this.#ask(client);
    this.#loading = loading;
    return loading;
  }

  /** Resolves when the answer that was asked for last is here, or its fault. */
  async ready(): Promise<void> {
    await this.#loading;
  }

  async #ask(client: CcmClient): Promise<void> {
    const turn = ++this.#begun;
    // One that began earlier may know of what is gone by now.
    const isLate = () => client !== this.#client || turn < this.#taken;
    if (this.connections === undefined) this.#patience.begin();
    try {
      const [page, { items }] = await Promise.all([createConnectors(client).list(), createCredentials(client).list()]);
      if (isLate()) return;
      this.#taken = turn;
      this.mayShare = page.mayShare;
      this.mayManage = page.mayManage;
      this.fault = undefined;
      this.connections = page.items.map((connector) => ({ connector, credentials: ofApi(items, connector.name) }));
    } catch (error) {
      if (isLate()) return;
      const fault = error instanceof CcmError ? { code: error.code, detail: error.detail } : { code: 'internal', detail: String(error) };
      // What is there stays: the next look may bring the rest.
      if (this.connections === undefined || fault.code === 'forbidden' || fault.code === 'unauthenticated') {
        this.connections = undefined;
        this.fault = fault;
      }
    } finally {
      if (client === this.#client) this.#host.requestUpdate();
    }
  }
}

function ofApi(items: readonly CredentialInfo[], name: string): CredentialInfo[] {
  return items.filter(({ apiName }) => apiName === name).sort((a, b) => Number(a.shared ?? false) - Number(b.shared ?? false));
}
