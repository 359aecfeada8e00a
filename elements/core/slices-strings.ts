/** What a pie and a donut say, in English. It loads with charts. */
export const englishSlices = {
  other: 'Other',
  total: 'Total',
};

export type SlicesStrings = typeof englishSlices;
