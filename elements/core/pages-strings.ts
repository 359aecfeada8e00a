/** What a table says of its pages, in English. It loads with it. */
export const englishPages = {
  rowsOf: (from: number, to: number, all: number) => `${from}–${to} of ${all}`,
  previousPage: 'Previous page',
  nextPage: 'Next page',
};

export type PagesStrings = typeof englishPages;
