import type { CCMWidget } from '../../../../sdk/contract/widget.js';
import type { GivenLayout } from '../given.js';
import { inLayouts, inWidgets, type Rule, type Spot } from '../rule.js';

/** Sources that are asked nothing, whatever a viewer sets. */
const ASKED_NOTHING: readonly string[] = ['static', 'push', 'prometheus'];
/** The only param that metrics of the system read. */
const SYSTEM_PARAM = 'timeRange';

export const unusedParam: Rule = {
  name: 'unused-param',
  why: 'What a viewer sets and nobody reads changes nothing on screen, and each value is one more answer to keep.',
  find(given) {
    const byId = new Map(given.widgets.map(({ widget }) => [widget.id, widget]));
    return [...inWidgets(given, unread), ...inLayouts(given, (layout) => unreached(layout, byId))];
  },
};

function unread({ dataSource: { type }, params = {} }: CCMWidget): Spot[] {
  return Object.keys(params)
    .filter((name) => ASKED_NOTHING.includes(type) || (type === 'system' && name !== SYSTEM_PARAM))
    .map((name) => ({ path: ['params', name], message: type === 'system' ? `a metric of the system reads ${SYSTEM_PARAM} alone` : `a source of type ${type} takes no params` }));
}

/** Variables of a dashboard that none of its widgets declares; nothing is said where one of them is not known. */
function unreached({ items, variables }: GivenLayout, byId: ReadonlyMap<string, CCMWidget>): Spot[] {
  const widgets = items.map(({ widgetId }) => byId.get(widgetId));
  if (widgets.includes(undefined)) return [];
  return variables.flatMap(({ name, type }, index) => {
    const reached = widgets.some((widget) => Object.hasOwn(widget?.params ?? {}, name) && widget?.params?.[name]?.type === type);
    return reached ? [] : [{ path: ['variables', index], message: `no widget of this layout declares a param ${name} of type ${type}` }];
  });
}
