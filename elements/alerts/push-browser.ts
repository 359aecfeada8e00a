import type { CcmClient } from '../../sdk/client/client.js';
import { CcmError } from '../../sdk/client/errors.js';

/**
 * Whether this browser is told by web push:
 * - `unknown`: not looked yet
 * - `unable`: it cannot, or the page is not served over https
 * - `unoffered`: the edge has no key for it
 * - `workerless`: the page has no worker that would show what comes
 * - `denied`: the viewer told the browser not to
 */
export type PushState = 'unknown' | 'unable' | 'unoffered' | 'workerless' | 'denied' | 'off' | 'on';

const SUBSCRIPTIONS = '/me/push-subscriptions';

/** This browser's subscription to web push, at the browser and at the edge. The worker is the page's own. */
export class PushBrowser {
  state: PushState = 'unknown';
  readonly #client: CcmClient;
  #key: string | null = null;

  constructor(client: CcmClient) {
    this.#client = client;
  }

  async look(): Promise<PushState> {
    return (this.state = await this.#found());
  }

  /** Throws what the browser or the edge says. */
  async subscribe(): Promise<void> {
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration === undefined) return;
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.#key });
    try {
      const { endpoint, keys } = subscription.toJSON();
      await this.#client.request('POST', SUBSCRIPTIONS, { body: { endpoint, keys } });
    } catch (error) {
      // One that the edge does not know tells nothing.
      await subscription.unsubscribe();
      throw error;
    } finally {
      await this.look();
    }
  }

  async unsubscribe(): Promise<void> {
    const subscription = await this.#subscription();
    if (subscription === null) return;
    try {
      await this.#client.request('DELETE', SUBSCRIPTIONS, { query: { endpoint: subscription.endpoint } });
    } catch (error) {
      // It is gone there already.
      if (!(error instanceof CcmError) || error.code !== 'not_found') throw error;
    }
    await subscription.unsubscribe();
    await this.look();
  }

  async #found(): Promise<PushState> {
    if (!('serviceWorker' in navigator) || !('PushManager' in globalThis)) return 'unable';
    this.#key = (await this.#client.request<{ publicKey: string | null }>('GET', '/me/push-key')).data.publicKey;
    if (this.#key === null) return 'unoffered';
    if ((await navigator.serviceWorker.getRegistration()) === undefined) return 'workerless';
    if (Notification.permission === 'denied') return 'denied';
    return (await this.#subscription()) === null ? 'off' : 'on';
  }

  async #subscription(): Promise<PushSubscription | null> {
    return (await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription()) ?? null;
  }
}
