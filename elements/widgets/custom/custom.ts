import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CustomConfig } from '../../../sdk/contract/display.js';
import type { Fault } from '../../../sdk/contract/problem.js';
import { faultsOfSchema } from '../../../sdk/data/schema-faults.js';
import type { WidgetInput } from '../../../sdk/define/widget-kind.js';
import { englishCustom } from '../../core/custom-strings.js';
import { CcmActionEvent } from '../../core/events.js';
import type { CcmDataEvent, CcmErrorEvent } from '../../core/events.js';
import { formatterFor, pageLocale } from '../../core/formatters.js';
import { wordsOf } from '../../core/localize.js';
import { message, messageStyles } from '../../core/message.js';
import { ViewErrorEvent, WidgetView } from '../../core/widget-view.js';
import { styles } from './custom.styles.js';
import { guarded, onLateFault } from './faults.js';
import { elementMount, renderMount } from './mount.js';
import type { Mount } from './mount.js';
import { CustomSource, isCustomTag } from './source.js';
import type { Found } from './source.js';

/** Milliseconds after which it is said that something is still waited for. */
const LATE = 4000;

/** Faults of options that are told at once. */
const MOST_FAULTS = 3;

const NO_OPTIONS: Readonly<Record<string, unknown>> = Object.freeze({});

/**
 * @summary A widget of somebody's own, a registered element or a kind of `defineWidget`: the body of a widget of type `custom`.
 * @tagname ccm-custom
 * @internal
 */
export class CcmCustom extends WidgetView {
  static override styles = [messageStyles, styles];

  /** It has been waited for long enough to say so. */
  @state() private late = false;

  #source: CustomSource | undefined;
  #key: string | undefined;
  #mount: Mount | undefined;
  #mounted: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unfollow: (() => void) | undefined;
  #unlisten: (() => void) | undefined;
  #logged: unknown;
  #error: WidgetInput['error'];
  #unfit: { options: unknown; kind: unknown; faults: Fault[] } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#followFrame();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow?.();
    // Not where it is only moved to another place.
    queueMicrotask(() => this.isConnected || this.#leave());
  }

  protected override shouldUpdate(): boolean {
    return this.isConnected;
  }

  /** Somebody else's constructors, callbacks and setters run in here. */
  protected override performUpdate(): void {
    try {
      guarded(() => super.performUpdate());
    } catch (error) {
      this.#unmount();
      this.#log(error);
      throw error;
    }
  }

  protected override render(): TemplateResult {
    const words = wordsOf('custom', englishCustom, this.display.locale);
    const config = this.widget?.customConfig ?? {};
    const { element, module } = config;
    if (element === undefined && module === undefined) {
      this.#forget();
      return message({ icon: 'Box', title: words.noElement, hint: words.noElementHint });
    }
    if (element !== undefined && !isCustomTag(element)) {
      this.#forget();
      return message({ icon: 'Box', title: words.wrongElement(String(element)), hint: words.wrongElementHint });
    }
    const source = this.#sourceOf(config);
    if (source.fault !== undefined) throw source.fault.error;
    const { found } = source;
    if (found === undefined) return this.#waiting(element, words);
    clearTimeout(this.#timer);
    const options = config.options ?? NO_OPTIONS;
    const faults = this.#faultsOf(options, found);
    if (faults.length > 0) {
      this.#unmount();
      return message({ icon: 'TriangleAlert', title: words.wrongOptions, hint: faults.map(({ path, message: text }) => `${path || words.options} ${text}`).join(' · ') });
    }
    return html`<div class="place">${this.#mountOf(found, source.url).node}</div>`;
  }

  /** After it is in its place, so that it is not handed what it shows before it is connected. */
  protected override updated(): void {
    this.#mount?.update(this.#input());
  }

  #waiting(element: string | undefined, words: typeof englishCustom): TemplateResult {
    this.#unmount();
    this.#timer ??= setTimeout(() => (this.late = true), LATE);
    if (!this.late) return html`<div class="wait" aria-hidden="true"><i></i><i></i></div>`;
    return message({ icon: 'Info', title: words.waiting, hint: element === undefined ? words.waitingForModule : words.waitingFor(element) });
  }

