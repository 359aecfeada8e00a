/**
 * Runs somebody else's code. A fault in a constructor or in a callback of a custom element does not reach who makes or moves it, the
 * browser tells the window: it is taken up there and thrown like any other.
 */
export function guarded<Result>(run: () => Result): Result {
  let caught: { error: unknown } | undefined;
  const note = (event: ErrorEvent) => {
    // Not a picture that does not load.
    if (event.target !== window) return;
    event.preventDefault();
    caught ??= { error: event.error ?? new Error(event.message) };
  };
  window.addEventListener('error', note);
  let result: Result;
  try {
    result = run();
  } finally {
    window.removeEventListener('error', note);
  }
  if (caught !== undefined) throw caught.error;
  return result;
}

/** The same for what is on its way out: nobody waits for it any more. */
export function quietly(run: () => void): void {
  try {
    guarded(run);
  } catch (error) {
    console.warn(error);
  }
}

type Fail = (error: unknown) => void;

/** Who shows something of a module, by its address. */
const shown = new Map<string, Set<Fail>>();

/**
 * Hears of a module's faults that come later: in a timer, in a promise that nobody waits for. Where several widgets show something of
 * one module nobody can say whose fault it was, and none of them hears it. Returns the undo.
 */
export function onLateFault(url: string, fail: Fail): () => void {
  if (shown.size === 0) {
    window.addEventListener('error', late);
    window.addEventListener('unhandledrejection', late);
  }
  const fails = shown.get(url) ?? new Set();
  shown.set(url, fails.add(fail));
  return () => {
    fails.delete(fail);
    if (fails.size > 0 || shown.get(url) !== fails) return;
    shown.delete(url);
    if (shown.size > 0) return;
    window.removeEventListener('error', late);
    window.removeEventListener('unhandledrejection', late);
  };
}

function late(event: ErrorEvent | PromiseRejectionEvent): void {
  const error: unknown = 'reason' in event ? event.reason : event.error;
  const place = placeOf(error) ?? ('filename' in event ? event.filename : '');
  const fails = shown.get(place);
  if (fails?.size === 1) for (const fail of fails) fail(error);
}

/** The file whose code threw: the first address in the stack. */
function placeOf(error: unknown): string | undefined {
  return error instanceof Error ? /(https?:\/\/[^\s()]+?):\d+(?::\d+)?(?=[\s)]|$)/.exec(error.stack ?? '')?.[1] : undefined;
}
