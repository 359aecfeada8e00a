import type { ReactiveControllerHost } from 'lit';
import type { ListConfig } from '../../../sdk/contract/display.js';
import { getPath } from '../../../sdk/data/path.js';
import { formatterFor } from '../../core/formatters.js';
import { mapped } from '../../core/mappings.js';
import { readingOf, toneWord } from '../../core/reading.js';
import { cssColor, toneOf } from '../../core/tone.js';
import type { Tone } from '../../core/tone.js';
import type { DisplayContext } from '../../core/widget-view.js';

export interface Badge {
  text: string;
  /** A CSS colour. */
  color?: string;
  icon?: string;
  /** What its colour means, beside the text. */
  word?: string;
  /** The same where an icon says it, for who does not see that. */
  spoken?: string;
}

/** What stands for a colour that tells a status and has no word of the definition's own. */
const SIGNS: Readonly<Record<string, string>> = { good: 'CircleCheck', warning: 'TriangleAlert', critical: 'OctagonAlert' };

/**
 * The badge of a row. Its colour is the mapping's, the threshold's, the definition's, or what the row names. One colour for all rows
 * says nothing of any; where it differs from row to row, a word or an icon says the same.
 */
export function badgeOf(host: ReactiveControllerHost, row: unknown, config: ListConfig, display: DisplayContext): Badge | undefined {
  const { badge, badgeFormat, badgeColor } = config.itemTemplate;
  if (badge === undefined) return undefined;
  const value = getPath(row, badge);
  const mapping = mapped(host, value, config.mappings);
  if (!mapping?.text && (value === undefined || value === null || value === '')) return undefined;
  const text = mapping?.text || formatterFor(display).format(value, badgeFormat);
  const { color, word, label, tone } = readingOf(value, config.thresholds, mapping, display.locale);
  const icon = mapping?.icon;
  if (label !== undefined) return { text, color, icon, word: label };
  if (color !== undefined) return { text, color, ...signed(text, icon, word, tone) };
  if (badgeColor === undefined || cssColor(badgeColor) !== undefined) return { text, color: cssColor(badgeColor), icon };
  const own = getPath(row, badgeColor);
  return { text, color: cssColor(own), ...signed(text, icon, toneWord(own, display.locale), toneOf(own)) };
}

/** The icon for a status and the word that is spoken with it, where the text does not say it already. A mapping's icon stands for itself. */
function signed(text: string, icon: string | undefined, spoken: string | undefined, tone: Tone | undefined): Pick<Badge, 'icon' | 'spoken'> {
  if (spoken === undefined || tone === undefined || spoken.toLowerCase() === text.toLowerCase()) return { icon };
  return { icon: icon ?? SIGNS[tone], spoken };
}
