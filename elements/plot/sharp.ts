import type uPlot from 'uplot';

/** What a plot and a heatmap leave on their canvas, for who wants it with more pixels than the screen has. */
export interface DrawnCanvas extends HTMLCanvasElement {
  plot?: uPlot;
  drawAt?: (scale: number) => void;
}

/**
 * Draws what stands on canvases in an element with so many pixels to one of the page, where the screen has fewer, until what it gives is
 * called. Called in the same frame, nobody sees it: boxes stay, and the screen gets its own pixels back before it is painted.
 */
export async function sharpen(root: Element, pixels: number): Promise<() => void> {
  const scale = pixels / devicePixelRatio;
  if (scale <= 1) return () => undefined;
  const undo = canvasesIn(root).map((canvas) => drawnAt(canvas, scale));
  // A plot draws in a microtask of its own, before this one.
  await Promise.resolve();
  return () => undo.forEach((one) => one());
}

function drawnAt({ plot, drawAt }: DrawnCanvas, scale: number): () => void {
  drawAt?.(scale);
  const undoPlot = plot && enlarge(plot, scale);
  return () => {
    drawAt?.(1);
    undoPlot?.();
  };
}

/** The same drawing on a larger canvas: laid out anew for more pixels, lines and words could come to stand elsewhere than on the screen. */
function enlarge(plot: uPlot, scale: number): () => void {
  const { ctx, hooks } = plot;
  const { setSize = [] } = hooks;
  const redraw = () => plot.setSize({ width: plot.width, height: plot.height });
  // uPlot calls it when it has emptied its canvas, before it draws.
  const grow = () => {
    ctx.canvas.width = Math.round(ctx.canvas.width * scale);
    ctx.canvas.height = Math.round(ctx.canvas.height * scale);
    ctx.scale(scale, scale);
  };
  hooks.setSize = [...setSize, grow];
  redraw();
  return () => {
    hooks.setSize = setSize;
    redraw();
  };
}

function canvasesIn(root: ParentNode): DrawnCanvas[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element instanceof HTMLCanvasElement ? [element] : []),
    ...(element.shadowRoot ? canvasesIn(element.shadowRoot) : []),
  ]);
}
