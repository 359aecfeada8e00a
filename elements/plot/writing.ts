const READ_FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

/** Has a canvas write each text in its own direction, whatever the page's is: a day stays before its month, a minus before its number. */
export function writeInOwnDirection(ctx: CanvasRenderingContext2D): void {
  const turned = () => ctx.canvas.matches(':dir(rtl)');
  // Where both have the same, as in most pages, a mark would only make it slower.
  ctx.fillText = (text, ...place) => CanvasRenderingContext2D.prototype.fillText.call(ctx, READ_FROM_THE_RIGHT.test(text) || turned() ? `\u2068${text}` : text, ...place);
}
