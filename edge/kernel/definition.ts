import type { CCMWidget, WidgetDefinition } from '../../sdk/contract/widget.js';

/** A definition as pages get it: the source reduced to its type; who may see it and what the edge does with the rows stay here. */
export function reducedDefinition(widget: CCMWidget): WidgetDefinition {
  const { dataSource, permissions: _permissions, roles: _roles, data: _data, transform: _transform, alerts: _alerts, ...rest } = widget;
  return { ...rest, dataSource: { type: dataSource.type } };
}
