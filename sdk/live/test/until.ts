export const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until something holds; throws naming what did not. */
export async function until(what: string, holds: () => boolean, most = 5_000): Promise<void> {
  const end = Date.now() + most;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await sleep(5);
  }
}
