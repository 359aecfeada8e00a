import type { MapConfig } from '../../../sdk/contract/display.js';
import { formatterFor, pageLocale } from '../../core/formatters.js';
import { stringsFor, validLocale, wordsOf } from '../../core/localize.js';
import { englishMap, type MapStrings } from '../../core/map-strings.js';
import { readingOf, type Reading } from '../../core/reading.js';
import type { DisplayContext } from '../../core/widget-view.js';

/** Languages that are written from the right. */
const FROM_THE_RIGHT = /^(ar|fa|he|ur)\b/;

/** How a map words what it shows. */
export interface MarkWords {
  strings: MapStrings;
  locale: string | undefined;
  noValue: string;
  write(value: number): string;
  /** For a legend: what it is about is said elsewhere. */
  brief(value: number): string;
  count(value: number, short?: boolean): string;
  /** The colour and the word of a value's threshold. */
  read(value: number | undefined): Reading;
}

export function mapWords(display: DisplayContext, config: MapConfig | undefined): MarkWords {
  const formatter = formatterFor(display);
  const format = config?.format ?? 'number';
  const locale = validLocale(display.locale) ?? pageLocale();
  // A range without a word begins on the side of those with one.
  const mark = FROM_THE_RIGHT.test(locale ?? '') ? '\u200f' : '';
  const options = typeof format === 'object' ? format : { style: format };
  return {
    strings: wordsOf('map', englishMap, display.locale),
    locale,
    noValue: stringsFor(display.locale).noValue,
    write: (value) => formatter.format(value, format),
    brief: (value) => mark + formatter.format(value, Math.abs(value) < 1000 ? options : { ...options, compact: true, digits: undefined }),
    count: (value, short) => formatter.format(value, { style: 'number', ...(short && value >= 1000 ? { compact: true, digits: value >= 10_000 ? 0 : 1 } : {}) }),
    read: (value) => readingOf(value, config?.thresholds, undefined, display.locale),
  };
}
