import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Milliseconds between two looks at the ages on a page. */
const STEP = 15_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let watched = false;

/** One timer for all ages of a page; none while nobody looks or nothing is shown. */
function run(): void {
  if (!watched) {
    watched = true;
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) tell();
      run();
    });
  }
  const wanted = listeners.size > 0 && !document.hidden;
  if (wanted && timer === undefined) timer = setInterval(tell, STEP);
  if (!wanted && timer !== undefined) {
    clearInterval(timer);
    timer = undefined;
  }
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}

/** Calls back as time goes by, coarsely, and when the page is looked at again. Returns how to stop. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  run();
  return () => {
    listeners.delete(listener);
    run();
  };
}

/** Writes an age as text and updates its host only when the text changes. */
export class AgeController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #write: () => string;
  #shown = '';
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, write: () => string) {
    this.#host = host;
    this.#write = write;
    host.addController(this);
  }

  /** The text now; what is rendered. */
  get text(): string {
    return (this.#shown = this.#write());
  }

  /** Looks whether what is shown is still right. */
  check = (): void => {
    if (this.#write() !== this.#shown) this.#host.requestUpdate();
  };

  hostConnected(): void {
    this.#stop = onTick(this.check);
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
