import type { Threshold } from '../../sdk/contract/display.js';
import { thresholdFor } from '../../sdk/data/threshold.js';
import { wordsOf } from './localize.js';
import type { Mapped } from './mappings.js';
import { cssColor, toneOf } from './tone.js';
import type { Tone } from './tone.js';
import { englishTones } from './tone-strings.js';

/** What is said of a value: a colour, and the word that says the same to who does not see it. */
export interface Reading {
  /** A CSS colour. */
  color?: string;
  /** The colour's tone, if it is one. */
  tone?: Tone;
  word?: string;
  /** The same, where it is the definition's own. */
  label?: string;
}

/**
 * By the threshold that a value has reached and by the mapping that fits it; the mapping's colour counts first. A mapped text says
 * itself what its colour means.
 */
export function readingOf(value: unknown, thresholds: readonly Threshold[] | undefined, mapping: Mapped | undefined, locale: string | undefined): Reading {
  const threshold = mapping?.color === undefined ? thresholdFor(value, thresholds) : undefined;
  const color = mapping?.color ?? threshold?.color;
  const label = threshold?.label || undefined;
  const word = label ?? (mapping?.color !== undefined && mapping.text ? undefined : toneWord(color, locale));
  return { color: cssColor(color), tone: toneOf(color), word, label };
}

/** The word for a colour that tells a status; other colours tell none. */
export function toneWord(color: unknown, locale: string | undefined): string | undefined {
  const tone = toneOf(color);
  return tone === undefined || tone === 'accent' || tone === 'muted' ? undefined : wordsOf('tones', englishTones, locale)[tone];
}
