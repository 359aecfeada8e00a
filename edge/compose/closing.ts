/** What has to be let go of at the end, the last that was opened first. */
export interface Closing {
  /** Closes it at the end. */
  own<T extends { close(): unknown }>(part: T): T;
  /** Calls it at the end. */
  atEnd(close: () => unknown): void;
  /** Once; who asks again waits for the same end. */
  end(): Promise<void>;
}

export function createClosing(): Closing {
  const steps: (() => unknown)[] = [];
  let ended: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) await step();
  }

  return {
    own(part) {
      steps.push(() => part.close());
      return part;
    },
    atEnd: (close) => void steps.push(close),
    end: () => (ended ??= closeAll()),
  };
}
