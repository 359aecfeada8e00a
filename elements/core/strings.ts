import type { AlertsStrings } from './alerts-strings.js';
import type { AlertRuleStrings } from './alert-rule-strings.js';
import type { ManageStrings } from './manage-strings.js';
import type { ViewStrings } from './view-strings.js';
import type { MarketplaceStrings } from './marketplace-strings.js';
import type { SettingsStrings } from './settings-strings.js';
import type { ChartStrings } from './chart-strings.js';
import type { ConnectionStrings } from './connection-strings.js';
import type { MapStrings } from './map-strings.js';
import type { PaperStrings } from './paper-strings.js';
import type { WhyStrings } from './why-strings.js';
import type { CustomStrings } from './custom-strings.js';
import type { ToneStrings } from './tone-strings.js';
import type { TableStrings } from './table-strings.js';
import type { FormStrings } from './form-strings.js';
import type { TextStrings } from './text-strings.js';

/** What every page may have to say, in English; what loads later brings its own. */
export const english = {
  live: 'Live',
  livePolling: 'Updated by polling',
  notLive: 'Not connected',
  cut: 'Not connected, trying again',
  loading: 'Loading',
  justNow: 'now',
  /** Ages, from a minute on. */
  minutes: (count: number) => `${count} min`,
  hours: (count: number) => `${count} h`,
  days: (count: number) => `${count} d`,
  old: (age: string) => (age === 'now' ? 'just now' : `${age} old`),
  ago: (age: string) => (age === 'now' ? 'just now' : `${age} ago`),
  menu: (title: string) => `Actions for ${title}`,
  close: 'Close',
  retry: 'Try again',
  untitled: 'Widget',
  empty: 'Nothing to show yet',
  emptyHint: 'It appears here as soon as there is data.',
  noWidget: 'No widget chosen',
  noWidgetHint: 'Name one with the widget attribute.',
  noEdge: 'No edge is named',
  noEdgeHint: 'Load ccm.js from your edge, or set the edge attribute.',
  refused: 'Not available to you',
  refusedHint: 'Ask your administrator if you need it.',
  failed: 'This could not be loaded',
  failedHint: 'It is tried again by itself.',
  unsupported: (type: string) => `Widgets of type “${type}” cannot be shown here`,
  unsupportedHint: 'A newer version of CCM may know it.',
  unusable: 'The data has another shape than this widget expects',
  unusableHint: (path: string) => `Nothing to show at “${path}”.`,
  rowsMaybeAt: (path: string) => `The rows may be at “${path}”: set dataPath.`,
  viewFailed: 'This widget could not be drawn',
  viewFailedHint: 'The rest of the page is not affected.',
  noValue: 'no value',
  saving: 'Saving …',
  search: 'Search',
  actions: 'Actions',
  nothingFound: 'Nothing matches',
  up: 'Up',
  down: 'Down',
  unchanged: 'Unchanged',
  versus: (period: string) => `vs ${period}`,
  better: 'better',
  worse: 'worse',
  reasons: {
    module_not_running: 'Its module is not running right now.',
    upstream_timeout: 'Its source takes too long to answer.',
    upstream_unreachable: 'Its source cannot be reached.',
    upstream_status: 'Its source answered with an error.',
    upstream_invalid: 'Its source answered with something unreadable.',
    upstream_too_large: 'Its source sent too much at once.',
    contract: 'Its source sent data of another shape than agreed.',
    credential_missing: 'Its connection is not set up.',
    credential_refused: 'Its source refuses the key that is stored.',
    rate_limited: 'It was asked too often and rests for a moment.',
    unauthenticated: 'You are not signed in, or no longer.',
    auth_required: 'You are not signed in, or no longer.',
    network: 'The connection is lost.',
    timeout: 'The answer takes too long.',
    going_away: 'The service restarts.',
  } as Readonly<Record<string, string>>,
};

/** Words that rooms have for themselves, under the name of the room: several are called alike. */
export interface Groups {
  alertRules: AlertRuleStrings;
  view: ViewStrings;
  paper: PaperStrings;
  manage: ManageStrings;
  marketplace: MarketplaceStrings;
  alerts: AlertsStrings;
  chart: ChartStrings;
  custom: CustomStrings;
  text: TextStrings;
  form: FormStrings;
  table: TableStrings;
  tones: ToneStrings;
  settings: SettingsStrings;
  connections: ConnectionStrings;
  map: MapStrings;
  why: WhyStrings;
}

export type Strings = typeof english & { [Group in keyof Groups]?: Partial<Groups[Group]> };
