/** The words of tables, in English; a translation gives its own as `table`. They load with the first table that has more than rows and columns. */
export const englishTable = {
  columns: 'Columns',
  /** Why the last box cannot be unticked. */
  oneColumnStays: 'One column stays.',
  allColumns: 'Show all',
  rowActions: 'Actions of this row',
  rowsFailed: 'These rows could not be loaded.',
};

export type TableStrings = typeof englishTable;
