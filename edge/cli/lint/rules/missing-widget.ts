import { nearest } from '../../../config/nearest.js';
import { inLayouts, type Rule } from '../rule.js';

export const missingWidget: Rule = {
  name: 'missing-widget',
  why: 'An item whose widget is not there shows that it cannot be seen, and nothing else.',
  find(given) {
    // Of a layout that was given alone nobody knows what it can show.
    if (given.ids.size === 0) return [];
    return inLayouts(given, ({ items, list }) => {
      // In the settings it is a fault, and told as one.
      if (list === 'layout') return [];
      return items.flatMap(({ widgetId }, index) => {
        if (given.ids.has(widgetId)) return [];
        const meant = nearest(widgetId, given.ids);
        return [{ path: [list, index, 'widgetId'], message: `${widgetId} is the id of no widget in the given files${meant === undefined ? '' : `; did you mean ${meant}?`}` }];
      });
    });
  },
};
