/** What a list says, in English. It loads with it. */
export const englishList = {
  emptyList: 'Nothing on the list',
  more: (count: number) => `and ${count} more`,
};

export type ListStrings = typeof englishList;
