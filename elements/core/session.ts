import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CcmClient } from '../../sdk/client/client.js';
import type { ContextValues } from './context.js';
import { onContextChange } from './context.js';
import { chooseSession } from './session-choice.js';
import { enter, leave } from './sessions.js';
import type { Session } from './sessions.js';

/**
 * The client of an element: by what the element itself says, the nearest provider, or the script tag. All elements of a
 * page that agree on edge and token source share one client, hence one batch of first answers and one connection.
 * It is looked for in the host's update, so that properties set right after the element was made count.
 */
export class SessionController implements ReactiveController {
  /** Undefined while no edge is named anywhere (a widget may do without). */
  client: CcmClient | undefined;
  /** What is wrong with the addresses given, in words. */
  problem: string | undefined;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #own: () => ContextValues;
  #session: Session | undefined;
  #known: ContextValues | undefined;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, own: () => ContextValues) {
    this.#host = host;
    this.#own = own;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = onContextChange((changed) => {
      if (changed === this.#host) return;
      this.#known = undefined;
      this.#host.requestUpdate();
    });
    this.#known = undefined;
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const { edge, token, tokenEndpoint, getToken, client } = this.#own();
    const own = { edge, token, tokenEndpoint, getToken, client };
    if (this.#known !== undefined && same(this.#known, own)) return;
    this.#known = own;
    const choice = chooseSession(this.#host, own);
    this.problem = choice !== undefined && 'problem' in choice ? choice.problem : undefined;
    if (choice === undefined || 'problem' in choice) {
      this.#leave();
    } else {
      this.#session = enter(this.#host, choice, this.#session);
      this.client = this.#session.client;
    }
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#leave();
  }

  #leave(): void {
    if (this.#session !== undefined) leave(this.#host, this.#session);
    this.#session = undefined;
    this.client = undefined;
  }
}

function same(a: ContextValues, b: ContextValues): boolean {
  return (
    a.edge === b.edge && a.token === b.token && a.tokenEndpoint === b.tokenEndpoint && a.getToken === b.getToken && a.client === b.client
  );
}
