import { definition, page, readme, settings } from './around.js';
import { rows, test, widget } from './code.js';
import type { StarterName } from './name.js';

/** The files of a widget of one's own that works as it is: text by path. */
export function starterFiles(name: StarterName): Readonly<Record<string, string>> {
  return {
    'README.md': readme(name),
    'package.json': settings(name),
    [`${name.tag}.js`]: widget(name),
    'rows.js': rows(),
    'rows.test.js': test(name),
    'widget.json': definition(name),
    'index.html': page(name),
  };
}
