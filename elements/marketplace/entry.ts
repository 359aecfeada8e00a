import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CatalogueItem } from '../../sdk/client/client.js';
import { icon } from '../core/icons.js';
import type { MarketplaceStrings } from '../core/marketplace-strings.js';

export interface EntryParts {
  host: ReactiveControllerHost;
  words: MarketplaceStrings;
  item: CatalogueItem;
  chosen: boolean;
  present: boolean;
  onChoose(): void;
  /** It was pressed, not only walked to: where there is no room beside the list, it opens. */
  onOpen(): void;
  onAdd(): void;
  onKey(event: KeyboardEvent): void;
}

/** One line of the list: what it is, and the button that adds it. */
export function renderEntry({ host, words, item, chosen, present, onChoose, onOpen, onAdd, onKey }: EntryParts): TemplateResult {
  const missing = item.requires?.met === false;
  return html`<li class=${chosen ? 'entry chosen' : 'entry'}>
    <button class="what" type="button" aria-current=${chosen ? 'true' : 'false'} @focus=${onChoose} @click=${onOpen} @keydown=${onKey}>
      ${icon(item.icon ?? 'Box', host)}
      <span class="about"><b>${item.title}</b>${item.description ? html`<span>${item.description}</span>` : nothing}</span>
      ${missing ? html`<span class="mark warning">${icon('Unplug', host)} ${words.notConnected}</span>` : present ? html`<span class="mark">${words.onDashboard}</span>` : nothing}
    </button>
    <button class="plus" type="button" aria-label=${words.addNamed(item.title)} title=${words.add} @click=${onAdd}>${icon('Plus', host)}</button>
  </li>`;
}
