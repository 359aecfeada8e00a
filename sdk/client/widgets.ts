import type { Answer, ListPage } from '../contract/answer.js';
import type { WidgetExplanation } from '../contract/explanation.js';
import type { CCMWidget, WidgetDefinition } from '../contract/widget.js';
import type { CatalogueItem, CatalogueQuery, WidgetDataOptions, WidgetsResource } from './client.js';
import { segment, unchanged } from './http.js';
import type { Http } from './http.js';

export function createWidgets({ request }: Http): WidgetsResource {
  const at = (id: string) => `/widgets/${segment(id)}`;
  return {
    list: async (query?: CatalogueQuery) => (await request<ListPage<CatalogueItem>>('GET', '/widgets', { query: { ...query } })).data,
    get: async (id) => request<WidgetDefinition>('GET', at(id)),
    data: async (id, { params, rows, sort, search, signal }: WidgetDataOptions = {}) => {
      const query = {
        params: params && JSON.stringify(params),
        rows: rows && `${rows.from},${rows.count}`,
        sort,
        search,
      };
      return (await request<Answer>('GET', `${at(id)}/data`, { query, signal })).data;
    },
    explain: async (id, { params, signal } = {}) =>
      (await request<WidgetExplanation>('GET', `${at(id)}/explain`, { query: { params: params && JSON.stringify(params) }, signal })).data,
    create: (widget) => request<CCMWidget>('POST', '/widgets', { body: widget }),
    replace: async (id, widget, options) => request<CCMWidget>('PUT', at(id), { body: widget, headers: unchanged(options) }),
    patch: async (id, patch, options) => {
      const headers = { 'content-type': 'application/merge-patch+json', ...unchanged(options) };
      return request<CCMWidget>('PATCH', at(id), { body: patch, headers });
    },
    remove: async (id, options) => {
      await request('DELETE', at(id), { headers: unchanged(options) });
    },
  };
}
