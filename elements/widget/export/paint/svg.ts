import { isSeen } from './box.js';
import type { Box, Pen, Surroundings } from './geometry.js';
import { paintOf } from './svg-paint.js';
import { shapeOf } from './svg-shape.js';
import { setFont } from './text.js';

/** Parts of a drawing that are no picture by themselves. */
const UNSEEN = new Set(['defs', 'clipPath', 'linearGradient', 'radialGradient', 'pattern', 'mask', 'marker', 'symbol', 'title', 'desc', 'metadata', 'style', 'script', 'filter']);

/** Paints a drawing, shape by shape, each where its own matrix puts it. */
export function paintSvg(pen: Pen, svg: SVGSVGElement, box: Box, around: Surroundings): void {
  const { brush } = pen;
  brush.save();
  if (getComputedStyle(svg).overflowX !== 'visible') {
    const room = new Path2D();
    room.rect(box.left, box.top, box.width, box.height);
    brush.clip(room);
  }
  for (const child of svg.children) paintPart(pen, child, around.alpha);
  brush.restore();
}

function paintPart(pen: Pen, part: Element, alpha: number): void {
  if (!(part instanceof SVGGraphicsElement) || UNSEEN.has(part.localName)) return;
  const style = getComputedStyle(part);
  if (style.display === 'none') return;
  const own = alpha * Number(style.opacity);
  if (own === 0) return;
  const { brush } = pen;
  brush.save();
  clip(pen, part, style);
  const shape = shapeOf(part, style);
  if (shape !== undefined) paintShape(pen, part, shape, style, own);
  else if (part instanceof SVGTextElement) paintWords(pen, part, own);
  else for (const child of part.children) paintPart(pen, child, own);
  brush.restore();
}

function place({ brush, base }: Pen, part: SVGGraphicsElement): DOMMatrix | undefined {
  const matrix = part.getScreenCTM();
  if (matrix === null) return undefined;
  const here = new DOMMatrix([matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f]);
  brush.setTransform(base.multiply(here));
  return here;
}

function clip(pen: Pen, part: SVGGraphicsElement, { clipPath }: CSSStyleDeclaration): void {
  const id = /^url\("?#([^")]+)"?\)$/.exec(clipPath)?.[1];
  const cut = id === undefined ? null : (part.getRootNode() as ParentNode).querySelector(`#${CSS.escape(id)}`);
  if (cut === null) return;
  const all = new Path2D();
  for (const child of cut.children) {
    const shape = child instanceof SVGGraphicsElement ? shapeOf(child, getComputedStyle(child)) : undefined;
    if (shape !== undefined) all.addPath(shape, (child as SVGGraphicsElement).transform.baseVal.consolidate()?.matrix);
  }
  if (place(pen, part) !== undefined) pen.brush.clip(all);
}

function paintShape(pen: Pen, part: SVGGraphicsElement, shape: Path2D, style: CSSStyleDeclaration, alpha: number): void {
  const { brush, base } = pen;
  if (style.visibility !== 'visible') return;
  const matrix = place(pen, part);
  if (matrix === undefined) return;
  const fill = paintOf(brush, part, style, 'fill');
  if (fill !== undefined && part.localName !== 'line') {
    brush.globalAlpha = alpha * Number(style.fillOpacity);
    brush.fillStyle = fill;
    brush.fill(shape, style.fillRule === 'evenodd' ? 'evenodd' : 'nonzero');
  }
  const stroke = paintOf(brush, part, style, 'stroke');
  const width = Number.parseFloat(style.strokeWidth);
  if (stroke === undefined || !(width > 0)) return;
  brush.globalAlpha = alpha * Number(style.strokeOpacity);
  brush.strokeStyle = stroke;
  brush.lineWidth = width;
  brush.lineCap = style.strokeLinecap as CanvasLineCap;
  brush.lineJoin = style.strokeLinejoin as CanvasLineJoin;
  brush.miterLimit = Number(style.strokeMiterlimit) || 4;
  dash(brush, part, style);
  if (style.getPropertyValue('vector-effect') !== 'non-scaling-stroke') {
    brush.stroke(shape);
    return;
  }
  const there = new Path2D();
  there.addPath(shape, matrix);
  brush.setTransform(base);
  brush.stroke(there);
}

/** A length of its own makes dashes shares of the whole. */
function dash(brush: CanvasRenderingContext2D, part: SVGGraphicsElement, { strokeDasharray, strokeDashoffset }: CSSStyleDeclaration): void {
  const told = part instanceof SVGGeometryElement && part.hasAttribute('pathLength') ? part.pathLength.baseVal : 0;
  const unit = told > 0 ? (part as SVGGeometryElement).getTotalLength() / told : 1;
  brush.setLineDash(strokeDasharray === 'none' ? [] : strokeDasharray.split(/[\s,]+/).map((length) => Number.parseFloat(length) * unit));
  brush.lineDashOffset = (Number.parseFloat(strokeDashoffset) || 0) * unit;
}

function paintWords(pen: Pen, text: SVGTextElement, alpha: number): void {
  const { brush } = pen;
  if (place(pen, text) === undefined) return;
  let at = 0;
  const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
    const parent = node.parentElement;
    const words = (node.nodeValue ?? '').replace(/\s+/g, ' ').trim();
    if (parent === null || words === '' || at >= text.getNumberOfChars()) continue;
    const style = getComputedStyle(parent);
    const start = text.getStartPositionOfChar(at);
    const left = Math.min(start.x, ...Array.from(words, (_, index) => text.getExtentOfChar(Math.min(at + index, text.getNumberOfChars() - 1)).x));
    at += words.length;
    if (style.visibility !== 'visible') continue;
    setFont(brush, style);
    const stroke = paintOf(brush, text, style, 'stroke');
    if (stroke !== undefined && Number.parseFloat(style.strokeWidth) > 0) {
      brush.globalAlpha = alpha * Number(style.strokeOpacity);
      brush.strokeStyle = stroke;
      brush.lineWidth = Number.parseFloat(style.strokeWidth);
      brush.lineJoin = 'round';
      brush.strokeText(words, left, start.y);
    }
    const fill = paintOf(brush, text, style, 'fill');
    if (fill === undefined || (typeof fill === 'string' && !isSeen(fill))) continue;
    brush.globalAlpha = alpha * Number(style.fillOpacity);
    brush.fillStyle = fill;
    brush.fillText(words, left, start.y);
  }
}
