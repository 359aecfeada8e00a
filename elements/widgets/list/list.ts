import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ListConfig } from '../../../sdk/contract/display.js';
import { getPath } from '../../../sdk/data/path.js';
import { rowKeyOf, rowsOf, rowsPath } from '../../../sdk/data/rows.js';
import { sortRows } from '../../../sdk/data/sort.js';
import { thresholdFor } from '../../../sdk/data/threshold.js';
import { formatterFor } from '../../core/formatters.js';
import { icon } from '../../core/icons.js';
import { stringsFor } from '../../core/localize.js';
import { message, messageStyles } from '../../core/message.js';
import { styleProperty } from '../../core/style-property.js';
import { cssColor } from '../../core/tone.js';
import { WidgetView } from '../../core/widget-view.js';
import { styles } from './list.styles.js';

/** Shown where a definition names no `maxItems`: more is a table. */
const DEFAULT_ITEMS = 50;

interface Item {
  key: string;
  row: unknown;
}

/**
 * @summary Rows with a title, a line below and a badge: the body of a widget of type `list`.
 * @tagname ccm-list
 * @csspart item - A row.
 * @csspart badge - A row's badge.
 * @internal
 */
export class CcmList extends WidgetView {
  static override styles = [messageStyles, styles];

  protected override render(): TemplateResult {
    const strings = stringsFor(this.display.locale);
    const config = this.widget?.listConfig;
    const dataPath = this.widget?.dataPath;
    if (config === undefined || rowsPath(this.data, dataPath) === undefined) {
      return message({ icon: 'Box', title: strings.unusable, hint: strings.unusableHint(config ? (dataPath ?? 'items') : 'listConfig') });
    }
    const rows = rowsOf(this.data, dataPath);
    if (rows.length === 0) return message({ icon: 'Inbox', title: strings.emptyList });
    const items = this.#items(rows, config);
    const hidden = rows.length - items.length;
    return html`
      <div class="scroll" tabindex="0" role="group" aria-label=${this.widget?.title ?? strings.untitled}>
        <ul>
          ${repeat(items, ({ key }) => key, ({ row }) => this.#item(row, config))}
        </ul>
        ${hidden > 0 ? html`<p class="more">${strings.more(hidden)}</p>` : nothing}
      </div>
    `;
  }

  /** Sorted and cut; two rows with one key are told apart, so that neither is lost. */
  #items(rows: unknown[], config: ListConfig): Item[] {
    const keyOf = rowKeyOf(rows, config.itemKey);
    const seen = new Set<string>();
    const keyed = rows.map((row, index) => {
      let key = keyOf(row, index);
      if (seen.has(key)) key = `${key}#${index}`;
      seen.add(key);
      return { key, row };
    });
    const sorted = config.sortBy === undefined ? keyed : sortRows(keyed, `row.${config.sortBy}`, config.sortOrder, this.display.locale);
    return sorted.slice(0, Math.max(0, config.maxItems ?? DEFAULT_ITEMS));
  }

  #item(row: unknown, config: ListConfig): TemplateResult {
    const { title, subtitle, badge, badgeFormat, icon: picture } = config.itemTemplate;
    const formatter = formatterFor(this.display);
    const below = subtitle === undefined ? undefined : getPath(row, subtitle);
    const mark = badge === undefined ? undefined : getPath(row, badge);
    return html`<li part="item">
      ${picture ? icon(picture, this) : nothing}
      <span class="words">
        <span class="title">${formatter.format(getPath(row, title), 'text')}</span>
        ${below === undefined || below === null || below === ''
          ? nothing
          : html`<span class="subtitle">${formatter.format(below)}</span>`}
      </span>
      ${mark === undefined || mark === null || mark === ''
        ? nothing
        : html`<span class="badge" part="badge" ${styleProperty('--_tone', this.#color(row, mark, config))}
            >${formatter.format(mark, badgeFormat)}</span
          >`}
    </li>`;
  }

  /** A threshold that the badge's value has reached, else the definition's colour, else a colour that the row itself names. */
  #color(row: unknown, mark: unknown, config: ListConfig): string | undefined {
    const reached = cssColor(thresholdFor(mark, config.thresholds)?.color);
    const { badgeColor } = config.itemTemplate;
    if (reached !== undefined || badgeColor === undefined) return reached;
    return cssColor(badgeColor) ?? cssColor(getPath(row, badgeColor));
  }
}
