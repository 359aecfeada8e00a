import type { ChannelListener, Channels, ChannelValue } from '../../kernel/channels.js';
import type { Clock } from '../../kernel/clock.js';
import type { Reach } from '../../kernel/feed.js';
import type { Log } from '../../kernel/log.js';
import { mayLeadTo } from '../../kernel/mqtt-topics.js';
import type { Settings } from '../../kernel/settings.js';
import type { ChannelStore } from './store.js';

/** Milliseconds that a value waits for others before they are written together. This is what a crash may cost. */
const FLUSH_AFTER = 1_000;
/** Channels of one tenant: each may hold 64 KB, and a wildcard makes one of every topic. Those that the settings name keep their places. */
export const MOST_CHANNELS = 1_000;
/** Milliseconds between two words about the same trouble. */
const TOLD_EVERY = 60_000;

export interface ChannelsDeps {
  settings: Pick<Settings, 'tenants' | 'ingest' | 'mqtt'>;
  rows: ChannelStore;
  clock: Clock;
  log: Log;
}

export interface KeptChannels extends Channels {
  /** What another edge was sent: kept here too, and written and told of by that one. */
  relay(tenant: string, channel: string, value: ChannelValue): boolean;
  /** Looks for what other edges wrote meanwhile. */
  reload(): void;
  /** Writes what waits, and ends. */
  close(): void;
}

/** The last values, in memory; written in batches and there again after a restart. */
export function createChannels({ settings, rows, clock, log }: ChannelsDeps): KeptChannels {
  const named = new Map<string, Set<string>>();
  for (const { tenant, channel } of settings.ingest) named.set(tenant, (named.get(tenant) ?? new Set()).add(channel));
  const topics = settings.mqtt?.topics ?? [];
  for (const { tenant, channel } of topics) {
    if (channel !== undefined) named.set(tenant, (named.get(tenant) ?? new Set()).add(channel));
  }
  const has = (tenant: string, channel: string): boolean =>
    (named.get(tenant)?.has(channel) ?? false) || topics.some((topic) => topic.tenant === tenant && mayLeadTo(topic, channel));

  const values = new Map<string, Map<string, ChannelValue>>();
  for (const tenant of settings.tenants.keys()) values.set(tenant, restored(tenant));
  const unwritten = new Map<string, Set<string>>();
  const listeners = new Set<ChannelListener>();
  let cancelFlush: (() => void) | undefined;
  const toldAt = new Map<string, number>();

  /** Whether a channel that is not there yet may be. */
  function hasRoom(tenant: string, channel: string, kept: ReadonlyMap<string, ChannelValue>): boolean {
    const places = named.get(tenant);
    if (places?.has(channel) === true) return true;
    let taken = kept.size;
    for (const name of places ?? []) if (!kept.has(name)) taken += 1;
    return taken < MOST_CHANNELS;
  }

  function restored(tenant: string): Map<string, ChannelValue> {
    const found = new Map<string, ChannelValue>();
    for (const { channel, data, time } of rows.list(tenant)) {
      if (has(tenant, channel) && hasRoom(tenant, channel, found)) found.set(channel, { data: JSON.parse(data) as unknown, time });
    }
    return found;
  }

  function tell(what: string, fields: object): void {
    const now = clock.monotonic();
    if (now - (toldAt.get(what) ?? Number.NEGATIVE_INFINITY) < TOLD_EVERY) return;
    toldAt.set(what, now);
    log.warn(fields, what);
  }

  function flush(): void {
    cancelFlush = undefined;
    const news = [...unwritten].flatMap(([tenant, channels]) => [...channels].flatMap((channel) => {
      const value = values.get(tenant)?.get(channel);
      return value === undefined ? [] : [{ tenant, channel, data: JSON.stringify(value.data), time: value.time }];
    }));
    if (news.length === 0) return;
    try {
      rows.save(news);
      unwritten.clear();
    } catch (error) {
      tell('the last values of channels cannot be written; they are kept in memory', { err: error, channels: news.length });
      cancelFlush = clock.after(FLUSH_AFTER, flush);
    }
  }

  function keep(tenant: string, channel: string, value: ChannelValue, reach: Reach): boolean {
    const ofTenant = values.get(tenant);
    if (ofTenant === undefined || !has(tenant, channel)) return false;
    const before = ofTenant.get(channel);
    if (before !== undefined && value.time < before.time) return false;
    if (before === undefined && !hasRoom(tenant, channel, ofTenant)) {
      tell('a tenant has too many channels; new ones are not kept', { tenant, most: MOST_CHANNELS });
      return false;
    }
    ofTenant.set(channel, value);
    for (const listener of [...listeners]) {
      try {
        listener(tenant, channel, value, reach);
      } catch (error) {
        log.error({ err: error, tenant, channel }, 'a listener of a channel failed');
      }
    }
    return true;
  }

  return {
    has,
    last: (tenant, channel) => values.get(tenant)?.get(channel),
    put(tenant, channel, value, reach = 'everywhere') {
      if (!keep(tenant, channel, value, reach)) return false;
      unwritten.set(tenant, (unwritten.get(tenant) ?? new Set()).add(channel));
      cancelFlush ??= clock.after(FLUSH_AFTER, flush);
      return true;
    },
    relay: (tenant, channel, value) => keep(tenant, channel, value, 'here'),
    reload() {
      for (const [tenant, known] of values) {
        for (const [channel, value] of restored(tenant)) {
          const before = known.get(channel);
          if (before === undefined || value.time > before.time) keep(tenant, channel, value, 'here');
        }
      }
    },
    onValue(listener) {
      const own: typeof listener = (...news) => listener(...news);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    close() {
      cancelFlush?.();
      flush();
      cancelFlush?.();
    },
  };
}
