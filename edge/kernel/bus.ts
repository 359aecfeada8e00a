/** Tells every edge process of a change. At most once: who listens must also be right without it, later. */
export interface Bus {
  publish<T>(topic: Topic<T>, message: T): void;
  /** Returns the unsubscribe. A handler that throws is logged and hurts nobody else. */
  subscribe<T>(topic: Topic<T>, handler: (message: T) => void): () => void;
}

/** A topic's name, with the type of its messages. */
export interface Topic<T> {
  readonly name: string;
  /** Never set: carries the type. */
  readonly message?: T;
}

export function topic<T>(name: string): Topic<T> {
  return { name };
}

/** Definitions or layouts of a tenant changed. `user` is set where only one user's pages care. */
export const CHANGES = topic<{ tenant: string; user?: string; widgets?: string[]; layouts?: string[] }>('changes');
