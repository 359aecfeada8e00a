import { isRelative } from '../../../sdk/data/range-end.js';

/** As other tools write it: `now-6h`, `now/d`, `now-1d/d`; a month is `M`. */
const SHIFTED = /^now\s?([+-]\s?\d{1,5})\s?([mhdwMy])$/;
const WORDS: Readonly<Record<string, string>> = {
  'now/h': 'startOfHour', 'now/d': 'today', 'now/w': 'startOfWeek', 'now/M': 'startOfMonth', 'now/y': 'startOfYear', 'now-1d/d': 'yesterday', 'now+1d/d': 'tomorrow',
};

/** What somebody wrote as a relative time, also in the grammar of other tools, in ours; undefined where it is none. */
export function relativeOf(written: string): string | undefined {
  const text = written.trim();
  const [, amount = '', unit] = SHIFTED.exec(text) ?? [];
  const own = unit === undefined ? (Object.hasOwn(WORDS, text) ? WORDS[text] : text) : `${amount.replace(' ', '')}${unit === 'M' ? 'mo' : unit}`;
  return own !== undefined && isRelative(own) ? own : undefined;
}
