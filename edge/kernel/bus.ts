/** Tells every edge process of a change. At most once: who listens must also be right without it, later. */
export interface Bus {
  /** @param reach `here` where the other processes find it out by themselves (default `everywhere`) */
  publish<T>(topic: Topic<T>, message: T, reach?: 'everywhere' | 'here'): void;
  /** Returns the unsubscribe. A handler that throws is logged and hurts nobody else. */
  subscribe<T>(topic: Topic<T>, handler: (message: T) => void): () => void;
  /**
   * Told when messages of other processes may have been lost, once new ones arrive again: what was kept because nobody said
   * that it changed is to be dropped. Returns the unsubscribe.
   */
  onGap(handler: () => void): () => void;
}

/** A topic's name, with the type of its messages. */
export interface Topic<T> {
  readonly name: string;
  /** Whether something from another process has the form of a message; what has not is ignored. */
  readonly accepts?: (message: unknown) => boolean;
  /** Never set: carries the type. */
  readonly message?: T;
}

export function topic<T>(name: string, accepts?: Topic<T>['accepts']): Topic<T> {
  return { name, ...(accepts && { accepts }) };
}

/** Definitions or layouts of a tenant changed. `user` is set where only one user's pages care. */
export interface Change {
  tenant: string;
  user?: string;
  widgets?: string[];
  layouts?: string[];
}

export const CHANGES = topic<Change>('changes', (message) => {
  const { tenant, user, widgets, layouts } = fieldsOf(message);
  return typeof tenant === 'string' && (user === undefined || typeof user === 'string') && [widgets, layouts].every(isNames);
});

function fieldsOf(message: unknown): Record<string, unknown> {
  return typeof message === 'object' && message !== null ? { ...message } : {};
}

function isNames(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((name) => typeof name === 'string'));
}
