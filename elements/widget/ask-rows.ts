import type { CcmClient, ViewerParams } from '../../sdk/client/client.js';
import { rowsOf } from '../../sdk/data/rows.js';
import type { RowRequest, RowWindow } from '../core/widget-view.js';

/** What the rows are of. */
interface Asked {
  client: CcmClient;
  widgetId: string;
  params?: ViewerParams;
}

/** Some rows of an answer that is too long to be sent whole, from the edge. Loaded by the first table that asks for more than it was given. */
export async function askRows(asked: Asked | undefined, dataPath: string | undefined, { from, count, sort, search }: RowRequest): Promise<RowWindow> {
  if (asked === undefined) throw new Error('There is no edge to ask for more rows.');
  const { client, widgetId, params } = asked;
  const { data, total, cursor } = await client.widgets.data(widgetId, { params, rows: { from, count }, sort, search });
  const rows = rowsOf(data, dataPath);
  return { rows, total: total ?? rows.length, cursor };
}
