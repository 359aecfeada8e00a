/** Waits until something holds, looking at each frame; fails with its name after two seconds. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 2000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`It never came to be that ${what}.`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
