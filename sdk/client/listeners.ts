/** Those who want to be told. One that throws does not silence the others. */
export interface Listeners<T> {
  add(listener: (value: T) => void): () => void;
  tell(value: T): void;
  readonly size: number;
}

/** Calls a listener; what it throws is reported as what it is, an error of the page, and out of our way. */
export function safely<T>(listener: (value: T) => void, value: T): void {
  try {
    listener(value);
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}

export function createListeners<T>(): Listeners<T> {
  const all = new Set<{ tell: (value: T) => void }>();
  return {
    add(listener) {
      // Its own object: one function may be added twice.
      const entry = { tell: listener };
      all.add(entry);
      return () => void all.delete(entry);
    },
    tell(value) {
      for (const { tell } of [...all]) safely(tell, value);
    },
    get size() {
      return all.size;
    },
  };
}
