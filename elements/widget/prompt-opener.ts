import type { nothing, TemplateResult } from 'lit';
import type { Message } from '../core/message.js';
import type { ConnectPrompt } from './connect-prompt.js';
import type { Fault } from './states.js';

type PromptHost = ConstructorParameters<typeof ConnectPrompt>[0];

/** Offers to give a source the credential that it lacks, once the code for that is there. */
export class PromptOpener {
  readonly #host: PromptHost;
  #prompt: ConnectPrompt | undefined;

  constructor(host: PromptHost) {
    this.#host = host;
  }

  action(fault: Fault | undefined, locale: string | undefined): Message['action'] {
    if (!/^credential_/.test(fault?.code ?? '')) return undefined;
    if (this.#prompt) return this.#prompt.action(locale);
    import('./connect-prompt.js').then(
      ({ ConnectPrompt }) => {
        this.#prompt ??= new ConnectPrompt(this.#host);
        this.#host.requestUpdate();
      },
      // The next update asks for it again.
      () => undefined,
    );
    return undefined;
  }

  template(): TemplateResult | typeof nothing | undefined {
    return this.#prompt?.template();
  }
}
