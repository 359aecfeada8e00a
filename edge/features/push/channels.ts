import type { Feeds, FeedSpec } from '../../kernel/feed.js';
import type { Subscription } from './subscription.js';

/** The feeds that pages watch: each once, however many pages. */
export interface Channels {
  /** The subscription is told of what happens on its feed until the returned function is called. */
  join(subscription: Subscription): () => void;
  /** Feeds watched. */
  readonly size: number;
  /** Connections that watch the feed with that key: a page has one, however many of its widgets do. */
  watchers(key: string): number;
}

interface Channel {
  readonly members: Set<Subscription>;
  readonly unwatch: () => void;
}

export function createChannels(feeds: Feeds): Channels {
  const channels = new Map<string, Channel>();

  const open = (spec: FeedSpec): Channel => {
    const members = new Set<Subscription>();
    const unwatch = feeds.watch(spec, (event) => {
      for (const member of members) member.tell(event);
    });
    return { members, unwatch };
  };

  return {
    get size() {
      return channels.size;
    },
    watchers(key) {
      const found = new Set<object>();
      for (const { members } of channels.values()) for (const { spec, connection } of members) if (spec.key === key) found.add(connection);
      return found.size;
    },
    join(subscription) {
      const { spec } = subscription;
      // Another interval is another watch of the same feed.
      const key = `${spec.interval} ${spec.key}`;
      let channel = channels.get(key);
      if (channel === undefined) channels.set(key, (channel = open(spec)));
      const { members, unwatch } = channel;
      members.add(subscription);
      return () => {
        if (!members.delete(subscription) || members.size > 0) return;
        channels.delete(key);
        unwatch();
      };
    },
  };
}
