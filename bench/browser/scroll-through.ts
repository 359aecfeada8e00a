/** Scrolls by so many frames, each a few rows further, as a hand at a wheel does. */
export async function scrollThrough(scroller: Element | null, frames: number): Promise<void> {
  if (!scroller) throw new Error('there is nothing to scroll');
  for (let frame = 0; frame < frames; frame += 1) {
    scroller.scrollTop += 480;
    await new Promise(requestAnimationFrame);
  }
}
