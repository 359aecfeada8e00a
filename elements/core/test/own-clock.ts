interface Waiting {
  /** What it was given to be forgotten by; the timer behind it changes. */
  id: number;
  timer: number;
  due: number;
  run: () => void;
}

export interface OwnClock {
  /** Puts the clock ahead: what waits for a moment until then comes now, each in its turn, and has time to do what follows from it. */
  pass(milliseconds: number): Promise<void>;
}

/**
 * Gives the tests of a suite timers and a `performance.now` that run by themselves as always, and that a test can put ahead
 * instead of sitting out what an element waits for. Dates, intervals, frames and requests keep the time of the page.
 */
export function ownClock(): OwnClock {
  const [wait, forget, now] = [window.setTimeout.bind(window), window.clearTimeout.bind(window), performance.now.bind(performance)];
  const waiting = new Map<number, Waiting>();
  let ahead = 0;
  const time = () => now() + ahead;
  const arm = (one: Waiting) => {
    one.timer = wait(() => {
      waiting.delete(one.id);
      one.run();
    }, one.due - time());
  };
  const turn = () => new Promise<void>((resolve) => wait(resolve));
  const own = {
    setTimeout(handler: (...given: unknown[]) => void, delay = 0, ...given: unknown[]): number {
      const one: Waiting = { id: 0, timer: 0, due: time() + delay, run: () => handler(...given) };
      arm(one);
      one.id = one.timer;
      waiting.set(one.id, one);
      return one.id;
    },
    clearTimeout(id = 0): void {
      forget(waiting.get(id)?.timer ?? id);
      waiting.delete(id);
    },
  };
  const page = { setTimeout: window.setTimeout, clearTimeout: window.clearTimeout };
  before(() => {
    Object.assign(window, own);
    Object.assign(performance, { now: time });
  });
  after(() => {
    Object.assign(window, page);
    Reflect.deleteProperty(performance, 'now');
  });
  return {
    async pass(milliseconds) {
      const end = time() + milliseconds;
      for (;;) {
        const next = [...waiting.values()].sort((a, b) => a.due - b.due)[0];
        if (next === undefined || next.due > end) break;
        ahead = Math.max(ahead, next.due - now());
        own.clearTimeout(next.id);
        next.run();
        await turn();
      }
      ahead = Math.max(ahead, end - now());
      for (const one of waiting.values()) {
        forget(one.timer);
        arm(one);
      }
      await turn();
    },
  };
}
