/** What a widget's menu and its exports say, in English. It loads with them. */
export const englishMenu = {
  refresh: 'Refresh',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  asTable: 'Show as table',
  asPicture: 'Show as chart',
  exportCsv: 'Export CSV',
  exportPng: 'Export PNG',
  details: 'Why?',
  carrierWs: 'Live connection (WebSocket)',
  carrierSse: 'Live connection (event stream)',
  carrierPoll: 'Asked regularly',
  carrierOff: 'None',
  exporting: (done: string, all: string) => `Fetching rows: ${done} of ${all}`,
  exportCapped: (count: string, all: string) => `The file holds the first ${count} of ${all} rows.`,
  exportFailed: 'The export failed. Try again.',
};

export type MenuStrings = typeof englishMenu;
