import type { GivenWidget } from '../given.js';
import type { Rule, Warning } from '../rule.js';

export const sameId: Rule = {
  name: 'same-id',
  why: 'Of two widgets with one id a tenant has only one.',
  find({ widgets }) {
    const first = new Map<string, GivenWidget>();
    return widgets.flatMap((one): Warning[] => {
      const { file, at, widget } = one;
      const before = first.get(widget.id);
      if (before === undefined) first.set(widget.id, one);
      // Within one file it is a fault, and told as one.
      if (before === undefined || before.file.name === file.name) return [];
      return [{ file, path: [...at, 'id'], message: `${widget.id} is also the id of a widget in ${before.file.name}` }];
    });
  },
};
