import type { Alert, Severity } from '../../../sdk/contract/alert.js';
import { createFormatter } from '../../../sdk/data/format.js';
import type { Notification, NotifiedAlert } from '../../kernel/alerts.js';
import type { TenantSettings } from '../../kernel/settings.js';
import { cut, oneLine, severalLines } from './clean.js';
import { createLinks, type Links } from './links.js';

/** What people read, the same on each channel: plain text, cleaned and cut, not yet escaped for any of them. */
export interface Message {
  kind: Notification['status'];
  /** The highest of what fires; absent where nothing does. */
  severity?: Severity;
  tenant: string;
  /** `2 critical, 1 resolved`. */
  heading: string;
  /** `Bolts: 3 is below 5, Nuts: 1 is below 5, …`. */
  what: string;
  /** Both, in one line. */
  subject: string;
  /** Sentences that say why it is told, where that is not plain. */
  notes: string[];
  items: MessageItem[];
  /** How many more there are than `items` has. */
  more: number;
  /** The page, at the alert where it is one. */
  link?: string;
}

/** One alert. */
export interface MessageItem {
  severity: Severity;
  over: boolean;
  /** `Critical`, `Resolved`, `Test`. */
  status: string;
  title: string;
  /** With its unit; words where there is none; empty of what compares none: that came from outside. */
  value: string;
  /** `below 5`. */
  comparison: string;
  /** Both: `3 (below 5)`. */
  measure: string;
  /** `Firing since 26 Nov, 14:43 CET (12m)`. */
  when: string;
  text: string;
  /** Rule, row, labels, who has it: name and value. */
  details: [name: string, value: string][];
  runbook?: string;
  link?: string;
  /** Epoch milliseconds and value, oldest first. */
  history: readonly (readonly [time: number, value: number])[];
  threshold?: number;
}

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];
const SEVERITY_WORDS: Record<Severity, string> = { critical: 'Critical', warning: 'Warning', info: 'Info' };

/** Characters. Mail programs show less of a subject; what is behind is told in the text. */
const MOST = { subject: 180, title: 200, value: 60, text: 2_000, word: 120, label: 200 };
/** Alerts that are shown one by one; the rest is counted. */
export const MOST_ITEMS = 20;
const MOST_LABELS = 10;

const COMPARISONS: Record<NonNullable<Alert['operator']>, string> = {
  '>': 'above', '<': 'below', '>=': 'at or above', '<=': 'at or below', '=': 'equal to', '!=': 'other than', contains: 'with',
};

/** `noData` is said in the place of the value. */
const REASONS: Record<Exclude<NonNullable<Alert['reason']>, 'noData'>, string> = {
  error: 'no answer from the source',
  gone: 'not there any more',
  ruleGone: 'its rule was removed or switched off',
  tooMany: 'more than are followed one by one',
};

export interface MessageParts {
  tenants: ReadonlyMap<string, TenantSettings>;
  /** The page that messages lead to. */
  pageUrl?: URL;
}

/** Makes the message of a notification. */
export function createMessages({ tenants, pageUrl }: MessageParts): (notification: Notification) => Message {
  const links = createLinks(pageUrl);
  return (notification) => {
    const { status, alerts, truncated, at } = notification;
    const words = wordsFor(tenants.get(notification.tenant), at);
    const shown = inOrder(alerts).slice(0, MOST_ITEMS);
    const items = shown.map((alert) => itemOf(alert, status, words, links));
    const firing = alerts.filter((alert) => !isOver(alert));
    const severity = status === 'test' ? undefined : SEVERITIES.find((one) => firing.some((alert) => alert.severity === one));
    const heading = headingOf(notification);
    const what = listOf(items.map(phraseOf), truncated + alerts.length);
    const only = alerts.length === 1 && truncated === 0 ? alerts[0] : undefined;
    const link = links.page(status === 'test' ? undefined : only?.id);
    return {
      kind: status, heading, what, items, more: truncated + alerts.length - items.length, notes: notesOf(notification),
      tenant: oneLine(notification.tenantName, MOST.word),
      subject: cut(what === '' ? heading : `${heading}: ${what}`, MOST.subject),
      ...(severity && { severity }),
      ...(link !== undefined && { link }),
    };
  };
}

