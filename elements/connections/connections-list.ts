import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CcmClient } from '../../sdk/client/client.js';
import { createConnectors } from '../../sdk/client/connectors.js';
import { createCredentials } from '../../sdk/client/credentials.js';
import { CcmError } from '../../sdk/client/errors.js';
import type { ConnectorInfo } from '../../sdk/contract/connector.js';
import type { CredentialInfo } from '../../sdk/contract/credential.js';
import { onTick } from '../core/clock.js';

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

/** Milliseconds without an answer after which the outline of what comes is shown. */
const PATIENCE = 300;

/** The user's APIs and credentials as they stand at the edge, asked again as time goes by. Holds no secret: none ever comes. */
export class ConnectionsList implements ReactiveController {
  connections: Connection[] | undefined;
  fault: ListFault | undefined;
  /** It has been loading for so long that its outline is shown. */
  waited = false;
  /** What the caller may do; undefined where the edge does not say. */
  mayShare: boolean | undefined;
  mayManage: boolean | undefined;

  readonly #host: ReactiveControllerHost;
  readonly #followed: () => boolean;
  #client: CcmClient | undefined;
  #loading: Promise<void> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | undefined;

  /** @param followed whether somebody looks at it for longer */
  constructor(host: ReactiveControllerHost, followed: () => boolean) {
    this.#host = host;
    this.#followed = followed;
    host.addController(this);
  }

  hostConnected(): void {
    // Ages grow, and the calls of a minute are those of another a minute later.
    this.#stop = onTick(this.#follow);
    document.addEventListener('ccm-connection-change', this.#follow);
  }

  hostDisconnected(): void {
    this.#stop?.();
    document.removeEventListener('ccm-connection-change', this.#follow);
    clearTimeout(this.#patience);
    this.#client = undefined;
  }

  #follow = () => {
    if (this.connections !== undefined && this.#followed()) void this.load();
  };

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
    this.#wait();
    try {
      const [page, { items }] = await Promise.all([createConnectors(client).list(), createCredentials(client).list()]);
      if (client !== this.#client) return;
      this.mayShare = page.mayShare;
      this.mayManage = page.mayManage;
      this.fault = undefined;
      this.connections = page.items.map((connector) => ({ connector, credentials: ofApi(items, connector.name) }));
    } catch (error) {
      if (client !== this.#client) return;
      const fault = error instanceof CcmError ? { code: error.code, detail: error.detail } : { code: 'internal', detail: String(error) };
      // What is there stays: the next look may bring the rest.
      if (this.connections === undefined || fault.code === 'forbidden' || fault.code === 'unauthenticated') {
        this.connections = undefined;
        this.fault = fault;
      }
    } finally {
      clearTimeout(this.#patience);
      this.#host.requestUpdate();
    }
  }

  #wait(): void {
    clearTimeout(this.#patience);
    this.waited = false;
    this.#patience = setTimeout(() => {
      this.waited = true;
      this.#host.requestUpdate();
    }, PATIENCE);
  }
}

function ofApi(items: readonly CredentialInfo[], name: string): CredentialInfo[] {
  return items.filter(({ apiName }) => apiName === name).sort((a, b) => Number(a.shared ?? false) - Number(b.shared ?? false));
}
