/** What the colours of a status say in words, in English; a translation gives its own as `tones`. */
export const englishTones = {
  good: 'good',
  warning: 'warning',
  critical: 'critical',
};

export type ToneStrings = typeof englishTones;
