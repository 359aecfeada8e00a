import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CcmClient } from '../../sdk/client/client.js';
import type { Silence, SilenceInput } from '../../sdk/contract/alert.js';
import type { HistoryParts } from './history.js';
import type { Nameable } from './matcher-fields.js';
import type { CcmNotifications } from './notifications-form.js';
import type { CcmSilencePlan } from './silence-plan-form.js';

const PLAN = 'ccm-silence-plan';
const NOTIFICATIONS = 'ccm-notifications';

export interface LateFormsParts {
  words(): HistoryParts;
  /** To screen readers. */
  say(text: string): void;
  /** Asks the edge for a silence; resolves to what went wrong, in words, or to nothing. */
  savePlan(input: SilenceInput, before: Silence | undefined): Promise<string | undefined>;
}

/** What the forms look like, and what can be named in them. */
export interface LateFormsLook {
  client: CcmClient | undefined;
  theme: string;
  locale: string | undefined;
  nameable(): Nameable;
}

/** Forms that few open: the code of each comes with the first press. */
export class LateForms {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: LateFormsParts;
  #isPlanning = false;
  #isNotifying = false;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: LateFormsParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** A silence that is planned; with one that stands, to change it. */
  async plan(silence?: Silence): Promise<void> {
    const isLoaded = await this.#load(async () => (await import('./silence-plan-form.js')).CcmSilencePlan.define(PLAN));
    if (!isLoaded) return;
    this.#isPlanning = true;
    await (await this.#drawn<CcmSilencePlan>(PLAN))?.open(silence);
  }

  /** Where the viewer is told. */
  async notify(): Promise<void> {
    const isLoaded = await this.#load(async () => (await import('./notifications-form.js')).CcmNotifications.define(NOTIFICATIONS));
    if (!isLoaded) return;
    this.#isNotifying = true;
    await (await this.#drawn<CcmNotifications>(NOTIFICATIONS))?.open();
  }

  render({ client, theme, locale, nameable }: LateFormsLook): TemplateResult {
    const { display } = this.#parts.words();
    return html`${this.#isPlanning
      ? html`<ccm-silence-plan data-theme=${theme} .locale=${locale} .display=${display} .nameable=${nameable()} .submit=${this.#parts.savePlan}></ccm-silence-plan>`
      : nothing}
    ${this.#isNotifying
      ? html`<ccm-notifications data-theme=${theme} .locale=${locale} .display=${display} .client=${client} .saved=${this.#saved}></ccm-notifications>`
      : nothing}`;
  }

  #saved = (): void => this.#parts.say(this.#parts.words().words.notifySaved);

  async #load(code: () => Promise<unknown>): Promise<boolean> {
    try {
      await code();
      return true;
    } catch {
      this.#parts.say(this.#parts.words().strings.failed);
      return false;
    }
  }

  async #drawn<Form extends HTMLElement>(tag: string): Promise<Form | null | undefined> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    return this.#host.shadowRoot?.querySelector<Form>(tag);
  }
}
