import { property } from 'lit/decorators.js';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import type { Snapshot } from '../../sdk/store/snapshot.js';
import { CcmElement } from './base-element.js';
import { onLanguage } from './languages.js';
import type { ResolvedTheme } from './theme.js';

/** How values are written: the element's locale, the tenant's zone and currency. */
export interface DisplayContext {
  /** BCP 47. */
  locale?: string;
  /** IANA name. */
  timeZone?: string;
  /** ISO 4217. */
  currency?: string;
}

/** Rows of a long answer that a view asks for. */
export interface RowRequest {
  from: number;
  count: number;
  /** A field path; `-path` for falling order. */
  sort?: string;
  /** Only rows that hold it. */
  search?: string;
}

/** Rows of a long answer. */
export interface RowWindow {
  rows: unknown[];
  /** Of those that the search finds. */
  total: number;
  /** Names the answer that they are of. */
  cursor?: string;
}

/** A picture as rows and columns. Numbers stay numbers. */
export interface DataTable {
  columns: { label: string; align?: 'left' | 'center' | 'right' }[];
  /** One for each column; `null`: there is no value. */
  rows: (string | number | null)[][];
}

/** A view failed while it rendered; `<ccm-widget>` shows an error card in its place. */
export class ViewErrorEvent extends Event {
  readonly error: unknown;

  constructor(error: unknown) {
    super('ccm-view-error');
    this.error = error;
  }
}

/**
 * The body of a widget: one answer in, a picture out. It fetches nothing and knows no edge.
 * An answer of another shape than it expects is shown as a short message.
 * @internal
 */
export abstract class WidgetView extends CcmElement {
  /** The definition, with the layout's overrides merged in. */
  @property({ attribute: false }) widget?: WidgetDefinition;

  /** The answer's data. */
  @property({ attribute: false }) data: unknown;

  /** Times and values of the stat's `primaryValue` before this answer, oldest first, where the edge keeps them. */
  @property({ attribute: false }) history?: Snapshot['history'];

  /** Rows in all, where `data` holds only the first of them; the others are had by `window`. */
  @property({ attribute: false }) total?: number;

  /** The order of those first rows: a field path, `-path` for falling order. */
  @property({ attribute: false }) sort?: string;

  /** Asks for rows of a long answer. */
  @property({ attribute: false }) window?: (request: RowRequest) => Promise<RowWindow>;

  @property({ attribute: false }) display: DisplayContext = {};

  /** The resolved theme; what is painted without CSS is painted again when it changes. */
  @property({ attribute: 'data-theme', reflect: true }) theme: ResolvedTheme = 'light';

  /** Asks for a newer answer now. */
  @property({ attribute: false }) refresh: () => void = () => undefined;

  /** What it shows as a table, for export and for who reads rather than sees it; undefined where there is none. */
  asTable(): DataTable | undefined {
    return undefined;
  }

  #offLanguage: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#offLanguage = onLanguage(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#offLanguage?.();
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    return this.guarded(() => super.scheduleUpdate());
  }

  /** One view's fault is that view's: it is told to the frame around it and goes no further. */
  protected guarded<T>(act: () => T): T | void {
    try {
      return act();
    } catch (error) {
      this.dispatchEvent(new ViewErrorEvent(error));
    }
  }
}
