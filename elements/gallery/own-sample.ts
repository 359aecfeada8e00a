import type { WidgetInput } from '../../sdk/define/widget-kind.js';

const TAG = 'sample-desks';
const STYLES = `
  :host { display: flex; flex-wrap: wrap; place-content: center start; align-items: baseline; gap: 4px 8px; min-width: 0; overflow: hidden; }
  b { font-size: 28px; font-weight: 600; line-height: 32px; letter-spacing: -0.02em; unicode-bidi: plaintext; }
  span { font-size: 12px; line-height: 18px; color: var(--ccm-muted); }
  div { display: flex; flex: 1 0 100%; flex-wrap: wrap; gap: 4px; }
  i { width: 10px; height: 10px; border: 1px solid var(--ccm-muted); border-radius: 2px; }
  .taken { border-color: var(--ccm-accent); background: var(--ccm-accent); }
`;

interface Desks {
  taken?: number;
  desks?: number;
}

/** What the gallery shows of the type for elements of one's own, whose own sample names none: an element as a page may bring one. */
export const ownSample = { options: { element: defined() }, data: { taken: 12, desks: 16 } satisfies Desks };

/** Desks, of which some are taken. */
function defined(): string {
  if (customElements.get(TAG) !== undefined) return TAG;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  const made = class extends HTMLElement {
    readonly #box = this.attachShadow({ mode: 'open' });

    connectedCallback() {
      this.#box.adoptedStyleSheets = [sheet];
    }

    set input({ data, format }: WidgetInput<unknown, Desks | undefined>) {
      const { taken = 0, desks = 0 } = data ?? {};
      this.#box.replaceChildren(
        node('b', desks > 0 ? `${format(taken)} / ${format(desks)}` : '–'),
        node('span', 'Desks taken'),
        node('div', ...Array.from({ length: desks }, (_, index) => Object.assign(node('i'), { className: index < taken ? 'taken' : '' }))),
      );
    }
  };
  customElements.define(TAG, made);
  return TAG;
}

function node(tag: string, ...content: (string | Node)[]): HTMLElement {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
}
