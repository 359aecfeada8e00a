import { ProblemError } from '../../../kernel/problems.js';

/** Work of callers, one after the other. */
export type Turns = <Result>(caller: string, work: () => Promise<Result>) => Promise<Result>;

interface Waiting {
  run(): Promise<void>;
  giveUp(): void;
}

/** Runs one at a time, and of each caller one more waits: a newer takes its place, and the older throws `rate_limited`. So nobody's haste is paid by the others. */
export function createTurns(): Turns {
  const waiting = new Map<string, Waiting>();
  let running = false;

  const runAll = async (): Promise<void> => {
    running = true;
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      const [caller, one] = first;
      waiting.delete(caller);
      await one.run();
    }
    running = false;
  };

  return (caller, work) => new Promise((resolve, reject) => {
    waiting.get(caller)?.giveUp();
    waiting.set(caller, {
      async run() {
        try {
          resolve(await work());
        } catch (error) {
          reject(error as Error);
        }
      },
      giveUp: () => reject(new ProblemError('rate_limited', 'Another one was asked for before it was the turn of this one.', { retryAfter: 1 })),
    });
    if (!running) void runAll();
  });
}
