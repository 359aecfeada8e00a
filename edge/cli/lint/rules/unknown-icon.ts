import { nearest } from '../../../config/nearest.js';
import { fieldsNamed } from '../fields.js';
import { inDisplays, type Rule } from '../rule.js';

export const unknownIcon: Rule = {
  name: 'unknown-icon',
  why: 'An icon that Lucide does not have is a neutral box, unless the page registers one of that name.',
  find: (given) => inDisplays(given, (display) => [{ path: ['icon'], value: display.icon as unknown }, ...fieldsNamed(display, ['icon'])].flatMap(({ path, value }) => {
    if (typeof value !== 'string' || given.icons.has(value)) return [];
    const meant = nearest(value, given.icons);
    return [{ path, message: `${value} is no icon of Lucide${meant === undefined ? '' : `; did you mean ${meant}?`}` }];
  })),
};
