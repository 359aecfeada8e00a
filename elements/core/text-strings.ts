/** What a text widget says by itself, in English. It loads with it. */
export const englishText = {
  empty: 'Nothing is written here yet',
  shortened: 'The rest is too long to be shown here.',
};

export type TextStrings = typeof englishText;
