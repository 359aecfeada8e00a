/** What a dashboard says on paper, in English. It loads with the code for that. */
export const englishPaper = {
  printed: (when: string) => `Printed ${when}`,
};

export type PaperStrings = typeof englishPaper;
