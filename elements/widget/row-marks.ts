import { css } from 'lit';
import type { ReactiveController } from 'lit';
import type { Alert } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { addStyles } from '../core/late-styles.js';
import type { WidgetView } from '../core/widget-view.js';

/** A table, which fills few elements with the rows that are seen; rows are counted from the first of its page. */
type KeyedView = WidgetView & { keyAt?(index: number): string | undefined };

/** A sign before the words: a row that fires is not told by its colour alone. */
const markStyles = css`
  li[data-alert] {
    position: relative;
  }
  li[data-alert]::before,
  .row[data-alert] > .cell:first-child::before {
    flex: none;
    width: 8px;
    height: 7px;
    margin-inline-end: -4px;
    background: var(--_mark);
    clip-path: polygon(50% 0, 100% 100%, 0 100%);
    forced-color-adjust: none;
    content: '';
  }
  .row[data-alert] > .cell:first-child::before {
    display: inline-block;
    margin-inline-end: 6px;
  }
  .row[data-alert]:not(.active):not(:hover) {
    background: color-mix(in srgb, var(--_mark) 8%, transparent);
  }
  [data-alert='critical'] {
    --_mark: var(--_critical);
  }
  [data-alert='warning'] {
    --_mark: var(--_warning);
  }
  [data-alert='info'] {
    --_mark: var(--_accent);
  }
`;

/** Where rows that are scrolled in show which they are. */
const PLACE = 'aria-rowindex';
/** The head is the first row. */
const HEAD = 2;

/** Whether it has rows that can be marked. */
export function hasRows(view: WidgetView | undefined): view is WidgetView {
  return view?.localName === 'ccm-list' || view?.localName === 'ccm-table';
}

/** Marks the items of a list, or the rows of a table, that fire, whenever they were drawn. */
export class RowMarks implements ReactiveController {
  readonly #view: KeyedView;
  /** A table that is scrolled is not updated. */
  readonly #scrolled = new MutationObserver(() => this.hostUpdated());
  #watched: Element | undefined;
  #byKey: ReadonlyMap<string, Alert> = new Map();
  #words: AlertsStrings | undefined;

  constructor(view: WidgetView) {
    this.#view = view;
    addStyles(view.renderRoot as ShadowRoot, markStyles);
    view.addController(this);
  }

  show(alerts: readonly Alert[], words: AlertsStrings): void {
    this.#words = words;
    // The gravest comes first, and stays.
    this.#byKey = new Map([...alerts].reverse().map((alert) => [alert.key, alert]));
    this.hostUpdated();
  }

  hostUpdated(): void {
    const { renderRoot } = this.#view;
    for (const item of renderRoot.querySelectorAll<HTMLElement>('li[data-key]')) this.#mark(item, item.dataset['key']);
    const rows = renderRoot.querySelector('.rows');
    if (rows === null || this.#view.keyAt === undefined) return;
    for (const row of rows.querySelectorAll<HTMLElement>('.row:not([hidden])')) this.#mark(row, this.#view.keyAt(Number(row.ariaRowIndex) - HEAD));
    this.#watch(rows);
  }

  hostDisconnected(): void {
    this.#scrolled.disconnect();
    this.#watched = undefined;
  }

  #watch(rows: Element): void {
    if (rows === this.#watched) return;
    this.#scrolled.disconnect();
    this.#scrolled.observe(rows, { subtree: true, childList: true, attributeFilter: [PLACE, 'hidden'] });
    this.#watched = rows;
  }

  #mark(row: HTMLElement, key = ''): void {
    const alert = this.#byKey.get(key);
    if (row.dataset['alert'] === alert?.severity) return;
    if (alert === undefined) {
      delete row.dataset['alert'];
      row.removeAttribute('aria-description');
    } else {
      row.dataset['alert'] = alert.severity;
      row.setAttribute('aria-description', this.#words?.severities[alert.severity] ?? '');
    }
  }
}
