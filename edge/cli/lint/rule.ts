import type { CCMWidget } from '../../../sdk/contract/widget.js';
import type { Path } from '../../config/faults.js';
import type { FileFault, Given, GivenLayout, LintFile } from './given.js';

/** Something that is allowed and probably not meant. `path` is that in the file. */
export interface Warning {
  file: LintFile;
  path: Path;
  message: string;
}

export interface Rule {
  name: string;
  /** One sentence. */
  why: string;
  find(given: Given): Warning[];
}

/** A place in what is looked at, and what is to be said there. */
export interface Spot {
  path: Path;
  message: string;
}

/** A warning as it is told. */
export interface ToldWarning extends FileFault {
  rule: string;
}

/** What `look` finds in each widget, with the widget's own place before it. */
export function inWidgets({ widgets }: Given, look: (widget: CCMWidget) => Spot[]): Warning[] {
  return widgets.flatMap(({ file, at, widget }) => look(widget).map(({ path, message }) => ({ file, path: [...at, ...path], message })));
}

export function inLayouts({ layouts }: Given, look: (layout: GivenLayout) => Spot[]): Warning[] {
  return layouts.flatMap((layout) => look(layout).map(({ path, message }) => ({ file: layout.file, path: [...layout.at, ...path], message })));
}

/** What `look` finds in how things are shown: in each widget, and in what an item of a layout has of its own. */
export function inDisplays(given: Given, look: (display: Partial<CCMWidget>) => Spot[]): Warning[] {
  return [
    ...inWidgets(given, look),
    ...inLayouts(given, ({ items, list }) => items.flatMap(({ config }, index) =>
      (config === undefined ? [] : look(config).map(({ path, message }) => ({ path: [list, index, 'config', ...path], message }))))),
  ];
}
