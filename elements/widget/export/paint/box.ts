import type { Box } from './geometry.js';
import { paintGradients } from './gradient.js';
import { paintLine, setFont } from './text.js';

type Edges = [top: number, right: number, bottom: number, left: number];
const SIDES = ['top', 'right', 'bottom', 'left'] as const;

/** An inner edge so far away that it cuts nothing. */
const FAR = 1e5;

export function boxOf(element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}

const px = (style: CSSStyleDeclaration, name: string) => Number.parseFloat(style.getPropertyValue(name)) || 0;
const edges = (style: CSSStyleDeclaration, kind: 'border' | 'padding') =>
  SIDES.map((side) => px(style, kind === 'border' ? `border-${side}-width` : `padding-${side}`)) as Edges;

function shrunk({ left, top, width, height }: Box, [t, r, b, l]: Edges): Box {
  return { left: left + l, top: top + t, width: Math.max(0, width - l - r), height: Math.max(0, height - t - b) };
}

/** The box of the content: without border and padding. */
export function innerBox(box: Box, style: CSSStyleDeclaration): Box {
  return shrunk(shrunk(box, edges(style, 'border')), edges(style, 'padding'));
}

/** What an element's overflow is cut to, in the directions in which it is cut. */
export function pathOf(box: Box, style: CSSStyleDeclaration, cutsX: boolean, cutsY: boolean): { path: Path2D; inner: Box } {
  const border = edges(style, 'border');
  const { left, top, width, height } = shrunk(box, border);
  const inner = {
    left: cutsX ? left : left - FAR, width: cutsX ? width : width + 2 * FAR,
    top: cutsY ? top : top - FAR, height: cutsY ? height : height + 2 * FAR,
  };
  const path = new Path2D();
  if (cutsX && cutsY) round(path, inner, radii(box, style).map(({ x, y }) => ({ x: Math.max(0, x - border[3]), y: Math.max(0, y - border[0]) })));
  else path.rect(inner.left, inner.top, inner.width, inner.height);
  return { path, inner };
}

function radii({ width, height }: Box, style: CSSStyleDeclaration): { x: number; y: number }[] {
  return ['top-left', 'top-right', 'bottom-right', 'bottom-left'].map((corner) => {
    const [x = '0', y = x] = style.getPropertyValue(`border-${corner}-radius`).split(' ');
    const length = (text: string, whole: number) => (text.endsWith('%') ? (Number.parseFloat(text) / 100) * whole : Number.parseFloat(text)) || 0;
    return { x: length(x, width), y: length(y, height) };
  });
}

function round(path: Path2D, { left, top, width, height }: Box, corners: { x: number; y: number }[]): void {
  path.roundRect(left, top, width, height, corners);
}

/** Background, shadows and border of a box. */
export function paintBox(brush: CanvasRenderingContext2D, box: Box, style: CSSStyleDeclaration): void {
  if (box.width <= 0 || box.height <= 0) return;
  const corners = radii(box, style);
  const outline = new Path2D();
  round(outline, box, corners);
  const shadows = shadowsOf(style.boxShadow);
  for (const shadow of shadows) if (!shadow.inset) paintShadow(brush, box, outline, corners, shadow);
  if (isSeen(style.backgroundColor)) {
    brush.fillStyle = style.backgroundColor;
    brush.fill(outline);
  }
  if (style.backgroundImage !== 'none') paintGradients(brush, box, outline, style.backgroundImage);
  for (const shadow of shadows) if (shadow.inset) paintRing(brush, box, outline, shadow);
  paintBorder(brush, box, corners, style);
}

export function isSeen(color: string): boolean {
  return color !== 'transparent' && !/^rgba\(.*, 0\)$|\/ 0\)$/.test(color);
}

function paintBorder(brush: CanvasRenderingContext2D, box: Box, corners: { x: number; y: number }[], style: CSSStyleDeclaration): void {
  const widths = edges(style, 'border');
  const kinds = SIDES.map((side) => style.getPropertyValue(`border-${side}-style`));
  const colors = SIDES.map((side) => style.getPropertyValue(`border-${side}-color`));
  const drawn = SIDES.map((_, side) => (widths[side] ?? 0) > 0 && !/none|hidden/.test(kinds[side] ?? '') && isSeen(colors[side] ?? ''));
  if (!drawn.includes(true)) return;
  const same = [widths, kinds, colors].every((list) => list.every((value) => value === list[0]));
  const inner = shrunk(box, widths);
  if (same && /^(?:dashed|dotted)$/.test(kinds[0] ?? '')) {
    const [width] = widths;
    const line = new Path2D();
    round(line, shrunk(box, widths.map((edge) => edge / 2) as Edges), corners);
    brush.save();
    brush.setLineDash(kinds[0] === 'dotted' ? [width, width] : [width * 3, width * 2]);
    brush.strokeStyle = colors[0] ?? '';
    brush.lineWidth = width;
    brush.stroke(line);
    brush.restore();
    return;
  }
  const ring = new Path2D();
  round(ring, box, corners);
  round(ring, inner, corners.map(({ x, y }) => ({ x: Math.max(0, x - widths[3]), y: Math.max(0, y - widths[0]) })));
  if (same) {
    brush.fillStyle = colors[0] ?? '';
    brush.fill(ring, 'evenodd');
    return;
  }
  SIDES.forEach((_, side) => {
    if (!drawn[side]) return;
    brush.save();
    brush.clip(wedge(box, inner, side));
    brush.fillStyle = colors[side] ?? '';
    brush.fill(ring, 'evenodd');
    brush.restore();
  });
}

