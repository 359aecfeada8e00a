import type { Plugin } from 'rolldown';

const TEMPLATES = /\b(css|html|svg)`((?:[^`\\]|\\[\s\S])*?)`/g;

/**
 * Takes the indentation out of `css`, `html` and `svg` templates: nobody reads it in the bundle. It stays on the safe side:
 * in markup a line break with its indentation becomes one space, which renders alike; in style sheets the spaces go that
 * no selector needs. (The libraries that do more ask for a newer Node than we do.)
 */
export function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    transform: {
      filter: { id: /elements\/.*\.ts$/ },
      handler: (code) => ({ code: minified(code), map: null }),
    },
  };
}

/** The code with its templates on one line each. Templates inside expressions of templates are found by running innermost first. */
export function minified(code: string): string {
  return code.replace(TEMPLATES, (whole, tag: string, text: string) => {
    // A nested template ends the match early: such a one keeps its spaces.
    if ((text.match(/\$\{/g)?.length ?? 0) !== balanced(text)) return whole;
    return `${tag}\`${tag === 'css' ? sheet(text) : text.replace(/\s*\n\s*/g, ' ')}\``;
  });
}

function sheet(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/ > /g, '>')
    .replace(/([ ,(:])0\./g, '$1.')
    .replace(/;}/g, '}')
    .trim();
}

/** How many `${` of the text are closed in it. */
function balanced(text: string): number {
  let open = 0;
  let closed = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.startsWith('${', at)) open += 1;
    else if (text[at] === '}' && open > closed) closed += 1;
  }
  return closed;
}
