import type { ListPage } from '../contract/answer.js';
import type { DashboardLayout } from '../contract/layout.js';
import type { LayoutsResource, Reply } from './client.js';
import { segment, unchanged } from './http.js';
import type { Http } from './http.js';
import type { TokenSource } from './token.js';

const ALL = '/dashboards/layouts';

/** Milliseconds after which what was asked for ahead may be old. */
const FRESH = 15_000;

/** @param expecting told when `isExpected` may have changed */
export function createLayouts({ request }: Http, token: TokenSource, expecting: () => void): LayoutsResource & { isExpected(): boolean } {
  const at = (id: string) => `${ALL}/${segment(id)}`;
  const get = (id: string) => request<DashboardLayout>('GET', at(id));
  const early = new Map<string, { asked: number; reply: Promise<Reply<DashboardLayout>> }>();
  token.onChange(({ stranger }) => {
    if (stranger) early.clear();
  });
  return {
    list: async () => (await request<ListPage<DashboardLayout>>('GET', ALL)).data,
    async get(id) {
      const ahead = early.get(id);
      if (early.delete(id)) expecting();
      return ahead && Date.now() - ahead.asked < FRESH ? ahead.reply : get(id);
    },
    ahead(id) {
      const reply = get(id);
      // Who gets it hears of it; nobody else has to.
      reply.catch(() => undefined);
      early.set(id, { asked: Date.now(), reply });
      expecting();
    },
    /** Whether one was asked for ahead that nobody has fetched yet: widgets will follow it. */
    isExpected: () => early.size > 0,
    create: (layout) => request<DashboardLayout>('POST', ALL, { body: layout }),
    update: async (id, patch, options) => request<DashboardLayout>('PATCH', at(id), { body: patch, headers: unchanged(options) }),
    remove: async (id, options) => {
      await request('DELETE', at(id), { headers: unchanged(options) });
    },
    duplicate: async (id) => request<DashboardLayout>('POST', `${at(id)}/duplicate`),
  };
}
