/** Code that only some definitions ask for: it loads when the first of them does. */
export class Late<Module> {
  /** Undefined until it is there. */
  module: Module | undefined;
  readonly #load: () => Promise<Module>;
  #loading: Promise<void> | undefined;

  constructor(load: () => Promise<Module>) {
    this.#load = load;
  }

  /**
   * Runs `draw` once the code is there, at once where it is. Where the load failed it runs too, without it; the next call asks again.
   */
  before(draw: () => void | Promise<unknown>): void | Promise<unknown> {
    if (this.module !== undefined) return draw();
    this.#loading ??= this.#load().then(
      (module) => {
        this.module = module;
      },
      () => {
        this.#loading = undefined;
      },
    );
    return this.#loading.then(draw);
  }
}
