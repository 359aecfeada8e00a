import { sharpen } from '../../../plot/sharp.js';
import { Walker } from './walker.js';

/** Pixels of the picture to one of the page, and those that it may have on a side: a larger canvas stays empty in some browsers. */
const SCALE = 2;
const LONGEST = 8192;

/** Takes the pointer, and is not seen. */
const VEIL = { position: 'absolute', inset: '0', 'z-index': '9' };

/**
 * Paints a card as it stands on the page, shadow roots and all, from what the browser laid out: nothing is loaded, nothing is made
 * into an image first, so that it works under the strictest CSP. What only appears for the pointer is left out.
 */
export async function paintCard(frame: HTMLElement): Promise<HTMLCanvasElement> {
  const restore = still(frame);
  try {
    await frames(3);
    const { left, top, width, height } = frame.getBoundingClientRect();
    const scale = Math.min(SCALE, LONGEST / Math.max(width, height, 1));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const brush = canvas.getContext('2d');
    if (brush === null) throw new Error('The browser gives no canvas.');
    const soften = await sharpen(frame, scale);
    try {
      new Walker(brush, new DOMMatrix([scale, 0, 0, scale, -left * scale, -top * scale])).paint(frame);
    } finally {
      soften();
    }
    return canvas;
  } finally {
    restore();
  }
}

/** For as long as it is painted no pointer is over anything in it: what that lights up, or makes room for, goes away. */
function still(frame: HTMLElement): () => void {
  const status = frame.querySelector<HTMLElement>('.status');
  const veil = document.createElement('div');
  for (const [name, value] of Object.entries(VEIL)) veil.style.setProperty(name, value);
  frame.append(veil);
  status?.style.setProperty('transition', 'none');
  status?.style.setProperty('transform', 'none');
  return () => {
    veil.remove();
    status?.style.removeProperty('transform');
    // Laid out before the transition may run again: nobody sees it move.
    status?.getBoundingClientRect();
    status?.style.removeProperty('transition');
    if (status?.getAttribute('style') === '') status.removeAttribute('style');
  };
}

async function frames(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await new Promise(requestAnimationFrame);
}
