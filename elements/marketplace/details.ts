import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CatalogueItem, ViewerParams } from '../../sdk/client/client.js';
import { REFRESH_INTERVAL } from '../../sdk/contract/widget.js';
import { icon } from '../core/icons.js';
import type { MarketplaceStrings } from '../core/marketplace-strings.js';
import { declaredOf } from '../widget/definition.js';

export interface DetailsParts {
  host: ReactiveControllerHost;
  words: MarketplaceStrings;
  item: CatalogueItem;
  /** What the preview is asked with, where it declares that. */
  shared: ViewerParams | undefined;
  /** What its kind is called. */
  kind: string;
  onAdd(): void;
  onBack(): void;
  /** Absent where the caller may not change it. */
  onChange: (() => void) | undefined;
}

/** What a widget is, what it needs, and the widget itself with its real data. */
export function renderDetails({ host, words, item, shared, kind, onAdd, onBack, onChange }: DetailsParts): TemplateResult {
  const { title, description, tags = [], requires, size } = item;
  const facts: [string, string][] = [
    [words.category, item.category ?? ''],
    [words.author, item.author ?? ''],
    [words.version, item.version ?? ''],
    [words.type, kind],
    [words.every, words.everySeconds(item.refreshInterval ?? REFRESH_INTERVAL.default)],
  ];
  return html`<section class="details" aria-labelledby="chosen">
    <button class="back turns" type="button" @click=${onBack}>${icon('ArrowLeft', host)} ${words.back}</button>
    <h3 id="chosen">${title}</h3>
    ${description ? html`<p>${description}</p>` : nothing}
    <div class="stage ${size}" role="group" aria-label=${words.preview}><ccm-widget widget=${item.id} .params=${shared && declaredOf(item, shared)}></ccm-widget></div>
    ${requires?.connector
      ? html`<p class=${requires.met ? 'needs' : 'needs missing'}>${icon(requires.met ? 'Plug' : 'Unplug', host)}
          <span>${words.needs(requires.connector)}. ${requires.met ? words.needsMet : words.needsMissing}</span></p>`
      : nothing}
    <dl>${facts.filter(([, text]) => text !== '').map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
    ${tags.length > 0 ? html`<ul class="tags" aria-label=${words.tags}>${tags.map((tag) => html`<li>${tag}</li>`)}</ul>` : nothing}
    <div class="do">
      <button class="primary" type="button" @click=${onAdd}>${icon('Plus', host)} ${words.add}</button>
      ${onChange ? html`<button type="button" aria-label=${words.changeNamed(title)} @click=${onChange}>${icon('Pencil', host)} ${words.change}</button>` : nothing}
    </div>
  </section>`;
}
