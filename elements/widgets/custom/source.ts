import type { CustomConfig } from '../../../sdk/contract/display.js';
import { ELEMENT_NAME } from '../../../sdk/contract/names.js';
import { onWidgetKind, widgetKindOf } from '../../../sdk/define/define-widget.js';
import type { WidgetKind } from '../../../sdk/define/widget-kind.js';
import { loadModule } from './module.js';
import type { WidgetModule } from './module.js';

/** What draws a custom widget: an element that is registered, or a kind that draws by itself. */
export interface Found {
  tag: string;
  kind: WidgetKind | undefined;
}

/** The element that a definition names, once it is there. Its module is loaded only where the page does not have it already. */
export class CustomSource {
  /** Why it will not come. */
  fault: { error: unknown } | undefined;
  /** The address of its module, where it was loaded for this one. */
  url: string | undefined;
  #changed: (() => void) | undefined;
  #tag: string | undefined;
  #stop: (() => void) | undefined;

  constructor({ element, module, integrity }: CustomConfig, base: string, changed: () => void) {
    this.#changed = changed;
    this.#tag = element;
    if (element !== undefined) this.#await(element);
    if (module !== undefined && this.found === undefined) this.#load(module, integrity, base);
  }

  /** What there is now; undefined while it has not come. */
  get found(): Found | undefined {
    const tag = this.#tag;
    if (tag === undefined) return undefined;
    const kind = widgetKindOf(tag);
    return kind?.render !== undefined || customElements.get(tag) !== undefined ? { tag, kind } : undefined;
  }

  stop(): void {
    // The page may wait for this element for ever: it must not hold the view.
    this.#changed = undefined;
    this.#stop?.();
  }

  #await(tag: string): void {
    if (this.found !== undefined) return;
    this.#stop = onWidgetKind((kind) => kind.tag === tag && this.#tell());
    customElements.whenDefined(tag).then(() => this.#tell(), (error: unknown) => this.#fail(error));
  }

  #load(module: string, integrity: string | undefined, base: string): void {
    const url = addressOf(module, base);
    if (url === undefined) {
      this.fault = { error: new Error(`“${module}” is no address of a module: it must be http(s) or relative.`) };
      return;
    }
    this.url = url;
    loadModule(url, integrity).then((loaded) => this.#loaded(loaded), (error: unknown) => this.#fail(error));
  }

  #loaded({ default: given }: WidgetModule): void {
    if (this.#tag === undefined) {
      const tag = typeof given === 'object' && given !== null && 'tag' in given ? given.tag : undefined;
      if (!isCustomTag(tag)) {
        this.#fail(new Error('The module says not what it brings: name it in customConfig.element, or export its kind as the default.'));
        return;
      }
      this.#tag = tag;
      this.#await(tag);
    }
    this.#tell();
  }

  #fail(error: unknown): void {
    this.fault = { error };
    this.#tell();
  }

  #tell(): void {
    this.#changed?.();
  }
}

/** The name of an element that may be a widget: CCM's own would hold themselves. */
export function isCustomTag(tag: unknown): tag is string {
  return typeof tag === 'string' && ELEMENT_NAME.test(tag) && !tag.startsWith('ccm-');
}

function addressOf(module: string, base: string): string | undefined {
  if (!URL.canParse(module, base)) return undefined;
  const url = new URL(module, base);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' ? url.href : undefined;
}
