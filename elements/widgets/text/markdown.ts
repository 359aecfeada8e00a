import createDOMPurify from 'dompurify';
import type { Config } from 'dompurify';
import { Marked } from 'marked';
import { safeAddress, setLink } from '../../core/links.js';

/** UTF-16 units that are shown: some ten pages. Of more, what is made to be slow to read holds up the page. */
const LONGEST = 15_000;

/** Marks of HTML that Markdown has none for, as they are: without attributes. All other HTML is shown as it was typed. */
const PLAIN_TAG = /^<(?:br ?\/?|\/?(?:sub|sup|kbd|mark|small|ins|u))>/i;

/** The card's title is a heading of level 2: those of a text stand below it. */
const UNDER_TITLE = 2;

/** What Markdown makes, and nothing else: no form, style, id, name, class or frame. */
const CLEAN: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: [
    'a', 'blockquote', 'br', 'code', 'del', 'em', 'h3', 'h4', 'h5', 'h6', 'hr', 'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'small', 'strong',
    'sub', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'u', 'ul', '#text',
  ],
  ALLOWED_ATTR: ['align', 'alt', 'href', 'src', 'start', 'title'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const marked = new Marked({
  async: false,
  gfm: true,
  tokenizer: {
    html: () => undefined,
    tag(src) {
      const [raw] = PLAIN_TAG.exec(src) ?? [];
      return raw === undefined
        ? undefined
        : { type: 'html', raw, inLink: this.lexer.state.inLink, inRawBlock: this.lexer.state.inRawBlock, block: false, text: raw };
    },
  },
  renderer: {
    heading({ tokens, depth }) {
      const level = Math.min(6, depth + UNDER_TITLE);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
    },
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  },
});

let purifier: ReturnType<typeof createDOMPurify> | undefined;

export interface Written {
  nodes: DocumentFragment;
  /** Not all of it is there. */
  shortened: boolean;
}

/**
 * Markdown as nodes that are safe to put on a page. They pass through no `innerHTML`: the sanitiser reads the text in a document of
 * its own, with a Trusted Types policy of its own (`dompurify`), and what it returns is nodes.
 */
export function written(markdown: string): Written {
  const text = markdown.slice(0, LONGEST);
  const nodes = read(text);
  orderHeadings(nodes);
  for (const anchor of nodes.querySelectorAll('a')) setLink(anchor, anchor.getAttribute('href'));
  for (const image of nodes.querySelectorAll('img')) {
    const address = safeAddress(image.getAttribute('src'));
    if (address === undefined) {
      image.replaceWith(image.alt);
      continue;
    }
    image.loading = 'lazy';
    image.referrerPolicy = 'no-referrer';
    image.src = address.href;
  }
  return { nodes, shortened: text.length < markdown.length };
}

/** None is left out: a text that begins with `###`, as many do for its size, has its first level there. */
function orderHeadings(nodes: DocumentFragment): void {
  const above: number[] = [];
  for (const heading of nodes.querySelectorAll('h3, h4, h5, h6')) {
    const depth = Number(heading.localName.charAt(1));
    while ((above.at(-1) ?? 0) >= depth) above.pop();
    above.push(depth);
    const level = Math.min(6, UNDER_TITLE + above.length);
    if (level === depth) continue;
    const moved = document.createElement(`h${level}`);
    moved.append(...heading.childNodes);
    heading.replaceWith(moved);
  }
}

/** What cannot be read as Markdown (quotes a thousand deep) is shown as it was typed. */
function read(text: string): DocumentFragment {
  try {
    // A copy of its own: a page may have changed the one that it uses itself.
    purifier ??= createDOMPurify(window);
    return purifier.sanitize(marked.parse(text, { async: false }), CLEAN);
  } catch {
    const nodes = document.createDocumentFragment();
    const plain = document.createElement('pre');
    plain.textContent = text;
    nodes.append(plain);
    return nodes;
  }
}
