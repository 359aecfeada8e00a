import type { CCMWidget, WidgetDefinition } from '../../sdk/contract/widget.js';

/** A definition as pages get it: the source reduced to its type; who may see it and what is done with the rows stay here. */
export function reducedDefinition(widget: CCMWidget): WidgetDefinition {
  const { dataSource: { type }, permissions: _p, roles: _r, data: _d, transform: _t, alerts: _a, ...rest } = widget;
  return { ...rest, dataSource: { type } };
}