  #sourceOf(config: CustomConfig): CustomSource {
    const base = this.#base;
    const key = JSON.stringify([config.element, config.module, config.integrity, base]);
    if (this.#source === undefined || key !== this.#key) {
      this.#forget();
      this.#key = key;
      this.#source = new CustomSource(config, base, () => this.requestUpdate());
    }
    return this.#source;
  }

  /** What a module's address is relative to: the edge that the definition is from, where there is none the page. */
  get #base(): string {
    const edge = (this.#frame as { client?: { edge?: unknown } } | undefined)?.client?.edge;
    return typeof edge === 'string' && URL.canParse(`${edge}/`) ? `${edge}/` : document.baseURI;
  }

  get #frame(): Element | undefined {
    const root = this.getRootNode();
    return root instanceof ShadowRoot ? root.host : undefined;
  }

  #mountOf({ tag, kind }: Found, url: string | undefined): Mount {
    if (this.#mount === undefined || this.#mounted !== tag) {
      this.#unmount();
      this.#mount = kind?.render ? renderMount(kind.render.bind(kind)) : elementMount(tag);
      this.#mounted = tag;
      if (url !== undefined) this.#unlisten = onLateFault(url, (error) => this.#fail(error));
    }
    return this.#mount;
  }

  #faultsOf(options: unknown, { kind }: Found): Fault[] {
    if (kind === undefined) return [];
    let known = this.#unfit;
    if (known?.options !== options || known?.kind !== kind) {
      const faults = faultsOfSchema(kind.schema, options).slice(0, MOST_FAULTS);
      this.#unfit = known = { options, kind, faults };
    }
    return known.faults;
  }

  #input(): WidgetInput {
    const { display, widget } = this;
    const mount = this.#mount;
    return {
      data: this.data,
      options: widget?.customConfig?.options ?? NO_OPTIONS,
      widget: widget as WidgetInput['widget'],
      theme: this.theme,
      locale: display.locale ?? pageLocale(),
      timeZone: display.timeZone,
      currency: display.currency,
      loading: this.data === undefined,
      error: this.#error,
      format: (value, format) => formatterFor(display).format(value, format),
      refresh: () => this.refresh(),
      act: (action, row, rowKey = '') => void this.dispatchEvent(new CcmActionEvent({ widgetId: widget?.id ?? '', action, row, rowKey })),
      // Of one that is gone nobody wants to hear.
      fail: (error) => mount === this.#mount && this.#fail(error),
    };
  }

  #fail(error: unknown): void {
    this.#unmount();
    this.#log(error);
    this.dispatchEvent(new ViewErrorEvent(error));
  }

  /** For who wrote it: the card says only that it failed. A module that does not come is told once, not at each answer. */
  #log(error: unknown): void {
    if (error !== this.#logged) console.warn(error);
    this.#logged = error;
  }

  /** The frame around it is told what is wrong with its answers; so is what is shown. */
  #followFrame(): void {
    const frame = this.#frame as HTMLElement | undefined;
    const tell = ({ target, detail }: CcmErrorEvent | CcmDataEvent) => {
      if (target !== frame || ('code' in detail && detail.code === 'view')) return;
      this.#error = 'code' in detail ? { code: detail.code, detail: detail.detail } : undefined;
      this.requestUpdate();
    };
    frame?.addEventListener('ccm-error', tell);
    frame?.addEventListener('ccm-data', tell);
    this.#unfollow = () => {
      frame?.removeEventListener('ccm-error', tell);
      frame?.removeEventListener('ccm-data', tell);
    };
  }

  #unmount(): void {
    const mount = this.#mount;
    this.#mount = undefined;
    this.#mounted = undefined;
    this.#unlisten?.();
    this.#unlisten = undefined;
    mount?.remove();
  }

  /** A module that did not come is not asked for again at each answer: “Try again” makes another view. */
  #leave(): void {
    if (this.#source?.fault === undefined) this.#forget();
    else this.#unmount();
  }

  #forget(): void {
    this.#unmount();
    this.#source?.stop();
    this.#source = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.late = false;
  }
}
