import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { ListConfig } from '../../../sdk/contract/display.js';
import { getPath } from '../../../sdk/data/path.js';
import { CcmActionEvent } from '../../core/events.js';
import { formatterFor } from '../../core/formatters.js';
import { icon } from '../../core/icons.js';
import { safeAddress } from '../../core/links.js';
import { englishList } from '../../core/list-strings.js';
import { stringsWith } from '../../core/localize.js';
import { messageStyles } from '../../core/message.js';
import { styleProperty } from '../../core/style-property.js';
import { tableCell } from '../../core/table-cell.js';
import { noRows, unusable } from '../../core/unusable.js';
import { WidgetView } from '../../core/widget-view.js';
import type { DataTable } from '../../core/widget-view.js';
import { badgeOf } from './badge.js';
import { itemsOf, nameOf } from './items.js';
import type { Item } from './items.js';
import { styles } from './list.styles.js';
import { RovingFocus } from './roving.js';

/** Shown where a definition names no `maxItems`: more is a table. */
const DEFAULT_ITEMS = 50;
/** What an unknown name of an icon gives too. */
const NEUTRAL = 'Box';
/** Items from which those out of view are not laid out. */
const ENDLESS = 100;
/** Actions that have room beside an item; more stand below it. */
const BESIDE = 2;

/**
 * @summary Rows with an icon, a title, a line below, a badge and actions: the body of a widget of type `list`.
 * @tagname ccm-list
 * @fires {CcmActionEvent} ccm-action - An item's action was chosen: `{widgetId, action, row, rowKey}`.
 * @csspart item - A row.
 * @csspart badge - A row's badge.
 * @internal
 */
export class CcmList extends WidgetView {
  static override styles = [messageStyles, styles];

  readonly #focus = new RovingFocus(this);
  #items: Item[] = [];

  override asTable(): DataTable | undefined {
    const config = this.widget?.listConfig;
    if (config === undefined || this.#items.length === 0) return undefined;
    const { title, subtitle, badge } = config.itemTemplate;
    const paths = [title, subtitle, badge].filter((path) => path !== undefined);
    return {
      columns: paths.map((path) => ({ label: nameOf(path) })),
      rows: this.#items.map(({ row }) => paths.map((path) => tableCell(getPath(row, path)))),
    };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('data') && !changed.has('widget') && !changed.has('display')) return;
    const config = this.widget?.listConfig;
    this.#items = config === undefined ? [] : itemsOf(this.data, this.widget?.dataPath, config, this.display.locale);
  }

  protected override render(): TemplateResult {
    const strings = stringsWith(englishList, this.display.locale);
    const config = this.widget?.listConfig;
    const dataPath = this.widget?.dataPath;
    if (config === undefined) return unusable(strings, strings.unusableHint('listConfig'));
    if (this.#items.length === 0) return noRows(strings, this.data, dataPath, strings.emptyList);
    const shown = this.#items.slice(0, Math.max(0, config.maxItems ?? DEFAULT_ITEMS));
    const hidden = this.#items.length - shown.length;
    // What can be reached by Tab inside scrolls with it.
    const hasControls = Boolean(config.actions?.length) || config.itemTemplate.link !== undefined;
    return html`
      <div class="scroll" tabindex=${hasControls ? -1 : 0} role="group" aria-label=${this.widget?.title ?? strings.untitled}
        @focusin=${this.#focus.onFocus} @keydown=${this.#focus.onKey}>
        <ul role="list" class=${shown.length > ENDLESS ? 'endless' : ''}>
          ${repeat(shown, ({ key }) => key, (item) => this.#item(item, config))}
        </ul>
        ${hidden > 0 ? html`<p class="more">${strings.more(hidden)}</p>` : nothing}
      </div>
    `;
  }

  #item({ row, key }: Item, config: ListConfig): TemplateResult {
    const { title, subtitle } = config.itemTemplate;
    const formatter = formatterFor(this.display);
    const name = formatter.format(getPath(row, title), 'text');
    const below = subtitle === undefined ? undefined : getPath(row, subtitle);
    const actions = config.actions ?? [];
    return html`<li part="item" data-key=${key} class=${actions.length > BESIDE ? 'many' : ''}>
      ${this.#icon(row, config)}
      <span class="words">
        ${this.#title(row, name, config)}
        ${below === undefined || below === null || below === '' ? nothing : html`<span class="subtitle">${formatter.format(below)}</span>`}
      </span>
      ${this.#badge(row, config)}
      ${actions.length === 0
        ? nothing
        : html`<span class="actions">
            ${actions.map(
              ({ label, icon: picture, action }) =>
                html`<button class="control ${picture ? 'pictured' : ''}" type="button" tabindex="-1" title=${ifDefined(picture ? label : undefined)}
                  aria-label=${[label, name].filter(Boolean).join(': ')} @click=${() => this.#act(action, row, key)}
                  >${picture ? icon(picture, this) : label}</button>`,
            )}
          </span>`}
    </li>`;
  }

  #icon(row: unknown, { itemTemplate: { icon: general, iconKey } }: ListConfig) {
    const own = iconKey === undefined ? undefined : getPath(row, iconKey);
    // Where rows name their icons one without keeps its place.
    const name = typeof own === 'string' && own !== '' ? own : (general ?? (iconKey === undefined ? undefined : NEUTRAL));
    return name === undefined ? nothing : icon(name, this);
  }

  #title(row: unknown, name: string, { itemTemplate: { link } }: ListConfig): TemplateResult {
    const url = link === undefined ? undefined : safeAddress(getPath(row, link));
    if (url === undefined) return html`<span class="title">${name}</span>`;
    const isForeign = url.origin !== location.origin;
    return html`<a class="title control" tabindex="-1" href=${url.href} rel="noopener noreferrer" target=${isForeign ? '_blank' : nothing}>${name}</a>`;
  }

  #badge(row: unknown, config: ListConfig) {
    const badge = badgeOf(this, row, config, this.display);
    if (badge === undefined) return nothing;
    const { text, color, icon: picture, word, spoken } = badge;
    return html`<span class="badge" part="badge" ${styleProperty('--_tone', color)}
      >${picture ? icon(picture, this) : nothing}<span class="mark">${text}${word ? html` <span class="word">${word}</span>` : nothing}</span
      >${spoken ? html`<span class="visually-hidden">, ${spoken}</span>` : nothing}</span
    >`;
  }

  #act(action: string, row: unknown, rowKey: string): void {
    this.dispatchEvent(new CcmActionEvent({ widgetId: this.widget?.id ?? '', action, row, rowKey }));
  }
}
