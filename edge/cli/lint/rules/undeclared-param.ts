import { inLayouts, type Rule } from '../rule.js';

export const undeclaredParam: Rule = {
  name: 'undeclared-param',
  why: 'A widget that is given a param which it does not declare is refused its data (400).',
  find(given) {
    const byId = new Map(given.widgets.map(({ widget }) => [widget.id, widget]));
    return inLayouts(given, ({ items, list }) => items.flatMap(({ widgetId, config }, index) => {
      const widget = byId.get(widgetId);
      const params = config?.['params'];
      if (widget === undefined || typeof params !== 'object' || params === null) return [];
      return Object.keys(params).filter((name) => !Object.hasOwn(widget.params ?? {}, name))
        .map((name) => ({ path: [list, index, 'config', 'params', name], message: `${widgetId} declares no param ${name}` }));
    }));
  },
};
