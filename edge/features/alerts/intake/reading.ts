import { createHash } from 'node:crypto';
import { COOLDOWN, type NotificationType, type Severity } from '../../../../sdk/contract/alert.js';
import type { Fault } from '../../../../sdk/contract/problem.js';
import { FORMS, mustBe, mustHaveForm, REQUIRED, tooLong, tooShort } from '../../../../sdk/contract/words.js';
import type { AlertInstance } from '../../../kernel/alerts.js';
import { lineOf, linesOf } from '../engine/clean.js';

/** Alerts of one request. */
export const MOST_ALERTS = 10_000;
/** Labels of one alert, and annotations. */
export const MOST_LABELS = 64;
/** Characters of a label's name, and of its value: they tell alerts apart, so they are never cut. */
const LONGEST_NAME = 200;
const LONGEST_VALUE = 2_000;
/** Characters of all labels of one alert: twenty thousand of them are kept, and read together. */
export const LONGEST_LABELS = 8_000;
const LONGEST_TITLE = 200;
const LONGEST_TEXT = 2_000;
const LONGEST_LINK = 2_000;
/** How a Go program says that there is no time. */
const NO_TIME = '0001-01-01T00:00:00';
const SEVERITIES: ReadonlySet<string> = new Set<Severity>(['info', 'warning', 'critical']);
/** A name that reaches a prototype where code is careless. */
const REFUSED_NAME = '__proto__';

/** An alert as its sender told it. Times are epoch milliseconds. */
export interface SentAlert {
  /** What it says of itself: all but its state, and where it is kept. */
  readonly content: Pick<AlertInstance,
    'ruleId' | 'key' | 'rule' | 'name' | 'severity' | 'title' | 'text' | 'labels' | 'runbook' | 'notifications' | 'cooldown'>;
  readonly startsAt?: number;
  readonly endsAt?: number;
}

/** One item of the body, or what is wrong with it. */
export function readAlert(item: unknown, path: string): { alert: SentAlert } | { faults: Fault[] } {
  if (!isRecord(item)) return { faults: [{ path, message: mustBe('object') }] };
  const faults: Fault[] = [];
  const note = (field: string, message: string): void => void faults.push({ path: `${path}.${field}`, message });

  const labels = textsIn(item, 'labels', note);
  if (!Object.hasOwn(item, 'labels')) note('labels', REQUIRED);
  for (const [name, value] of Object.entries(labels)) {
    if (name === '' || name.length > LONGEST_NAME || name === REFUSED_NAME) note('labels', `has a name that is not allowed: 1 to ${LONGEST_NAME} characters, not ${REFUSED_NAME}`);
    if (value.length > LONGEST_VALUE) note(`labels.${name.slice(0, LONGEST_NAME)}`, tooLong('text', LONGEST_VALUE));
  }
  const characters = Object.entries(labels).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (characters > LONGEST_LABELS) note('labels', `has ${characters} characters; ${LONGEST_LABELS} are the most`);
  const annotations = textsIn(item, 'annotations', note);
  const startsAt = timeIn(item, 'startsAt', note);
  const endsAt = timeIn(item, 'endsAt', note);
  if (startsAt !== undefined && endsAt !== undefined && endsAt < startsAt) note('endsAt', 'must not be earlier than startsAt');
  const generatorUrl = item['generatorURL'];
  if (generatorUrl !== undefined && typeof generatorUrl !== 'string') note('generatorURL', mustBe('string'));
  // An empty label is one that is not there.
  const kept = Object.entries(labels).filter(([, value]) => value !== '').sort(([one], [other]) => (one < other ? -1 : 1));
  if (faults.length === 0 && kept.length === 0) note('labels', tooShort('fields', 1));
  if (faults.length > 0) return { faults };
  return { alert: { content: contentOf(kept, annotations, generatorUrl), ...(startsAt !== undefined && { startsAt }), ...(endsAt !== undefined && { endsAt }) } };
}

function contentOf(sorted: [string, string][], annotations: Readonly<Record<string, string>>, generatorUrl: unknown): SentAlert['content'] {
  const labels = Object.fromEntries(sorted);
  const given = own(labels, 'alertname');
  const rule = lineOf(given, LONGEST_TITLE) || 'Alert';
  const title = lineOf(own(annotations, 'summary'), LONGEST_TITLE) || rule;
  const text = linesOf(own(annotations, 'description'), LONGEST_TEXT);
  const runbook = [own(annotations, 'runbook_url'), generatorUrl].map(linkOf).find(Boolean);
  const severity = severityOf(own(labels, 'severity'));
  return {
    ruleId: `alertmanager:${given}`, key: fingerprint(sorted), rule, name: title, title, severity, labels,
    ...(text !== '' && { text }),
    ...(runbook !== undefined && { runbook }),
    notifications: waysOf(severity),
    cooldown: COOLDOWN * 1000,
  };
}

/** What tells alerts apart: the same labels in whatever order are the same alert. */
function fingerprint(sorted: readonly [string, string][]): string {
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 32);
}

function severityOf(label: string): Severity {
  const severity = label.toLowerCase();
  return SEVERITIES.has(severity) ? (severity as Severity) : 'warning';
}

/** Where no route says more: text messages only for what is critical. */
function waysOf(severity: Severity): readonly NotificationType[] {
  return severity === 'critical' ? ['dashboard', 'email', 'webhook', 'push', 'sms'] : ['dashboard', 'email', 'webhook', 'push'];
}

/** A link that a page may show: http and https alone. */
function linkOf(link: unknown): string | undefined {
  if (typeof link !== 'string' || link.length > LONGEST_LINK || !URL.canParse(link)) return undefined;
  const { protocol, href } = new URL(link);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
}

function textsIn(item: Record<string, unknown>, field: string, note: (field: string, message: string) => void): Record<string, string> {
  const given = item[field];
  if (given === undefined || given === null) return {};
  if (!isRecord(given)) {
    note(field, mustBe('object'));
    return {};
  }
  const entries = Object.entries(given);
  if (entries.length > MOST_LABELS) note(field, tooLong('fields', MOST_LABELS));
  const texts = entries.slice(0, MOST_LABELS).filter((entry): entry is [string, string] => {
    const isText = typeof entry[1] === 'string';
    if (!isText) note(`${field}.${entry[0].slice(0, LONGEST_NAME)}`, mustBe('string'));
    return isText;
  });
  return Object.fromEntries(texts);
}

function timeIn(item: Record<string, unknown>, field: string, note: (field: string, message: string) => void): number | undefined {
  const given = item[field];
  if (given === undefined || given === null || given === '' || (typeof given === 'string' && given.startsWith(NO_TIME))) return undefined;
  const time = typeof given === 'string' && FORMS.moment.pattern.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(time)) note(field, mustHaveForm(FORMS.moment.pattern.source));
  return time;
}

function own(texts: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(texts, name) ? (texts[name] ?? '') : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
