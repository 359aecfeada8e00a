import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { CcmError } from '../../sdk/client/errors.js';
import { errorOf } from '../../sdk/client/problem.js';
import type { CCMWidget } from '../../sdk/contract/widget.js';
import { faultOfDefinition } from './definition.js';

export interface LocalFault {
  code: string;
  detail: string;
}

/**
 * A definition that needs no edge: the file at `src`, or the element's child `<script type="application/json">`.
 * `config` and `fault` follow them; the host is updated when either changes.
 */
export class LocalSource implements ReactiveController {
  config: CCMWidget | undefined;
  fault: LocalFault | undefined;
  loading = false;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #src: () => string | undefined;
  #loaded: string | undefined;
  #abort: AbortController | undefined;
  #children: MutationObserver | undefined;
  #text: string | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, src: () => string | undefined) {
    this.#host = host;
    this.#src = src;
    host.addController(this);
  }

  hostConnected(): void {
    this.#children = new MutationObserver(() => this.#readChild());
    this.#children.observe(this.#host, { childList: true, subtree: true, characterData: true });
    this.#readChild();
  }

  hostDisconnected(): void {
    this.#children?.disconnect();
    this.#abort?.abort();
    this.#loaded = undefined;
  }

  hostUpdate(): void {
    const src = this.#src();
    if (src !== this.#loaded) this.reload();
  }

  /** Fetches `src` (again). */
  reload(): void {
    this.#abort?.abort();
    const src = (this.#loaded = this.#src());
    if (!src) {
      this.loading = false;
      this.#text = undefined;
      this.#readChild();
      return;
    }
    const abort = (this.#abort = new AbortController());
    this.loading = true;
    this.#fetch(src, abort.signal).then(
      (config) => this.#set({ config }),
      (error: unknown) => {
        if (!abort.signal.aborted) this.#set({ fault: faultOf(error) });
      },
    );
  }

  async #fetch(src: string, signal: AbortSignal): Promise<CCMWidget> {
    if (!URL.canParse(src, document.baseURI)) throw new CcmError('invalid', `“${src}” is not an address.`);
    const url = new URL(src, document.baseURI);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new CcmError('invalid', `“${src}” is not an http address.`);
    const response = await fetch(url, { signal, headers: { accept: 'application/json' } });
    if (!response.ok) throw new CcmError((await errorOf(response)).code, `${src} answered ${response.status}.`);
    return checked(await response.text(), src);
  }

  #readChild(): void {
    if (this.#src()) return;
    const script = this.#host.querySelector(':scope > script[type="application/json"]');
    const text = script?.textContent ?? '';
    if (text === this.#text) return;
    this.#text = text;
    if (text.trim() === '') {
      this.#set({});
      return;
    }
    try {
      this.#set({ config: checked(text, 'The script inside the tag') });
    } catch (error) {
      this.#set({ fault: faultOf(error) });
    }
  }

  #set({ config, fault }: { config?: CCMWidget; fault?: LocalFault }): void {
    this.loading = false;
    if (config === undefined && fault === undefined && this.config === undefined && this.fault === undefined) return;
    this.config = config;
    this.fault = fault;
    this.#host.requestUpdate();
  }
}

function checked(text: string, where: string): CCMWidget {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CcmError('invalid', `${where} is not JSON.`);
  }
  const fault = faultOfDefinition(value);
  if (fault !== undefined) throw new CcmError('invalid', `${where}: ${fault}`);
  return value as CCMWidget;
}

/** What the browser itself throws is the network's. */
function faultOf(error: unknown): LocalFault {
  return error instanceof CcmError ? { code: error.code, detail: error.detail } : { code: 'network', detail: error instanceof Error ? error.message : String(error) };
}
