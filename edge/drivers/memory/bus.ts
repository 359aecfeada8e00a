import type { Bus, Topic } from '../../kernel/bus.js';
import type { Log } from '../../kernel/log.js';

/** A bus inside one process: each message goes to its handlers before `publish` returns. */
export function createMemoryBus(log: Log): Bus {
  const handlers = new Map<string, Set<(message: never) => void>>();

  return {
    publish<T>(topic: Topic<T>, message: T): void {
      // A copy: who unsubscribes while being told must not make the next one be skipped.
      for (const handler of [...(handlers.get(topic.name) ?? [])]) {
        try {
          (handler as (message: T) => void)(message);
        } catch (error) {
          log.error({ err: error, topic: topic.name }, 'a bus handler failed');
        }
      }
    },

    subscribe<T>(topic: Topic<T>, handler: (message: T) => void): () => void {
      // Wrapped, so that the same function subscribed twice counts twice and leaves once each.
      const own = (message: T): void => handler(message);
      const list = handlers.get(topic.name) ?? new Set();
      handlers.set(topic.name, list.add(own));
      return () => {
        list.delete(own);
        if (list.size === 0 && handlers.get(topic.name) === list) handlers.delete(topic.name);
      };
    },

    // What is told inside one process is heard.
    onGap: () => () => undefined,
  };
}
