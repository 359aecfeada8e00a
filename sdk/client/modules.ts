import type { ListPage } from '../contract/answer.js';
import type { ModuleInfo } from '../contract/module.js';
import type { ModulesResource } from './client.js';
import { segment } from './http.js';
import type { Http } from './http.js';

export function createModules({ request }: Http): ModulesResource {
  const at = (name: string) => `/modules/${segment(name)}`;
  return {
    list: async () => (await request<ListPage<ModuleInfo>>('GET', '/modules')).data,
    register: async (name, input) => (await request<ModuleInfo>('PUT', at(name), { body: input })).data,
    remove: async (name) => {
      await request('DELETE', at(name));
    },
  };
}
