import type { Bus, Topic } from '../../kernel/bus.js';
import { newId } from '../../kernel/ids.js';
import type { Log } from '../../kernel/log.js';
import { createMemoryBus } from '../memory/bus.js';
import { PREFIX, type RedisConnection } from './connection.js';

export interface RedisBus extends Bus {
  /** Done once all that is subscribed so far is heard, or Redis is away. */
  listening(): Promise<void>;
  close(): void;
}

/** Characters of a message from another process; a longer one is none of ours. */
const MAX_MESSAGE = 2 * 1024 * 1024;
/** Said by a process whose messages were lost: those who heard everything else have a gap too. */
const GAP: Topic<null> = { name: 'gap', accepts: (message) => message === null };

/**
 * A bus among all edges of one Redis: what is published here is heard here at once, and by the others as soon as it arrives.
 * Each topic is one channel, subscribed to once however many listen.
 */
export function createRedisBus({ commands, subscriber, database }: RedisConnection, log: Log): RedisBus {
  const local = createMemoryBus(log);
  const self = newId();
  const topics = new Map<string, { topic: Topic<unknown>; listeners: number }>();
  const gapHandlers = new Set<() => void>();
  /** Topics whose foreign messages were told of: one line each. */
  const told = new Set<string>();
  const channelOf = (name: string): string => `${PREFIX}bus:${database}:${name}`;
  let listening: Promise<unknown> = Promise.resolve();
  /** Messages of ours did not leave. */
  let unsaid = false;
  /** False until it heard everything once: what came before that is no gap. */
  let heard = false;

  const say = (name: string, message: unknown): void => {
    commands.publish(channelOf(name), JSON.stringify({ from: self, message })).catch(() => {
      unsaid = true;
    });
  };

  const tellGap = (): void => {
    for (const handler of [...gapHandlers]) {
      try {
        handler();
      } catch (error) {
        log.error({ err: error }, 'a handler of a gap in the bus failed');
      }
    }
  };

  /** Hears these channels; cuts the connection where it cannot, so that it is made and asked anew. */
  const listen = async (names: string[]): Promise<boolean> => {
    if (subscriber.status !== 'ready') return false;
    try {
      await subscriber.subscribe(...names.map(channelOf));
      return true;
    } catch {
      subscriber.disconnect(true);
      return false;
    }
  };

  const resume = async (): Promise<void> => {
    if (!(await listen([GAP.name, ...topics.keys()]))) return;
    if (heard) tellGap();
    heard = true;
  };

  /** Once commands leave again: the others are told that they did not hear everything. */
  const confess = (): void => {
    if (!unsaid) return;
    unsaid = false;
    say(GAP.name, null);
  };

  const receive = (channel: string, text: string): void => {
    const name = channel.slice(channelOf('').length);
    const topic = name === GAP.name ? GAP : topics.get(name)?.topic;
    if (topic === undefined) return;
    const parsed = envelopeOf(text, topic);
    if (parsed === undefined) {
      if (!told.has(name)) log.warn({ topic: name, characters: text.length }, 'a message of a foreign form on the bus is ignored');
      told.add(name);
    } else if (parsed.from !== self) {
      if (name === GAP.name) tellGap();
      else local.publish(topic, parsed.message);
    }
  };

  const onReady = (): void => void (listening = resume());
  subscriber.on('message', receive);
  subscriber.on('ready', onReady);
  commands.on('ready', confess);
  if (subscriber.status === 'ready') onReady();
  else heard = true;

  return {
    publish(topic, message, reach = 'everywhere') {
      local.publish(topic, message);
      if (reach === 'everywhere') say(topic.name, message);
    },
    subscribe(topic, handler) {
      const leave = local.subscribe(topic, handler);
      const entry = topics.get(topic.name) ?? { topic, listeners: 0 };
      topics.set(topic.name, entry);
      entry.listeners += 1;
      if (entry.listeners === 1) listening = Promise.all([listening, listen([topic.name])]);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        leave();
        entry.listeners -= 1;
        if (entry.listeners > 0 || topics.get(topic.name) !== entry) return;
        topics.delete(topic.name);
        if (subscriber.status === 'ready') subscriber.unsubscribe(channelOf(topic.name)).catch(() => undefined);
      };
    },
    onGap(handler) {
      const own = (): void => handler();
      gapHandlers.add(own);
      return () => void gapHandlers.delete(own);
    },
    async listening() {
      await listening;
    },
    close() {
      subscriber.off('message', receive);
      subscriber.off('ready', onReady);
      commands.off('ready', confess);
      gapHandlers.clear();
    },
  };
}

function envelopeOf(text: string, topic: Topic<unknown>): { from: string; message: unknown } | undefined {
  if (text.length > MAX_MESSAGE) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('from' in value) || typeof value.from !== 'string' || !('message' in value)) return undefined;
    return topic.accepts?.(value.message) !== false ? { from: value.from, message: value.message } : undefined;
  } catch {
    return undefined;
  }
}
