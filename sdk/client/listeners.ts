/** Those who want to be told. One that throws does not silence the others. */
export interface Listeners<T> {
  add(listener: (value: T) => void): () => void;
  tell(value: T): void;
  readonly size: number;
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
      for (const { tell } of [...all]) {
        try {
          tell(value);
        } catch (error) {
          // Reported as what it is, an error of the page, and out of our way.
          setTimeout(() => {
            throw error;
          });
        }
      }
    },
    get size() {
      return all.size;
    },
  };
}
