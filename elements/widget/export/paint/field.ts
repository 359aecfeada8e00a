import type { Box } from './geometry.js';
import { paintLine, setFont } from './text.js';

/** What is written in a field, or what it says while nothing is. */
export function paintField(brush: CanvasRenderingContext2D, field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, box: Box, style: CSSStyleDeclaration): void {
  const isEmpty = field.value === '' && !(field instanceof HTMLSelectElement);
  const text = field instanceof HTMLSelectElement ? (field.selectedOptions[0]?.label ?? '') : isEmpty ? field.placeholder : field.value;
  if (text === '' || box.width <= 0 || (field instanceof HTMLInputElement && /^(?:checkbox|radio|range|color|password)$/.test(field.type))) return;
  const written = isEmpty ? getComputedStyle(field, '::placeholder') : style;
  brush.save();
  const room = new Path2D();
  room.rect(box.left, box.top, box.width, box.height);
  brush.clip(room);
  setFont(brush, style);
  const { width } = brush.measureText(text);
  paintLine(brush, text, { ...box, left: style.direction === 'rtl' ? box.left + box.width - width : box.left, width }, written);
  brush.restore();
}
