import type { WidgetRequest } from '../../../sdk/contract/frames.js';
import { paramsKey } from '../../../sdk/data/params.js';
import type { Principal } from '../../kernel/principal.js';
import { LIMITS } from './limits.js';
import { userOf } from './user.js';

/** The feeds that are there because users ask with params of their own: each choice of them is one more answer in memory. */
export interface OwnFeeds {
  /**
   * Counts the user's question until the returned function is called; the same on other connections, or under other marks, is one.
   * Undefined where the user watches as many already. One without params is the tenant's own and does not count.
   */
  hold(principal: Principal, request: WidgetRequest): (() => void) | undefined;
}

export function createOwnFeeds(): OwnFeeds {
  /** By user: how often each question is held. */
  const byUser = new Map<string, Map<string, number>>();

  return {
    hold(principal, { id, params }) {
      if (params === undefined || Object.keys(params).length === 0) return () => undefined;
      const user = userOf(principal);
      const question = JSON.stringify([id, paramsKey(params)]);
      const held = byUser.get(user) ?? new Map<string, number>();
      if (!held.has(question) && held.size >= LIMITS.ownFeedsPerUser) return undefined;
      byUser.set(user, held.set(question, (held.get(question) ?? 0) + 1));
      return () => {
        const left = (held.get(question) ?? 1) - 1;
        if (left > 0) held.set(question, left);
        else held.delete(question);
        if (held.size === 0) byUser.delete(user);
      };
    },
  };
}
