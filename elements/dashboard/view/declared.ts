import type { CcmClient } from '../../../sdk/client/client.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';

/** Definitions that are asked for in one request. */
const AT_ONCE = 50;

/** Definitions by id, those that the edge knows and this viewer may see; `into` has each as soon as it is there. */
export async function definitionsOf(client: CcmClient, ids: readonly string[], into = new Map<string, WidgetDefinition>()): Promise<Map<string, WidgetDefinition>> {
  const wanted = [...new Set(ids)];
  const parts = Array.from({ length: Math.ceil(wanted.length / AT_ONCE) }, (_, part) => wanted.slice(part * AT_ONCE, (part + 1) * AT_ONCE));
  await Promise.all(parts.map(async (part) => {
    const { items } = await client.widgets.list({ ids: part, limit: AT_ONCE });
    for (const item of items) into.set(item.id, item);
  }));
  return into;
}

/** Whether a dashboard's time range reaches a widget. */
export function followsTime(definition: WidgetDefinition | undefined): boolean {
  const params = definition?.params ?? {};
  return ['from', 'to'].some((name) => Object.hasOwn(params, name) && params[name]?.type === 'string');
}
