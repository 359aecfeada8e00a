import type { Box, Limits } from './geometry.js';

/** A line of a text node. */
interface Line extends Box {
  from: number;
  to: number;
}

/** Pixels by which two rectangles of one line may differ. */
const SAME_LINE = 3;
/** Pixels by which a line may be off before its letters are placed one by one. */
const EXACT = 0.6;
/** Scripts whose letters hang together, or stand one above the other: they are drawn by the line. */
const JOINED = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}\p{Script=Tamil}\p{M}\p{Extended_Pictographic}]/u;

/** Letters of a text without room that are measured: no card is as wide. */
const MOST_LETTERS = 2_000;

/** Begins with a letter that is written to the left. */
const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** Paints a text node where the browser laid it out, line by line. */
export function paintText(brush: CanvasRenderingContext2D, node: Text, limits: Limits): void {
  const parent = node.parentElement;
  if (parent === null || node.data.trim() === '') return;
  const style = getComputedStyle(parent);
  const range = document.createRange();
  setFont(brush, style);
  const lines = linesOf(node, range);
  lines.forEach((line, index) => {
    if (limits.last !== undefined && line.top + line.height / 2 > limits.last) return;
    const ends = limits.last !== undefined && index + 1 < lines.length && (lines[index + 1]?.top ?? 0) + line.height / 2 > limits.last;
    const text = textOf(node.data.slice(line.from, line.to), style);
    if (text === '') return;
    const isLong = limits.line !== undefined && (line.left < limits.line.left - 1 || line.left + line.width > limits.line.right + 1);
    if (isLong || ends) return paintCut(brush, text, line, limits.line ?? { left: line.left, right: line.left + line.width }, style);
    const isOff = style.direction === 'rtl' || Math.abs(brush.measureText(text).width - line.width) > EXACT;
    if (isOff && !JOINED.test(text)) paintLetters(brush, node, line, range, style);
    else paintLine(brush, text, line, style);
  });
}

/** Font and direction as the style has them. */
export function setFont(brush: CanvasRenderingContext2D, { fontStyle, fontWeight, fontSize, fontFamily, direction, letterSpacing, color }: CSSStyleDeclaration): void {
  brush.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  brush.direction = direction === 'rtl' ? 'rtl' : 'ltr';
  brush.letterSpacing = letterSpacing === 'normal' ? '0px' : letterSpacing;
  brush.textBaseline = 'alphabetic';
  brush.textAlign = 'left';
  brush.fillStyle = color;
}

/** One line in its box; the font is set. */
export function paintLine(brush: CanvasRenderingContext2D, text: string, box: Box, style: CSSStyleDeclaration): void {
  const y = baseline(brush, box);
  brush.fillStyle = style.color;
  brush.fillText(text, box.left, y);
  underline(brush, box, y, style);
}

/** Digits of one width, and letters set by the browser's own rules: the canvas has no word for them, so each is put where it stands. */
function paintLetters(brush: CanvasRenderingContext2D, node: Text, line: Line, range: Range, style: CSSStyleDeclaration): void {
  const y = baseline(brush, line);
  brush.fillStyle = style.color;
  for (let at = line.from; at < line.to;) {
    const letter = String.fromCodePoint(node.data.codePointAt(at) ?? 32);
    range.setStart(node, at);
    range.setEnd(node, at + letter.length);
    at += letter.length;
    if (letter.trim() === '') continue;
    const { left, width } = range.getBoundingClientRect();
    if (width > 0) brush.fillText(textOf(letter, style), left, y);
  }
  underline(brush, line, y, style);
}

/** As much of it as there is room for, and an ellipsis. */
function paintCut(brush: CanvasRenderingContext2D, text: string, line: Box, room: { left: number; right: number }, style: CSSStyleDeclaration): void {
  const rtl = style.direction === 'rtl';
  const width = rtl ? line.left + line.width - room.left : room.right - line.left;
  if (width <= 0) return;
  // Where a text runs against its line, it is the beginning that has no room.
  const against = RIGHT_TO_LEFT.test(text) !== rtl;
  const letters = [...(against ? text.slice(-MOST_LETTERS) : text.slice(0, MOST_LETTERS))];
  const cut = (count: number) => (against ? `…${letters.slice(letters.length - count).join('')}` : `${letters.slice(0, count).join('')}…`);
  let [fits, most] = [0, letters.length];
  while (fits < most) {
    const middle = Math.ceil((fits + most) / 2);
    if (brush.measureText(cut(middle)).width <= width) fits = middle;
    else most = middle - 1;
  }
  const own = brush.measureText(cut(fits)).width;
  brush.direction = rtl === against ? 'ltr' : 'rtl';
  paintLine(brush, cut(fits), { ...line, left: rtl ? line.left + line.width - own : line.left, width: own }, style);
}

function baseline(brush: CanvasRenderingContext2D, { top, height }: Box): number {
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = brush.measureText('x');
  return top + (height - ascent - descent) / 2 + ascent;
}

function underline(brush: CanvasRenderingContext2D, { left, width }: Box, y: number, { textDecorationLine, fontSize }: CSSStyleDeclaration): void {
  if (!textDecorationLine.includes('underline')) return;
  const size = Number.parseFloat(fontSize);
  brush.fillRect(left, y + size * 0.12, width, Math.max(1, size / 14));
}

function textOf(raw: string, { whiteSpaceCollapse, textTransform }: CSSStyleDeclaration & { whiteSpaceCollapse?: string }): string {
  const text = whiteSpaceCollapse === undefined || whiteSpaceCollapse === 'collapse' ? raw.replace(/\s+/g, ' ').trim() : raw.replace(/[\r\n]+$/, '');
  if (textTransform === 'uppercase') return text.toLocaleUpperCase();
  return textTransform === 'lowercase' ? text.toLocaleLowerCase() : text;
}

/** The lines that the browser made of a text. */
function linesOf(node: Text, range: Range): Line[] {
  range.selectNodeContents(node);
  const [first, ...others] = range.getClientRects();
  if (first === undefined) return [];
  // Asked for its words one by one, a long line takes seconds.
  if (others.every(({ top }) => Math.abs(top - first.top) <= SAME_LINE)) {
    const { left, top, width, height } = range.getBoundingClientRect();
    return [{ from: 0, to: node.length, left, top, width, height }];
  }
  const lines: Line[] = [];
  const add = (from: number, to: number): void => {
    range.setStart(node, from);
    range.setEnd(node, to);
    const parts = range.getClientRects();
    // A long word goes over several lines: by its letters then.
    if (parts.length > 1 && to - from > 1 && Math.abs((parts[0]?.top ?? 0) - (parts[parts.length - 1]?.top ?? 0)) > SAME_LINE) {
      for (let at = from; at < to; at += 1) add(at, at + 1);
      return;
    }
    const { left, top, width, height } = range.getBoundingClientRect();
    if (width === 0) return;
    const line = lines.at(-1);
    if (line === undefined || Math.abs(line.top - top) > SAME_LINE) {
      lines.push({ from, to, left, top, width, height });
      return;
    }
    const right = Math.max(line.left + line.width, left + width);
    line.left = Math.min(line.left, left);
    line.width = right - line.left;
    line.to = to;
  };
  for (const { index, 0: word } of node.data.matchAll(/\S+/g)) add(index, index + word.length);
  return lines;
}
