import { isSeen } from './box.js';
import type { Box } from './geometry.js';
import { paintLine, setFont } from './text.js';

/** Pixels between a bullet's own room and the text. */
const GAP = 8;

/** The bullet or the number of a list's item, outside of its text. */
export function paintMarker(brush: CanvasRenderingContext2D, item: Element, box: Box, style: CSSStyleDeclaration): void {
  const { listStyleType: kind, listStylePosition, direction } = style;
  if (kind === 'none' || listStylePosition === 'inside') return;
  const marker = getComputedStyle(item, '::marker');
  setFont(brush, style);
  brush.fillStyle = isSeen(marker.color) ? marker.color : style.color;
  const rtl = direction === 'rtl';
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = brush.measureText('x');
  const height = Number.parseFloat(style.lineHeight) || ascent + descent;
  if (kind === 'decimal') {
    const text = `${numberOf(item)}.`;
    const { width } = brush.measureText(text);
    paintLine(brush, text, { left: rtl ? box.left + box.width + GAP : box.left - GAP - width, top: box.top, width, height }, marker);
    return;
  }
  const size = (ascent * (2 / 3) + 1) / 2;
  const start = ascent * (2 / 3) + GAP - 1;
  const middle = box.top + (height - ascent - descent) / 2 + ascent / 2 + size / 2;
  brush.beginPath();
  brush.arc(rtl ? box.left + box.width + start - size / 2 : box.left - start + size / 2, middle, size / 2, 0, 2 * Math.PI);
  brush.fill();
}

function numberOf(item: Element): number {
  const items = [...(item.parentElement?.children ?? [])].filter(({ localName }) => localName === item.localName);
  const { start = 1 } = (item.parentElement ?? {}) as { start?: number };
  return start + items.indexOf(item);
}
