/** What a dashboard's time range and variables say, in English. It loads with them. */
export const englishView = {
  controls: 'Time and variables',
  timeRange: 'Time range',
  custom: 'Other time',
  quick: {
    '-1h now': 'Last hour',
    '-24h now': 'Last 24 hours',
    'today now': 'Today',
    'yesterday today': 'Yesterday',
    '-7d now': 'Last 7 days',
    'startOfWeek now': 'This week',
    '-30d now': 'Last 30 days',
    'startOfMonth now': 'This month',
    '-90d now': 'Last 90 days',
    'startOfYear now': 'This year',
    '-1y now': 'Last 12 months',
  } as Readonly<Record<string, string>>,
  from: 'From',
  to: 'To',
  /** Two ends of a time range. */
  range: (from: string, to: string) => `${from} – ${to}`,
  /** A length of time up to now, with its unit as it is written: `h d mo`. */
  last: (span: string, _unit: string) => `Last ${span}`,
  /** A time range by the clock of a zone. */
  inZone: (range: string, zone: string) => `${range} · ${zone}`,
  earlier: 'Earlier',
  later: 'Later',
  zoomOut: 'Zoom out',
  /** How many widgets the time range reaches. */
  follows: (count: number, all: number) =>
    count === 0 ? 'No widget here follows it: each shows a time of its own.' : count === all ? 'All widgets follow it.' : `${count} of ${all} widgets ${count === 1 ? 'follows' : 'follow'} it.`,
  relative: 'Relative',
  absolute: 'Exact times',
  relativeHint: 'Such as -24h, -7d, -3mo, today, startOfMonth, now.',
  notRelative: 'Write it like -24h, -7d, today, startOfMonth or now.',
  notTime: 'Choose a day and a time.',
  backwards: 'The end lies before the beginning.',
  timeZone: 'Time zone',
  tenantZone: (zone: string) => (zone ? `As everywhere (${zone})` : 'As everywhere'),
  unknownZone: 'There is no such time zone.',
  apply: 'Apply',
  cancel: 'Cancel',
  anything: 'All',
  yes: 'Yes',
  pull: 'Pull to refresh',
  release: 'Release to refresh',
  refreshed: 'Refreshed',
};

export type ViewStrings = typeof englishView;
