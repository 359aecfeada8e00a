import type { ListPage } from '../contract/answer.js';
import type { DashboardLayout } from '../contract/layout.js';
import type { LayoutsResource } from './client.js';
import { segment, unchanged } from './http.js';
import type { Http } from './http.js';

const ALL = '/dashboards/layouts';

export function createLayouts({ request }: Http): LayoutsResource {
  const at = (id: string) => `${ALL}/${segment(id)}`;
  return {
    list: async () => (await request<ListPage<DashboardLayout>>('GET', ALL)).data,
    get: async (id) => request<DashboardLayout>('GET', at(id)),
    create: (layout) => request<DashboardLayout>('POST', ALL, { body: layout }),
    update: async (id, patch, options) => request<DashboardLayout>('PATCH', at(id), { body: patch, headers: unchanged(options) }),
    remove: async (id, options) => {
      await request('DELETE', at(id), { headers: unchanged(options) });
    },
    duplicate: async (id) => request<DashboardLayout>('POST', `${at(id)}/duplicate`),
  };
}
