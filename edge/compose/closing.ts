/** What has to be let go of at the end, the last that was opened first. */
export interface Closing {
  /** Closes it at the end. */
  own<T extends { close(): unknown }>(part: T): T;
  /** Calls it at the end. */
  atEnd(close: () => unknown): void;
  /** Once; who asks again waits for the same end. Where a step throws, the others are still done; rejects with an `AggregateError` then. */
  end(): Promise<void>;
}

export function createClosing(): Closing {
  const steps: (() => unknown)[] = [];
  let ended: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    const faults: unknown[] = [];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      try {
        await step();
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, `The edge did not close cleanly: ${faults.map(String).join('; ')}`);
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
