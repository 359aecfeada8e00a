import type { Plugin } from 'rolldown';
import { parseSync, Visitor } from 'rolldown/utils';

const SHORTEN: Record<string, (text: string) => string> = { css: sheet, html: markup, svg: markup };
/** Stands for an expression. */
const HOLE = '\0';

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
      handler: (code, id) => ({ code: minified(code, id), map: null }),
    },
  };
}

/** The code with its templates on one line each, also those within expressions of others. */
export function minified(code: string, file = 'template.ts'): string {
  const parts: { at: number; was: string; is: string }[] = [];
  new Visitor({
    TaggedTemplateExpression({ tag, quasi }) {
      const shorten = tag.type === 'Identifier' ? SHORTEN[tag.name] : undefined;
      if (!shorten) return;
      const raw = quasi.quasis.map(({ value }) => value.raw);
      const short = shorten(raw.join(HOLE)).split(HOLE);
      quasi.quasis.forEach(({ start }, index) => {
        const was = raw[index] ?? '';
        // The place of a part may be that of its backtick or brace.
        parts.push({ at: code.indexOf(was, start), was, is: short[index] ?? '' });
      });
    },
  }).visit(parseSync(file, code).program);
  parts.sort((a, b) => b.at - a.at);
  return parts.reduce((text, { at, was, is }) => text.slice(0, at) + is + text.slice(at + was.length), code);
}

function markup(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
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
