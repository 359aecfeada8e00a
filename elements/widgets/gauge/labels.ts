import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { FormatOptions, GaugeConfig } from '../../../sdk/contract/display.js';
import { formatterFor } from '../../core/formatters.js';
import { styleProperty } from '../../core/style-property.js';
import type { DisplayContext } from '../../core/widget-view.js';
import { ARC_SIDE, BOX, onArc, widthOfDial } from './arc.js';
import type { Scale } from './scale.js';

const HEIGHT = 14;
/** Pixels of a character at the labels' size, at most; those of wide scripts take twice as many. */
const CHARACTER = 7.5;
const WIDE = /[\u1100-\u1fff\u2e80-\uffff]/g;
/** Not seen: they say in which direction a number is written. */
const MARKS = /[\u061c\u200e\u200f]/g;
/** Pixels between two labels. */
const GAP = 4;

export interface Size {
  width: number;
  height: number;
}

/** A label's box, in pixels of the gauge. */
export interface Label {
  text: string;
  x: number;
  y: number;
  width: number;
}

/** A label that is wanted at a place: its middle, before it is known whether there is room. */
interface Wish {
  text: string;
  x: number;
  y: number;
}

export function widthOf(text: string): number {
  const seen = text.replace(MARKS, '');
  return (seen.length + (seen.match(WIDE)?.length ?? 0)) * CHARACTER + 2;
}

/** Of labels in the order of their weight those that have room and meet none before them, nor what is `taken` already. */
export function placed(wishes: readonly Wish[], { width, height }: Size, taken: readonly Label[] = []): Label[] {
  const labels: Label[] = [];
  for (const { text, x, y } of wishes) {
    const own = widthOf(text);
    const label = { text, width: own, x: x - own / 2, y: y - HEIGHT / 2 };
    const inside = label.x >= -0.5 && label.x + own <= width + 0.5 && label.y >= -0.5 && label.y + HEIGHT <= height + 0.5;
    if (inside && text !== '' && ![...taken, ...labels].some((other) => meet(label, other))) labels.push(label);
  }
  return labels;
}

function meet(a: Label, b: Label): boolean {
  return a.x < b.x + b.width + GAP && b.x < a.x + a.width + GAP && Math.abs(a.y - b.y) < HEIGHT;
}

/** Labels around a dial: its ends, where the ranges begin, and what they are called, all or none. `word`: what stands under the value, between the ends. */
export function roundLabels({ min, max, segments }: Scale, size: Size, write: (value: number) => string, word = ''): Label[] {
  const width = widthOfDial(size);
  const unit = width / BOX.width;
  const [left, top] = [(size.width - width) / 2, (size.height - unit * BOX.height) / 2];
  const at = (share: number, radius: number) => {
    const { x, y } = onArc(share, radius);
    return { x: left + x * unit, y: top + y * unit };
  };
  const end = (share: number, value: number): Wish => {
    const { x, y } = at(share, ARC_SIDE.radius);
    return { text: write(value), x, y: y + ARC_SIDE.end * unit + HEIGHT / 2 };
  };
  const { y } = end(0, min);
  const middle = size.width / 2;
  const taken = word === '' ? [] : [{ text: word, width: widthOf(word), x: middle - widthOf(word) / 2, y: y - HEIGHT / 2 }];
  // Beside the dial a label's near edge touches it, above it its lower one.
  const beside = (share: number, text: string): Wish => {
    const { x, y } = at(share, ARC_SIDE.labels);
    const { x: dx, y: dy } = onArc(share, 1);
    return { text, x: x + ((dx - BOX.cx) * widthOf(text)) / 2, y: y + ((dy - BOX.cy) * HEIGHT) / 2 };
  };
  const numbers = placed(
    [end(0, min), end(1, max), ...segments.filter(({ from }) => from > 0).map(({ from, value }) => beside(from, write(value)))],
    size,
    taken,
  );
  // One name without the others would be read as the state that it is in.
  const wanted = segments.filter(({ label }) => label).map(({ from, to, label = '' }) => beside((from + to) / 2, label));
  const names = placed(wanted, size, [...taken, ...numbers]);
  return names.length < wanted.length ? numbers : [...numbers, ...names];
}

/** Labels under a bar, numbers above names; `x` from where the text begins. */
export function straightLabels({ min, max, segments }: Scale, { width }: Size, write: (value: number) => string): Label[] {
  const under = (share: number, text: string): Wish => {
    const half = widthOf(text) / 2;
    return { text, x: Math.min(width - half, Math.max(half, share * width)), y: HEIGHT / 2 };
  };
  const names = segments.flatMap(({ from, to, label = '' }) =>
    widthOf(label) <= (to - from) * width ? [{ ...under((from + to) / 2, label), y: HEIGHT * 1.5 }] : []);
  const numbers = [under(0, write(min)), under(1, write(max)), ...segments.filter(({ from }) => from > 0).map(({ from, value }) => under(from, write(value)))];
  return placed([...numbers, ...names], { width, height: HEIGHT * 2 });
}

/** Writes a bound or a threshold: short, and without the unit that stands beside the reading. One that is short already loses no digit. */
export function writerOf({ format = 'number' }: GaugeConfig, display: DisplayContext): (value: number) => string {
  const wanted: FormatOptions = typeof format === 'object' ? format : { style: format };
  const unit = wanted.style === 'duration' ? wanted.unit : undefined;
  const short = (value: number) => wanted.style === 'currency' || Math.abs(value) >= 1000;
  return (value) => formatterFor(display).format(value, { ...wanted, unit, digits: undefined, compact: short(value) });
}

/** The labels, hidden from screen readers: the meter says its reading and range itself. */
export function labels(scale: Scale, isBar: boolean, size: Size | undefined, write: (value: number) => string, word?: string): TemplateResult {
  const all = size === undefined ? [] : isBar ? straightLabels(scale, size, write) : roundLabels(scale, size, write, word);
  return html`<div class="labels" aria-hidden="true">${all.map((label) => (isBar ? beneath(label, size?.width ?? 0) : around(label)))}</div>`;
}

function around({ text, x, y, width }: Label): TemplateResult {
  return html`<span
    ${styleProperty('left', `${x.toFixed(1)}px`)}
    ${styleProperty('top', `${y.toFixed(1)}px`)}
    ${styleProperty('width', `${width}px`)}
    >${text}</span
  >`;
}

/** At the bar's ends a label stands flush with it, however wide it is. */
function beneath({ text, x, y, width }: Label, most: number): TemplateResult {
  const [first, last] = [x < 1, x + width > most - 1];
  return html`<span
    ${styleProperty('inset-inline-start', last ? undefined : `${x.toFixed(1)}px`)}
    ${styleProperty('inset-inline-end', last ? '0' : undefined)}
    ${styleProperty('top', `${y.toFixed(1)}px`)}
    ${styleProperty('width', first || last ? undefined : `${width}px`)}
    >${text}</span
  >`;
}