/** Whether it is over: what recovers is still told as firing. */
export function isOver({ state }: Pick<Alert, 'state'>): boolean {
  return state === 'resolved' || state === 'inactive';
}

/** What fires first, then by severity; else as they came. */
function inOrder(alerts: readonly NotifiedAlert[]): NotifiedAlert[] {
  const rank = (alert: NotifiedAlert): number => (isOver(alert) ? SEVERITIES.length : 0) + SEVERITIES.indexOf(alert.severity);
  return [...alerts].sort((a, b) => rank(a) - rank(b));
}

function headingOf({ status, alerts, truncated, reason, notifier }: Notification): string {
  if (status === 'test') return `Test message of ${oneLine(notifier, MOST.word)}`;
  const counts = countsOf(alerts, truncated);
  if (status === 'silence-ended') return counts === '' ? 'Silence ended' : `Silence ended, ${lowerFirst(counts)}`;
  // That it is over is nothing that anybody could still acknowledge.
  if (reason === 'escalated' && status === 'firing') return `Not acknowledged, ${lowerFirst(counts)}`;
  if (reason === 'repeated') return `Still firing, ${lowerFirst(counts)}`;
  return counts;
}

/** `Critical`, `2 critical, 1 warning`, `Resolved`, `120 alerts`. */
function countsOf(alerts: readonly NotifiedAlert[], truncated: number): string {
  if (truncated > 0) return `${alerts.length + truncated} alerts`;
  const [only] = alerts;
  if (only !== undefined && alerts.length === 1) return isOver(only) ? 'Resolved' : SEVERITY_WORDS[only.severity];
  const over = alerts.filter(isOver).length;
  return [
    ...SEVERITIES.map((severity) => [alerts.filter((alert) => !isOver(alert) && alert.severity === severity).length, severity] as const),
    [over, 'resolved'] as const,
  ].filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`).join(', ');
}

function notesOf({ status, reason, notifier, alerts, truncated, groupLabels }: Notification): string[] {
  if (status === 'test') return [`This is a test of the notifier ${oneLine(notifier, MOST.word)}. Nothing is wrong, and there is nothing to do.`];
  const several = alerts.length + truncated > 1;
  return [
    ...(status === 'silence-ended' ? [silenceWords(groupLabels, alerts.some((alert) => !isOver(alert)))] : []),
    ...(reason === 'escalated' && status === 'firing' ? [`You are told because nobody acknowledged ${several ? 'them' : 'it'} in time.`] : []),
    ...(reason === 'repeated' ? [`You were told before; ${several ? 'they have' : 'it has'} not ended since.`] : []),
  ];
}

function silenceWords(labels: Readonly<Record<string, string>>, firing: boolean): string {
  const what = Object.entries(labels).slice(0, MOST_LABELS).map(([name, value]) => `${oneLine(name, MOST.word)}: ${oneLine(value, MOST.label)}`).join(', ');
  return `A silence is over${what === '' ? '' : ` (${what})`}. ${firing ? 'What fires is told again.' : 'Nothing fires that it kept quiet.'}`;
}

type Words = ReturnType<typeof wordsFor>;

/** Numbers and times as the tenant reads them. */
function wordsFor(tenant: TenantSettings | undefined, now: number) {
  const { locale = 'en-GB', timeZone = 'UTC' } = tenant ?? {};
  const formatter = createFormatter({ locale, timeZone, now: () => now });
  const clock = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
  return {
    now,
    time: (time: number): string => oneLine(clock.format(time), MOST.word),
    duration: (milliseconds: number): string => formatter.format(Math.max(0, milliseconds) / 1_000, 'duration'),
    value(value: unknown, unit: string): string {
      if (typeof value === 'number') return Number.isFinite(value) ? oneLine(formatter.format(value, { style: 'number', ...(unit !== '' && { unit }) }), MOST.value) : '–';
      const text = oneLine(value, MOST.value);
      return text === '' ? '–' : unit === '' ? text : `${text} ${unit}`;
    },
  };
}

function itemOf(alert: NotifiedAlert, kind: Notification['status'], words: Words, links: Links): MessageItem {
  const over = isOver(alert);
  const unit = oneLine(own(alert.labels, 'unit'), 20);
  const has = alert.value !== null && alert.value !== undefined && alert.value !== '';
  const value = has && alert.reason !== 'noData' ? words.value(alert.value, unit) : alert.operator === undefined && alert.reason === undefined ? '' : 'no data';
  const comparison = comparisonOf(alert, words, unit);
  const title = oneLine(alert.title, MOST.title) || [oneLine(alert.name, MOST.word), oneLine(alert.rule, MOST.word)].filter((part) => part !== '').join(': ') || 'Alert';
  const runbook = links.runbook(alert.runbook);
  // The alert of a test is none that the page knows.
  const link = kind === 'test' ? undefined : links.page(alert.id);
  return {
    severity: alert.severity, over, title, value, comparison, measure: comparison === '' ? value : `${value} (${comparison})`,
    status: kind === 'test' ? 'Test' : over ? 'Resolved' : SEVERITY_WORDS[alert.severity],
    when: whenOf(alert, over, words),
    text: severalLines(alert.text, MOST.text),
    details: detailsOf(alert, title),
    ...(runbook !== undefined && { runbook }),
    ...(link !== undefined && { link }),
    history: alert.history ?? [],
    ...(typeof alert.threshold === 'number' && Number.isFinite(alert.threshold) && { threshold: alert.threshold }),
  };
}

function comparisonOf({ operator, threshold, reason, state }: NotifiedAlert, words: Words, unit: string): string {
  if (reason === 'noData') return '';
  if (reason !== undefined) return REASONS[reason];
  if (operator === undefined || !Object.hasOwn(COMPARISONS, operator) || threshold === null || threshold === undefined) return '';
  // What is over or about to be has another value by now.
  const held = state === 'firing' ? '' : 'was ';
  return `${held}${COMPARISONS[operator]} ${typeof threshold === 'number' ? words.value(threshold, unit) : JSON.stringify(words.value(threshold, ''))}`;
}

function whenOf({ since, firedAt, resolvedAt }: NotifiedAlert, over: boolean, words: Words): string {
  const from = Date.parse(firedAt ?? since);
  const until = over ? Date.parse(resolvedAt ?? since) : words.now;
  if (over) return Number.isNaN(until) ? '' : `Resolved ${words.time(until)}${Number.isNaN(from) || firedAt === undefined ? '' : `, after ${words.duration(until - from)}`}`;
  return Number.isNaN(from) ? '' : `Firing since ${words.time(from)}${until - from < 60_000 ? '' : ` (${words.duration(until - from)})`}`;
}

function detailsOf(alert: NotifiedAlert, title: string): [string, string][] {
  const labels = Object.entries(alert.labels).filter(([name]) => name !== 'unit').slice(0, MOST_LABELS);
  const details: [string, string][] = [
    ['Rule', oneLine(alert.rule, MOST.word)],
    ['About', title.includes(oneLine(alert.name, MOST.word)) ? '' : oneLine(alert.name, MOST.word)],
    ['Acknowledged by', oneLine(alert.ack?.by, MOST.word)],
    ['Assigned to', oneLine(alert.assignee, MOST.word)],
    ...labels.map(([name, value]): [string, string] => [oneLine(name, MOST.word), oneLine(value, MOST.label)]),
  ];
  return details.filter(([name, value]) => name !== '' && value !== '');
}

/** `Bolts: 3 is below 5`, in the words of the rule's own title. */
function phraseOf({ title, value, comparison, over }: MessageItem): string {
  if (over || comparison === '' || title.includes(value)) return title;
  return `${title} (${value})`;
}

function listOf(phrases: readonly string[], all: number): string {
  const shown = phrases.slice(0, 3);
  return [...shown, ...(all > shown.length && shown.length > 0 ? ['…'] : [])].join(', ');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function own(labels: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
}
