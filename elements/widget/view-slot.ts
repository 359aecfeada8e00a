import type { ReactiveControllerHost } from 'lit';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import type { Snapshot } from '../../sdk/store/snapshot.js';
import { ensure } from '../core/ensure.js';
import type { ResolvedTheme } from '../core/theme.js';
import type { DisplayContext, RowRequest, RowWindow, ViewErrorEvent, WidgetView } from '../core/widget-view.js';
import { VIEW_PARTS, viewTag } from './view-tags.js';

/** What a view is given. */
export interface ViewInput {
  definition: WidgetDefinition;
  data: unknown;
  history?: Snapshot['history'];
  total?: number;
  sort?: string;
  display: DisplayContext;
  theme: ResolvedTheme;
}

/** The widget whose view it is. */
type SlotHost = ReactiveControllerHost & HTMLElement & { refresh(): void; askRows(request: RowRequest): Promise<RowWindow> };

/**
 * The place where a widget's view stands: loads the code of its type, makes the element, hands it what it shows, and
 * keeps its faults to itself.
 */
export class ViewSlot {
  /** The element to render; undefined while its code is loaded. */
  view: WidgetView | undefined;
  /** Why there is none, or why what it has cannot be drawn. */
  fault: { code: 'view' | 'load'; detail: string } | undefined;
  readonly #host: SlotHost;
  #tag: string | undefined;
  #input: ViewInput | undefined;

  constructor(host: SlotHost) {
    this.#host = host;
  }

  /** Shows this; what is the same as before costs nothing. */
  show(input: ViewInput): void {
    const tag = viewTag(input.definition.type);
    const before = this.#input;
    this.#input = input;
    if (tag === undefined) {
      this.clear();
      return;
    }
    if (tag !== this.#tag) {
      this.clear();
      this.#tag = tag;
      this.#load(tag);
    }
    if (this.fault?.code === 'view' && (input.data !== before?.data || input.definition !== before?.definition)) this.fault = undefined;
    this.#hand();
  }

  /** Shows another answer of the same kind; false where none is shown. */
  renew({ data, history, total, sort }: Pick<Snapshot, 'data' | 'history' | 'total' | 'sort'>): boolean {
    if (this.view === undefined || this.#input === undefined) return false;
    this.show({ ...this.#input, data, history, total, sort });
    return true;
  }

  /** Makes the view anew after a fault. */
  retry(): void {
    const tag = this.#tag;
    this.clear();
    if (tag === undefined) return;
    this.#tag = tag;
    this.#load(tag);
  }

  clear(): void {
    this.view = undefined;
    this.fault = undefined;
    this.#tag = undefined;
  }

  #load(tag: string): void {
    if (customElements.get(tag) !== undefined) {
      this.#make(tag);
      return;
    }
    ensure(tag).then(
      () => {
        if (tag !== this.#tag || this.view !== undefined) return;
        this.#make(tag);
        this.#host.requestUpdate();
      },
      (error: unknown) => {
        if (tag !== this.#tag) return;
        this.fault = { code: 'load', detail: error instanceof Error ? error.message : String(error) };
        this.#host.requestUpdate();
      },
    );
  }

  #make(tag: string): void {
    const view = document.createElement(tag) as WidgetView;
    view.setAttribute('exportparts', VIEW_PARTS);
    view.addEventListener('ccm-view-error', (event) => {
      if (view !== this.view) return;
      const { error } = event as ViewErrorEvent;
      this.fault = { code: 'view', detail: error instanceof Error ? error.message : String(error) };
      this.#host.requestUpdate();
    });
    view.refresh = () => this.#host.refresh();
    view.window = (request) => this.#host.askRows(request);
    this.view = view;
    this.#hand();
  }

  #hand(): void {
    const { view } = this;
    const input = this.#input;
    if (view === undefined || input === undefined) return;
    view.widget = input.definition;
    view.data = input.data;
    view.history = input.history;
    view.total = input.total;
    view.sort = input.sort;
    view.display = input.display;
    view.theme = input.theme;
  }
}
