import type { ListPage } from '../contract/answer.js';
import type { DashboardLayout, DashboardPreset } from '../contract/layout.js';
import type { PresetsResource } from './client.js';
import { segment } from './http.js';
import type { Http } from './http.js';

export function createPresets({ request }: Http): PresetsResource {
  return {
    list: async () => (await request<ListPage<DashboardPreset>>('GET', '/dashboards/presets')).data,
    apply: async (role) => request<DashboardLayout>('POST', `/dashboards/presets/${segment(role)}/apply`),
  };
}
