/** The words of charts, in English; a translation gives its own as `chart`. */
export const englishChart = {
  chart: 'Chart',
  time: 'Time',
  name: 'Name',
  value: 'Value',
  share: 'Share',
  notes: 'Notes',
  points: (count: number) => `${count} points`,
  zoomed: (from: string, to: string) => `Showing ${from} to ${to}`,
  resetZoom: 'Reset zoom',
  wholeRange: 'Showing everything',
  tableShown: 'Shown as a table',
  chartShown: 'Shown as a chart',
  backToChart: 'Back to the chart',
  firstRows: (shown: string, all: string) => `The first ${shown} of ${all} rows. Export the widget to have them all.`,
  lowest: 'Lowest',
  highest: 'Highest',
  cells: (rows: string, columns: string) => `${rows} rows, ${columns} columns`,
  /** Of each how many are shown, of how many. */
  cut: (rows: string, allRows: string, columns: string, allColumns: string) => `${rows} of ${allRows} rows, ${columns} of ${allColumns} columns`,
};

export type ChartStrings = typeof englishChart;
