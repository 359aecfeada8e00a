import type { ListPage } from '../contract/answer.js';
import type { ModuleInfo } from '../contract/module.js';
import type { ModulesResource } from './client.js';
import type { Http } from './http.js';

export function createModules({ request }: Http): ModulesResource {
  return {
    list: async () => (await request<ListPage<ModuleInfo>>('GET', '/modules')).data,
  };
}
