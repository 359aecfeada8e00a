/** What a widget's menu and its panel say, in English. It loads with them. */
export const englishMenu = {
  refresh: 'Refresh',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  details: 'About this data',
  detailWidget: 'Widget',
  detailUpdated: 'Data of',
  detailAge: 'Last checked',
  detailCarrier: 'Updates',
  detailEvery: 'Refreshed',
  every: (seconds: number) => `Every ${seconds} s: its API allows no more`,
  detailError: 'Last error',
  carrierWs: 'Live connection (WebSocket)',
  carrierSse: 'Live connection (event stream)',
  carrierPoll: 'Asked regularly',
  carrierOff: 'None',
};

export type MenuStrings = typeof englishMenu;