/** The part of a border that is one side's: its corners are cut aslant. */
function wedge(outer: Box, inner: Box, side: number): Path2D {
  const corner = ({ left, top, width, height }: Box): [number, number][] => [[left, top], [left + width, top], [left + width, top + height], [left, top + height]];
  const [o, i] = [corner(outer), corner(inner)];
  const next = (side + 1) % 4;
  const path = new Path2D();
  for (const point of [o[side], o[next], i[next], i[side]]) if (point) path.lineTo(...point);
  path.closePath();
  return path;
}

interface Shadow {
  color: string;
  x: number;
  y: number;
  blur: number;
  spread: number;
  inset: boolean;
}

function shadowsOf(text: string): Shadow[] {
  if (text === 'none' || text === '') return [];
  return text.split(/,(?![^(]*\))/).flatMap((one) => {
    const color = /[a-z-]+\([^)]*\)|#[0-9a-f]+/i.exec(one)?.[0] ?? '';
    const [x = 0, y = 0, blur = 0, spread = 0] = (one.replace(color, '').match(/-?[\d.]+px/g) ?? []).map(Number.parseFloat);
    return isSeen(color) ? [{ color, x, y, blur, spread, inset: /\binset\b/.test(one) }] : [];
  });
}

function paintShadow(brush: CanvasRenderingContext2D, { left, top, width, height }: Box, outline: Path2D, corners: { x: number; y: number }[], { color, x, y, blur, spread }: Shadow): void {
  const outside = new Path2D();
  outside.rect(left - FAR, top - FAR, width + 2 * FAR, height + 2 * FAR);
  outside.addPath(outline);
  const cast = new Path2D();
  round(cast, { left: left + x - spread, top: top + y - spread, width: width + 2 * spread, height: height + 2 * spread }, corners.map((c) => ({ x: c.x + spread, y: c.y + spread })));
  brush.save();
  brush.clip(outside, 'evenodd');
  brush.fillStyle = color;
  if (blur > 0) brush.filter = `blur(${(blur / 2) * brush.getTransform().a}px)`;
  brush.fill(cast);
  brush.restore();
}

function paintRing(brush: CanvasRenderingContext2D, { left, top, width, height }: Box, outline: Path2D, { color, x, y, spread }: Shadow): void {
  const ring = new Path2D();
  ring.addPath(outline);
  const hole = { left: left + x + spread, top: top + y + spread, width: Math.max(0, width - 2 * spread), height: Math.max(0, height - 2 * spread) };
  ring.roundRect(hole.left, hole.top, hole.width, hole.height, Math.min(hole.width, hole.height) < 12 ? Math.min(hole.width, hole.height) / 2 : 0);
  brush.save();
  brush.clip(outline);
  brush.fillStyle = color;
  brush.fill(ring, 'evenodd');
  brush.restore();
}

/** A pseudo-element has no box that can be asked for: one that is placed is where its style says, one that flows at the start or the end. */
export function paintPseudo(brush: CanvasRenderingContext2D, element: Element, which: '::before' | '::after', box: Box): void {
  const style = getComputedStyle(element, which);
  if (style.content === 'none' || style.content === 'normal' || style.display === 'none' || style.visibility !== 'visible') return;
  const host = getComputedStyle(element);
  const text = /^"(.*)"$/.exec(style.content)?.[1] ?? '';
  const alpha = brush.globalAlpha;
  brush.save();
  brush.globalAlpha = alpha * Number(style.opacity);
  setFont(brush, style);
  const own = { width: px(style, 'width') || (text === '' ? 0 : brush.measureText(text).width), height: px(style, 'height') || px(style, 'line-height') };
  const at = style.position === 'absolute' ? placed(element, style, own) : flowing(element, which, box, host, style, own);
  turn(brush, at, style);
  paintBox(brush, at, style);
  if (text !== '') paintLine(brush, text, at, style);
  brush.restore();
}

function placed(element: Element, style: CSSStyleDeclaration, size: { width: number; height: number }): Box {
  let block: Element | null = element;
  while (block?.parentElement && getComputedStyle(block).position === 'static') block = block.parentElement;
  const frame = block ?? element;
  const { left, top } = shrunk(boxOf(frame), edges(getComputedStyle(frame), 'border'));
  return { left: left + px(style, 'left') + px(style, 'margin-left'), top: top + px(style, 'top') + px(style, 'margin-top'), ...size };
}

function flowing(element: Element, which: string, box: Box, host: CSSStyleDeclaration, style: CSSStyleDeclaration, size: { width: number; height: number }): Box {
  const inner = innerBox(box, host);
  const rtl = host.direction === 'rtl';
  const atStart = (which === '::before') !== rtl;
  const middle = inner.top + (inner.height - size.height) / 2;
  if (which === '::before') return { left: atStart ? inner.left + px(style, 'margin-left') : inner.left + inner.width - size.width, top: middle, ...size };
  const range = document.createRange();
  range.selectNodeContents(element);
  const content = range.getBoundingClientRect();
  const gap = px(host, 'column-gap');
  const left = rtl ? content.left - gap - px(style, 'margin-right') - size.width : content.right + gap + px(style, 'margin-left');
  return { left: content.width === 0 ? inner.left + (inner.width - size.width) / 2 : left, top: middle, ...size };
}

function turn(brush: CanvasRenderingContext2D, { left, top, width, height }: Box, { transform, rotate }: CSSStyleDeclaration): void {
  const matrix = transform === 'none' || transform === '' ? new DOMMatrix() : new DOMMatrix(transform);
  const angle = Number.parseFloat(rotate) || 0;
  if (matrix.isIdentity && angle === 0) return;
  const [x, y] = [left + width / 2, top + height / 2];
  const all = new DOMMatrix().translate(x, y).rotate(angle).multiply(matrix).translate(-x, -y);
  brush.transform(all.a, all.b, all.c, all.d, all.e, all.f);
}
