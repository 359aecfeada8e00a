import type { Format, FormatOptions, TableColumn } from '../../../sdk/contract/display.js';
import { NO_VALUE, type Formatter } from '../../../sdk/data/format.js';
import { toNumber } from '../../../sdk/data/number.js';
import { pathReader } from '../../../sdk/data/path.js';
import type { Mapped } from '../../core/mappings.js';

/** Rows looked at, all over the answer, to learn how a column is written. */
const SAMPLE = 60;
const MOST_DIGITS = 2;
/** Pixels that a character takes, by and large, and hardly more than. */
const CHARACTER = 7.2;
const WIDE_CHARACTER = 8.5;
const CELL_PADDING = 24;
const ICON = 20;
/** Marks of direction, which take no room. */
const MARKS = /[\u061c\u200e\u200f]/g;
/** Characters as wide as two. */
const DOUBLE = /[\u2e80-\ud7ff]/g;
/** Pixels below which a column of long words is not squeezed. */
const SQUEEZED = 96;

/** A column as it is shown: what the definition leaves open is read off the rows. */
export interface Column {
  definition: TableColumn;
  label: string;
  align: 'left' | 'center' | 'right';
  /** A CSS grid track. */
  track: string;
  /** The narrowest it gets, pixels. */
  narrowest: number;
  /** The row's value in this column. */
  read(row: unknown): unknown;
  /** What stands in its place; undefined where the column has no mappings. */
  mapped: ((row: unknown) => Mapped | undefined) | undefined;
  /** As it is written. */
  text(row: unknown): string;
  /** So many characters surely have room in a cell; 0 until its width is known. */
  holds: number;
}

/** Characters that surely have room in a cell of this width, pixels. */
export function charactersIn(width: number): number {
  return (width - CELL_PADDING) / WIDE_CHARACTER;
}

/** The same of a text, where the widest letters count for more than one; of other scripts than Latin there may be any. */
export function charactersOf(text: string): number {
  return /[^ -\u024f]/.test(text) ? Infinity : text.length + (text.match(/[A-Zmw%@]/g)?.length ?? 0) / 2;
}

/** @param mapped finds what stands in place of a value; none where no column needs it */
export function columnsOf(
  definitions: readonly TableColumn[], rows: readonly unknown[], formatter: Formatter,
  mapped?: (value: unknown, mappings: TableColumn['mappings']) => Mapped | undefined,
): Column[] {
  const every = Math.max(1, Math.floor(rows.length / SAMPLE));
  const sample = rows.filter((_, index) => index % every === 0);
  return definitions.map((definition) => {
    const read = pathReader(definition.key);
    const values = sample.map(read).filter((value) => value !== null && value !== undefined && value !== '');
    const numeric = values.length > 0 && values.every((value) => typeof value === 'number');
    const format = sharingDigits(definition.format, numeric ? (values as number[]) : []);
    const { mappings } = definition;
    const inPlace = mapped && mappings?.length ? (row: unknown) => mapped(read(row), mappings) : undefined;
    // What was learned of numbers is not for the words that a row may have instead of one.
    const text = (row: unknown) => {
      const value = read(row);
      const words = inPlace?.(row)?.text;
      return words !== undefined ? String(words) : formatter.format(value, definition.format === undefined && typeof value !== 'number' ? undefined : format);
    };
    const label = definition.label ?? definition.key;
    const width = Number.isFinite(definition.width) ? definition.width : undefined;
    const hasIcons = mappings?.some(({ icon }) => icon !== undefined);
    const longest = Math.max(...sample.map((row) => text(row).replace(MARKS, '').replace(DOUBLE, '--').length));
    const pixels = (characters: number) => Math.round(Math.min(characters, 40) * CHARACTER) + CELL_PADDING + (hasIcons ? ICON : 0);
    const wanted = pixels(Math.max(label.length + 2, longest));
    // Words may be cut; a part of a number or a time reads as another one.
    const least = numeric || styleOf(definition.format) !== 'text' ? pixels(longest) : 0;
    const narrowest = Math.max(least, width ?? Math.min(wanted, SQUEEZED));
    return {
      definition,
      label,
      align: definition.align ?? (numeric && !definition.badge && !mappings?.length ? 'right' : 'left'),
      track: width ? `${narrowest}px` : `minmax(${narrowest}px, ${wanted}fr)`,
      narrowest,
      read,
      mapped: inPlace,
      text,
      holds: 0,
    };
  });
}

export function styleOf(format: Format | undefined): string {
  return (typeof format === 'object' ? format?.style : format) ?? 'text';
}

/** A cell as it goes out of the page: a number stays one, unless it is a time; `null` where there is nothing. */
export function plainValue({ definition: { format }, read, mapped, text }: Column, row: unknown): string | number | null {
  const value = read(row);
  const isTime = /date|relative/.test(styleOf(format));
  if (typeof value === 'number' && Number.isFinite(value) && !isTime && mapped?.(row)?.text === undefined) return value;
  const words = text(row);
  return words === NO_VALUE || words === '' ? null : words;
}

/** Numbers of a column share their decimals, so that their points stand under each other. */
function sharingDigits(format: Format | undefined, values: readonly number[]): Format | undefined {
  const options: FormatOptions = typeof format === 'object' ? format : { style: format ?? 'number' };
  if (values.length === 0 || options.style !== 'number' || options.digits !== undefined || options.compact) return format;
  const digits = Math.max(...values.map((value) => Math.min(MOST_DIGITS, decimals(value))));
  return { ...options, digits };
}

function decimals(value: number): number {
  const text = String(toNumber(value) ?? '');
  return text.includes('e') ? 0 : (text.split('.')[1]?.length ?? 0);
}
