/** Changes that can be taken back. */
const MOST = 50;
/** Milliseconds without a change after which the next one is not of the same run. */
const PAUSE = 1000;

/** One change: what was before it, and what it was, in words. */
export interface Step<State> {
  state: State;
  words: string;
}

/** What was done, for taking it back and doing it again. States are kept as they are: they are replaced, never changed. */
export class History<State> {
  #past: Step<State>[] = [];
  #future: Step<State>[] = [];
  #run: string | undefined;
  #at = 0;

  /** What an undo would take back, in words. */
  get undoes(): string | undefined {
    return this.#past.at(-1)?.words;
  }

  /** What a redo would do again, in words. */
  get redoes(): string | undefined {
    return this.#future.at(-1)?.words;
  }

  /** A change is about to be made. Changes of one run (an item nudged by its keys, without a pause) have one way back: to before the first. */
  record(before: State, words: string, run?: string, now = performance.now()): void {
    this.#future = [];
    const goesOn = run !== undefined && run === this.#run && now - this.#at <= PAUSE && this.#past.length > 0;
    this.#run = run;
    this.#at = now;
    if (goesOn) return;
    this.#past = [...this.#past, { state: before, words }].slice(-MOST);
  }

  /** The next change is not of the run before it. */
  endRun(): void {
    this.#run = undefined;
  }

  /** The state before the last change. */
  undo(now: State): Step<State> | undefined {
    const step = this.#past.pop();
    this.endRun();
    if (step) this.#future.push({ state: now, words: step.words });
    return step;
  }

  /** The state after the change that was taken back last. */
  redo(now: State): Step<State> | undefined {
    const step = this.#future.pop();
    this.endRun();
    if (step) this.#past.push({ state: now, words: step.words });
    return step;
  }

  clear(): void {
    this.#past = [];
    this.#future = [];
    this.endRun();
  }
}
