import { css } from 'lit';
import type { ReactiveController } from 'lit';
import type { Alert } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { addStyles } from '../core/late-styles.js';
import type { WidgetView } from '../core/widget-view.js';

/** A sign before the words: a row that fires is not told by its colour alone. */
const markStyles = css`
  li[data-alert] {
    position: relative;
  }
  li[data-alert]::before {
    flex: none;
    width: 8px;
    height: 7px;
    margin-inline-end: -4px;
    background: var(--_mark);
    clip-path: polygon(50% 0, 100% 100%, 0 100%);
    forced-color-adjust: none;
    content: '';
  }
  li[data-alert='critical'] {
    --_mark: var(--_critical);
  }
  li[data-alert='warning'] {
    --_mark: var(--_warning);
  }
  li[data-alert='info'] {
    --_mark: var(--_accent);
  }
`;

/** Marks the items of a list that fire, whenever it was drawn. */
export class RowMarks implements ReactiveController {
  readonly #view: WidgetView;
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
    for (const row of this.#view.renderRoot.querySelectorAll<HTMLElement>('li[data-key]')) {
      const alert = this.#byKey.get(row.dataset['key'] ?? '');
      if (row.dataset['alert'] === alert?.severity) continue;
      if (alert === undefined) {
        delete row.dataset['alert'];
        row.removeAttribute('aria-description');
      } else {
        row.dataset['alert'] = alert.severity;
        row.setAttribute('aria-description', this.#words?.severities[alert.severity] ?? '');
      }
    }
  }
}
